"""The stage as a whole: bytes in, ``Article`` or ``Failure`` out. HTML and plain text are told apart by the bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from minsheng.clean.repair.edits import GONE
from minsheng.contracts import Article, Failure, stable_id

from . import metadata
from .decode import Decoded, decode, is_binary, nesting
from .document import FIGURE, SENTENCE, Document, from_html
from .duplicates import bands
from .formats import other_format
from .labels import Of
from .mending import Mended, mend
from .people import employer
from .textfile import lines_of, title_at
from .trim import CAPTION_MARK, trim
from .wrapped import unwrap

if TYPE_CHECKING:
    from minsheng.cms import Layout
    from minsheng.contracts import Repair

MOST_BYTES = 8_000_000
MOST_TAGS = 300_000
MOST_CHARS = 200_000
DEEPEST = 12_000  # parsing time grows with the square of the depth
_SHORTEST = 20
_UNDECODABLE = 0.25
_MARKUP = re.compile(
    r"</?(?:!doctype|html|head|body|div|p|meta|table|t[dr]|span|script|article|section|h[1-6]|[abiu]|font|[uo]l|li|br)"
    r"(?=[\s/>])",
    re.I,
)


def clean(
    data: bytes, *, url: str | None = None, content_type: str | None = None, layout: Layout | None = None
) -> Article | Failure:
    """The article in the bytes of a page (HTML) or text file, or why there is none.

    ``url`` is the page's address (its date, the article's identity), ``content_type`` its HTTP header, ``layout``
    the selectors known for its site. Failure reasons: ``empty``, ``too_large``, ``binary``, ``undecodable``,
    ``other_format``, ``verification_page``, ``login_page``, ``not_found_page``, ``maintenance_page``, ``list_page``,
    ``media_page``, ``attachment_page``, ``empty_shell``, ``no_article``.
    Never raises for any bytes.
    """
    if not data.strip():
        return Failure("empty", "there are no bytes but white space")
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        return Failure(
            "too_large", f"{len(data)} bytes, {data.count(b'<')} tags; at most {MOST_BYTES} and {MOST_TAGS} are read"
        )
    if data.count(b"<") > DEEPEST and (depth := nesting(data)) > DEEPEST:
        return Failure("too_large", f"elements are nested {depth} deep; at most {DEEPEST} are read")
    if is_binary(data):
        return Failure("binary", f"begins with {data[:8]!r}: save it as HTML or text first")
    decoded = decode(data, content_type)
    if decoded.undecoded > 20 and decoded.undecoded > _UNDECODABLE * sum(1 for c in decoded.text if c > "\x7f"):
        return Failure("undecodable", f"{decoded.undecoded} characters could not be read as {decoded.encoding}")
    if (form := other_format(decoded.text)) is not None:
        return Failure("other_format", f"{form}: neither a page nor prose")
    is_html = _MARKUP.search(decoded.text) is not None
    document = from_html(decoded.text, layout) if is_html else Document("", lines_of(decoded.text), "text", whole=True)
    if isinstance(document, Failure):
        return document
    document.lines = unwrap(document.lines)
    document.warnings += [f"repaired: the page was {name} that had been read as Latin-1" for name in decoded.misread]
    document.warnings += [f"mixed charsets: {decoded.encoding}, and parts in {name}" for name in decoded.mixed]
    return _assemble(document, decoded, url)


def _assemble(document: Document, decoded: Decoded, url: str | None) -> Article | Failure:
    size = sum(len(b.text) for b in document.lines)
    if size > MOST_CHARS:
        return Failure("too_large", f"{size} characters of text; at most {MOST_CHARS} are read")
    mended = mend(document, decoded.undecoded)
    title = mended.title
    if document.method == "text" and (first := title_at(mended.lines)) >= 0:
        title = mended.lines[first].text
    trimmed = trim(mended.lines, title)
    subtitle = mended.subtitle or trimmed.subtitle
    lines, repairs = _kept(mended, trimmed.kept)
    body = "\n".join(lines)
    if len(body) < _SHORTEST and not (document.whole and (SENTENCE.search(body) or FIGURE.search(body))):
        return Failure("no_article", f"{len(body)} characters are left without headline, labels and notices")
    above, below = [*mended.said, *trimmed.head], [*trimmed.tail, *mended.after]
    said = [*above, *below]
    dated = above if any(kind < Of.CHANGE for labels in above for kind, _ in labels.days) else said
    when = metadata.published(dated, mended.near, document.meta.stamps, document.markup, url)
    lost = sum(body.count(GONE, r.char_start, r.char_end) - r.original.count(GONE) for r in repairs)
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        article_id=stable_id("article", url or digest),
        url=url or "",
        title=title,
        subtitle=subtitle,
        body=body,
        text_sha256=digest,
        method=document.method,
        published_at=when.at,
        published_from=when.source,
        publisher=metadata.publisher(said, document.meta, _employer(mended, lines), mended.near),
        authors=metadata.authors(said, [*mended.authors, *trimmed.authors], body),
        editor=metadata.editor(said),
        repairs=repairs,
        warnings=[
            *when.warnings,
            *metadata.impossible(said, mended.near, document.meta),
            *(metadata.unread(said) if when.at is None else []),
            *document.warnings,
            *mended.warnings,
            *([f"{lost} characters were lost before the page was written: they are {GONE}"] if lost else []),
        ],
        undecoded=decoded.undecoded + lost,
        bands=bands(body),
    )


def _kept(mended: Mended, kept: Iterable[int]) -> tuple[list[str], list[Repair]]:
    """The lines that stay, captions marked as such, and their repairs as those of the body that they make."""
    lines: list[str] = []
    repairs: list[Repair] = []
    at = 0
    for i in kept:
        line = mended.lines[i]
        mark = CAPTION_MARK if line.kind == "caption" and not line.text.startswith(CAPTION_MARK) else ""
        lines.append(mark + line.text)
        repairs += [_moved(r, at + len(mark)) for r in mended.repairs[i]]
        at += len(lines[-1]) + 1
    return lines, repairs


def _employer(mended: Mended, body: list[str]) -> str | None:
    ends = [b.text for b in (*mended.lines[:3], *mended.lines[-3:])]
    return next((who for text in (*ends, body[0][:100]) if (who := employer(text))), None)


def _moved(repair: Repair, offset: int) -> Repair:
    from minsheng.contracts import Repair as Record

    return Record(repair.kind, repair.char_start + offset, repair.char_end + offset, repair.original)
