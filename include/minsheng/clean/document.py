"""What a page holds, before repair: headline, the lines of the article, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from minsheng.contracts import Failure

from . import fallback
from .blocks import Block, Outline, outline, tidy, words_of
from .extract import Candidate, Search, choose
from .labels import about_article
from .metadata import Meta, declared
from .raised import raised
from .refuse import UNFILLED, refusal, shown_instead
from .scripted import held
from .titles import headline
from .trim import key, noise

if TYPE_CHECKING:
    from minsheng.cms import Layout

_AROUND_BEFORE = 30
_AROUND_AFTER = 25
_HEAD_INSIDE = 4  # blocks of the article that may still be its head
_TITLE_WORDS = frozenset(["title", "headline", "biaoti", "bt", "tit"])
_SUBTITLE_WORDS = frozenset(["subtitle", "futi", "fubiaoti", "fbt", "subhead"])

SENTENCE = re.compile("[一-鿿][^一-鿿。！？!?]*[。！？!?]")  # its last character: quadratic from the first
FIGURE = re.compile("[0-9０-９一二两三四五六七八九十百千万亿][^0-9\\W]")  # a numeral that may count something
_DIGIT = re.compile(r"\d")
_PAGE = re.compile(r"<(?:html|head|body|title|script|iframe|form|a)\b", re.I)


@dataclass(slots=True)
class Document:
    """``lines`` may still hold headline, labels and notices (``trim`` takes them away); ``around`` are the texts
    between headline and article, ``after`` the label lines below it, ``markup`` the page's
    source for dates that only scripts hold; ``whole``: nothing stands around the article, a sentence makes one.
    """

    title: str
    lines: list[Block]
    method: str
    subtitle: str | None = None
    around: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    meta: Meta = field(default_factory=Meta)
    markup: str = ""
    warnings: list[str] = field(default_factory=list)
    whole: bool = False


def from_html(markup: str, layout: Layout | None) -> Document | Failure:
    """Read a page: selectors first where a layout is known, then our own search, then the fallbacks."""
    markup = raised(markup)
    tree = LexborHTMLParser(markup)
    meta = declared(tree)
    root = tree.body or tree.root
    page = outline(root) if root is not None else Outline()
    search = Search(page)
    known = search.by_selectors(tree, layout.body, layout.family) if layout is not None else None
    found = choose(known, search.by_weight())
    if not found.holds_up:
        found = fallback.best(found, markup, page)
    asks_password = tree.css_first('input[type="password" i]') is not None
    if failure := refusal(page, found, meta.page_title, markup, asks_password):
        if failure.reason not in UNFILLED:
            return failure
        return _fragment(markup, page) or _scripted(markup, meta) or shown_instead(markup) or failure
    title = _title(tree, page, found, meta, layout)
    at = _title_block(page, found, title)
    around, after = _around(page, found, at)
    if layout is not None:
        around = [*_by_layout(tree, layout, page, found, at), *around]
    return Document(title, found.lines, found.method, _subtitle(page, at), around, after, meta, markup)


def _fragment(markup: str, page: Outline) -> Document | None:
    """A piece of markup that is no page (no head, script or link) and states a figure in a sentence."""
    if _PAGE.search(markup) or not any(SENTENCE.search(b.text) and _DIGIT.search(b.text) for b in page.blocks):
        return None
    return Document("", page.blocks, "text", whole=True)


def _scripted(markup: str, meta: Meta) -> Document | None:
    """The article that a script holds, to fill the page with it."""
    own = held(markup)
    if own is None:
        return None
    title = own.title or headline(meta.page_title, [], [], meta.titles, meta.site)
    return Document(title, own.found.lines, own.found.method, None, own.around, [], meta, markup)


def _title(tree: Any, page: Outline, found: Candidate, meta: Meta, layout: Layout | None) -> str:
    stated = [t for selector in layout.title for t in _select(tree, selector)[:1]] if layout is not None else []
    end = min(found.start + 6, found.end) if found.start >= 0 else len(page.blocks)
    # The nearest above the article first.
    before = [b for b in reversed(page.blocks[:end]) if 4 <= len(b.text) <= 120]
    own = [b for b in before if b.links * 2 < len(b.text) and about_article(b.text) is None and not noise(b.text)]
    headings = [b.text for b in own if b.kind == "heading"]
    named = [b.text for b in own if not _TITLE_WORDS.isdisjoint(words_of(page.boxes[b.box].names))]
    shown = [b.text for b in before]
    return headline(meta.page_title, [*stated, *headings, *named], shown, meta.titles, meta.site, _placed(page, found))


def _placed(page: Outline, found: Candidate) -> str | None:
    """The text above the first line of date or source at the article's head, where it can be a headline."""
    first, end = max(found.start - _AROUND_BEFORE, 0), found.start + _HEAD_INSIDE
    for above, block in pairwise(page.blocks[first:end]):
        said = about_article(block.text)
        if said is not None and (said.stamp or said.get("label_source")):
            usual = 6 <= len(above.text) <= 60 and above.links * 2 < len(above.text)
            return above.text if usual and not noise(above.text) and about_article(above.text) is None else None
    return None


