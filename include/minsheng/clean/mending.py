"""Repair of a document in one piece: headline, label lines and text are judged together, then taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
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
    mended, spans = _repaired(texts, repair)
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


def _repaired(
    texts: list[str], repair: Callable[[str], tuple[str, list[Repair]]]
) -> tuple[list[str], list[list[Repair]]]:
    """The texts repaired as one, for all of them say what was done to each; and their repairs, text by text."""
    whole, repairs = repair("\n".join(texts))
    mended = whole.split("\n")
    if len(mended) == len(texts) and not any("\n" in whole[r.char_start : r.char_end] + r.original for r in repairs):
        return mended, _by_line(mended, repairs)
    pairs = [repair(text) for text in texts]  # an entity was a line break, say: each for itself
    return [text.replace("\n", " ") for text, _ in pairs], [found for _, found in pairs]


def _near(text: str) -> bool:
    """Whether a text beside the headline may be about the article; the path of the page within its site is not."""
    labels = read(text)
    place = ">" in text or any(role == "label_place" for role, _ in labels.values)
    return not place and (WRITTEN.match(text) is not None or labels.rest <= MOST_ELSE)


def _untouched(text: str) -> tuple[str, list[Repair]]:
    return text, []


def _by_line(lines: list[str], repairs: list[Repair]) -> list[list[Repair]]:
    """The repairs of each line, none of which passes its line's end."""
    out: list[list[Repair]] = []
    start = i = 0
    for line in lines:
        first = i
        while i < len(repairs) and repairs[i].char_end <= start + len(line):
            i += 1
        out.append([Repair(r.kind, r.char_start - start, r.char_end - start, r.original) for r in repairs[first:i]])
        start += len(line) + 1
    return out


def _stripped(lines: list[Block], spans: list[list[Repair]]) -> tuple[list[Block], list[list[Repair]]]:
    """Without the white space that a repair uncovered at a line's ends, and without lines that it emptied: those are
    recorded at the line that follows, or else at the last.
    """
    kept: list[Block] = []
    moved: list[list[Repair]] = []
    gone: list[tuple[str, list[Repair]]] = []
    for block, found in zip(lines, spans, strict=True):
        text = block.text.strip()
        if not text:
            gone.append((block.text, found))
            continue
        if gone or text != block.text:
            found = _without(gone, block.text, found, [])
            gone = []
        kept.append(replace(block, text=text) if text != block.text else block)
        moved.append(found)
    if gone and kept:
        moved[-1] = _without([], kept[-1].text, moved[-1], gone)
    return kept, moved


def _without(
    above: list[tuple[str, list[Repair]]], text: str, found: list[Repair], below: list[tuple[str, list[Repair]]]
) -> list[Repair]:
    """A line's repairs once white space at its ends, and lines above and below that are empty now, are taken off."""
    from minsheng.clean.repair.edits import Edit, Ledger

    parts = [*above, (text, found), *below]
    ledger = Ledger("\n".join(part for part, _ in parts))
    starts = accumulate((len(part) + 1 for part, _ in parts), initial=0)
    ledger.repairs = [
        Repair(r.kind, r.char_start + start, r.char_end + start, r.original)
        for start, (_, own) in zip(starts, parts, strict=False)
        for r in own
    ]
    whole = ledger.text
    end = len(whole.rstrip())
    ledger.apply([Edit(0, len(whole) - len(whole.lstrip()), "", "blank"), Edit(end, len(whole), "", "blank")])
    return ledger.repairs
