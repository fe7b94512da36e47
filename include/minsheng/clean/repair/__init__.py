"""Undo what mirrors and wrong decoding did to a text: `repair` is the door.

Pinyin in brackets and the characters it tore apart, bytes lost from a GBK stream, conversion to Traditional
Chinese; UTF-8 read as Latin-1 or GBK; full-width digits and letters, invisible characters, doubled
punctuation, HTML entities. A clean text comes back as it is, at the price of a few regular expressions: so does one
that its author wrote in Traditional Chinese.
"""

from __future__ import annotations

from minsheng.clean.repair import characters, mojibake
from minsheng.clean.repair.edits import Ledger, undo
from minsheng.clean.repair.pinyin import CERTAIN, count_insertions, insertions
from minsheng.clean.repair.punctuation import has_wide_marks, widen
from minsheng.clean.repair.search import NoText
from minsheng.clean.repair.torn import Mending, may_be_torn, mend
from minsheng.clean.repair.traditional import is_converted, prevails, simplify
from minsheng.contracts import Repair

__all__ = ["repair", "undo"]

MOST_ROUNDS = 4  # one does; a second finds nothing but where the first uncovered something
STAGES = (
    characters.drop_surrogates,
    mojibake.undo_windows,
    mojibake.undo_latin,
    mojibake.undo_replaced,
    mojibake.undo_gbk,
    characters.unescape,
)
LAST_STAGES = (characters.drop_invisible, characters.plain_blanks, characters.narrow, characters.single)


def repair(text: str) -> tuple[str, list[Repair]]:
    """The text as its author wrote it, and each mended place, with spans into the text returned.

    ``undo(*repair(text)) == text`` and ``repair`` of the result changes nothing. Never raises; time is linear
    in the text.
    """
    ledger, noise = Ledger(text), False
    for _ in range(MOST_ROUNDS):
        before = ledger.text
        for stage in STAGES:
            ledger.apply(stage(ledger.text))
        noise = _mirror(ledger, noise)
        for stage in LAST_STAGES:
            ledger.apply(stage(ledger.text))
        if ledger.text == before:
            break
    return ledger.text, ledger.repairs


def _mirror(ledger: Ledger, noise: bool) -> bool:
    """A mirror's damage, undone in the reverse order of its making. Returns whether the text is noise, in which
    nothing torn is sought (again).
    """
    found = count_insertions(ledger.text)
    known = any(place.kind in ("pinyin", "traditional") for place in ledger.repairs)
    mirrored = known or found >= CERTAIN or (found > 0 and prevails(ledger.text, 1))
    if mirrored:
        ledger.apply(insertions(ledger.text))
    mending = Mending([])
    traditional = mirrored or prevails(ledger.text)
    if not noise and (mirrored or may_be_torn(ledger.text)):
        try:
            mending = mend(ledger.text, traditional=traditional)
        except NoText:
            noise = True
        ledger.apply(mending.edits)
    if mirrored or (prevails(ledger.text) and (mending.garbled or is_converted(ledger.text))):
        ledger.apply(simplify(ledger.text))
    if mirrored and mending.folded is not False and not has_wide_marks(ledger.text):
        ledger.apply(widen(ledger.text))
    return noise