def _select(tree: Any, selector: str) -> list[str]:
    try:
        nodes = tree.css(selector)[:5]
    except SelectolaxError:
        return []
    texts = (node.attributes.get("content") or "" if node.tag == "meta" else node.text(separator=" ") for node in nodes)
    return [text for raw in texts if (text := tidy(raw))]


def _by_layout(tree: Any, layout: Layout, page: Outline, found: Candidate, at: int) -> list[str]:
    """What the layout's selectors say about the article, as label lines: the first that stands in its head (who wrote
    it also in its text, who edited it after that), or in a meta element. A portal's other items have the same classes.
    """
    first = _head(found, at)
    ends = [found.start + _HEAD_INSIDE, found.end, found.end + _AROUND_AFTER]
    head, own, whole = ("".join("".join(b.text.split()) for b in page.blocks[first:end]) for end in ends)
    out = []
    for label, selectors, place in (
        ("", layout.date, head),
        ("来源：", layout.publisher, head),
        ("作者：", layout.author, own),
        ("编辑：", layout.editor, whole),
    ):
        near = (
            text
            for s in selectors
            for text in _select(tree, s)
            if found.start < 0 or s.startswith("meta") or "".join(text.split()) in place
        )
        if text := next(near, "")[:120]:
            out.append(text if not label or about_article(text) else label + text)
    return out


def _head(found: Candidate, at: int) -> int:
    """The first block of the article's head; ``at`` is the block of the headline."""
    return max(found.start - _AROUND_BEFORE, 0) if at < 0 or at >= found.start else max(at - 3, 0)


def _title_block(page: Outline, found: Candidate, title: str) -> int:
    """The block that shows the headline, the last above the article; -1 where none does."""
    wanted = key(title)
    end = found.start + 6 if found.start >= 0 else len(page.blocks)
    for i in range(min(end, len(page.blocks)) - 1, -1, -1):
        if len(page.blocks[i].text) <= len(title) + 12 and wanted and wanted in key(page.blocks[i].text):
            return i
    return -1


def _around(page: Outline, found: Candidate, at: int) -> tuple[list[str], list[str]]:
    """Texts that may name date and people: those between the headline and the article, and label lines below it."""
    if found.start < 0:
        return [b.said for b in page.blocks if len(b.text) < 120 and about_article(b.said)][:10], []
    inside = page.blocks[found.start : found.start + _HEAD_INSIDE]
    before = [*page.blocks[_head(found, at) : found.start], *(b for b in inside if not b.prose)]
    after = page.blocks[found.end : found.end + _AROUND_AFTER]
    near = [b.said for b in before if len(b.text) < 200 and b.links * 3 <= len(b.text) * 2]
    below = [b.said for b in after if len(b.text) < 100 and b.links * 2 <= len(b.text) and about_article(b.said)]
    return near[-_AROUND_BEFORE:], below


def _subtitle(page: Outline, at: int) -> str | None:
    if at < 0:
        return None
    for block in page.blocks[at + 1 : at + 4]:
        names = words_of(page.boxes[block.box].names)
        if (block.text.startswith(("——", "—")) or not _SUBTITLE_WORDS.isdisjoint(names)) and 4 <= len(block.text) <= 80:
            return block.text.strip("—- ") or None
    return None
