"""Repair of a document in one piece: headline, label lines and text are judged together, then taken apart again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from minsheng.contracts import Repair

from .dates import WRITTEN
from .labels import MOST_ELSE, Labels, about_article, read
from .people import byline

if TYPE_CHECKING:
    from .blocks import Block
    from .document import Document


_MOST_UNDECODED = 20
_LONGEST = 60_000  # characters: three annual work reports; bounds the time


@dataclass(slots=True)
class Mended:
    """The document's texts after repair. ``repairs[i]`` has spans into ``lines[i].text``; ``near`` is the text around
    the headline, ``said`` what its label lines say."""

    title: str
    subtitle: str | None
    near: str
    said: list[Labels]
    after: list[Labels]
    authors: list[str]
    lines: list[Block]
    repairs: list[list[Repair]]
    warnings: list[str]


def mend(document: Document, undecoded: int = 0) -> Mended:
    """Repair all texts of a document. One short line alone says too little about what was done to it.

    A page with many ``undecoded`` bytes is left as it is: what a mirror did cannot be told from what was lost.
    So is one of a length that no article has.
    """
    from minsheng.clean.repair import repair

    texts = [
        document.title,
        document.subtitle or "",
        *document.around,
        *document.after,
        *(b.text for b in document.lines),
    ]
    warnings = []
    size = sum(map(len, texts))
    if undecoded > _MOST_UNDECODED or size > _LONGEST:
        warnings.append(f"not repaired: {size} characters, of which {undecoded} could not be decoded")
        repair = _untouched
    whole, repairs = repair("\n".join(texts))
    mended = whole.split("\n")
    spans: list[list[Repair]]
    if len(mended) == len(texts):
        spans = _by_line(mended, repairs)
    else:  # a lost byte took a line break with it: each for itself
        pairs = [repair(text) for text in texts]
        mended, spans = [text.replace("\n", " ") for text, _ in pairs], [found for _, found in pairs]
    below = 2 + len(document.around)
    first = below + len(document.after)
    around, after = mended[2:below], [labels for text in mended[below:first] if (labels := about_article(text))]
    lines = [replace(b, text=t) if t != b.text else b for b, t in zip(document.lines, mended[first:], strict=True)]
    lines, spans = _stripped(lines, spans[first:])
    said = [labels for text in around if (labels := about_article(text))]
    near = "  ".join(text for text in around if len(text) < 100 and _near(text))
    joined = read(near)
    if joined.values or joined.stamp:
        said.append(joined)
    authors = [name for text in around for name in byline(text) or []]
    return Mended(mended[0].strip(), mended[1].strip() or None, near, said, after, authors, lines, spans, warnings)


def _near(text: str) -> bool:
    """Whether a text beside the headline may be about the article; the path of the page within its site is not."""
    labels = read(text)
    place = ">" in text or any(role == "label_place" for role, _ in labels.values)
    return not place and (WRITTEN.match(text) is not None or labels.rest <= MOST_ELSE)


def _untouched(text: str) -> tuple[str, list[Repair]]:
    return text, []


def _by_line(lines: list[str], repairs: list[Repair]) -> list[list[Repair]]:
    out: list[list[Repair]] = [[] for _ in lines]
    starts = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    i = 0
    for r in sorted(repairs, key=lambda r: r.char_start):
        while i + 1 < len(starts) and starts[i + 1] <= r.char_start:
            i += 1
        if r.char_end <= starts[i] + len(lines[i]):
            out[i].append(Repair(r.kind, r.char_start - starts[i], r.char_end - starts[i], r.original))
    return out


def _stripped(lines: list[Block], spans: list[list[Repair]]) -> tuple[list[Block], list[list[Repair]]]:
    """Without the white space that a repair uncovered at a line's ends, and without lines that it emptied."""
    kept, moved = [], []
    for block, found in zip(lines, spans, strict=True):
        text = block.text.strip()
        if not text:
            continue
        cut = len(block.text) - len(block.text.lstrip())
        kept.append(replace(block, text=text) if text != block.text else block)
        inside = [r for r in found if r.char_start >= cut and r.char_end - cut <= len(text)]
        moved.append([Repair(r.kind, r.char_start - cut, r.char_end - cut, r.original) for r in inside])
    return kept, moved
