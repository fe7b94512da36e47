"""Characters torn apart in a stream of GBK bytes, put together again.

Where a byte was lost, or an insertion fell between the two bytes of a character, the decoder wrote `?` and
paired what followed wrongly, until an ASCII byte set it right: `福“一老一小”。` became `?！耙焕弦恍　?。`. The bytes
are still there, but for those at the `?`. Found here: the places to mend, and how a text was folded since;
`search` mends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from minsheng.clean.repair.edits import Edit
from minsheng.clean.repair.gbk import char_of, pair_of
from minsheng.clean.repair.language import RARE, follow, language
from minsheng.clean.repair.pinyin import TORN
from minsheng.clean.repair.search import HOLES, NoText, Search

MOST_HOLES = 3000  # a text with more is no text any more; bounds the time
MOST_PLACES = 4000
FEW_HOLES = 20  # of which a short text may consist; of a longer one no sixth, damage leaves a tenth
MOST_IN_VAIN = 15  # garbled stretches in a row that nothing mends: they are no damage of this kind
WINDOW = 4  # characters over which Chinese is judged to be garbled
GARBLED = 58  # bits that so many cost; plain news takes 26, and more in one place of a thousand
ODD = 14  # bits of a character that hardly stands where it does
CHINESE = 26  # bits that two characters cost at most, where a stretch of some is Chinese
LEAD_IN = 3  # characters in front of a garbled stretch where the byte may be missing
SILENT = LEAD_IN + WINDOW + 1  # characters among which it is missing


@cache
def _suspect() -> re.Pattern[str]:
    """A hole behind Chinese, a user-defined character of GBK, or three rare characters in a row."""
    common = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    known = common.decode("gb2312", "ignore")
    return re.compile(f"\ufffd|[\u2e80-\uffff“”]\\?|[\ue000-\ue864]|(?:(?![{known}])[\u4e00-\u9fff]){{3}}")


def may_be_torn(text: str) -> bool:
    """Whether anything makes it worth while to weigh the text; quick, and seldom so of a clean one."""
    return _suspect().search(text) is not None


class Mending(NamedTuple):
    """``edits`` put torn characters together. ``folded`` says whether full-width punctuation was folded to ASCII since:
    it was where an ASCII mark has to be read as the full-width one (True), it was not where ASCII commas stood in the
    byte stream already (False); None where nothing tells. ``garbled``: whether any stretch is garbled, mended or not.
    """

    edits: list[Edit]
    folded: bool | None = None
    garbled: bool = False


def mend(text: str, *, traditional: bool) -> Mending:
    """How torn characters come together; garbled stretches that no hole announces are mended too. Traditional
    characters are put in where the text is Traditional. Raises ``NoText`` for noise.
    """
    holes = [i for i, char in enumerate(text) if char in HOLES]
    bare = sum(TORN.match(text, i) is None for i in holes)
    if len(holes) > MOST_HOLES or bare > max(FEW_HOLES, len(text) // 6):
        raise NoText
    silent = dict.fromkeys(_silent(text), 0)
    places = sorted((silent | dict.fromkeys(holes, 1)).items())[:MOST_PLACES]
    if not places:
        return Mending([])
    ascii_commas = "," in text and "，" not in text
    search = Search(text, " ," if ascii_commas else " ", traditional=traditional)
    edits = list(_mend(search, places))
    if search.unfolded and ascii_commas:
        search = Search(text, " ", traditional=traditional, work=search.work)
        edits = list(_mend(search, places))
    folded = True if search.unfolded else False if search.commas else None
    return Mending(edits, folded, bool(silent or edits))


def _mend(search: Search, places: list[tuple[int, int]]) -> Iterator[Edit]:
    done = in_vain = 0
    for start, is_hole in places:
        if start < done or (not is_hole and in_vain >= MOST_IN_VAIN):
            continue
        edit = search.run(start, start if is_hole else start + SILENT)
        if edit is not None:
            done, in_vain = edit.end, 0
            yield edit
        elif not is_hole:
            in_vain += 1


def _silent(text: str) -> Iterator[int]:
    """Where stretches begin that are hardly Chinese, a little before: a byte went missing without a trace.
    One character is stretch enough in front of a hole, where the shift ended.

    Not where a hole in front of them explains them, nor where they are as odd a byte further on.
    """
    model, pairs = language(), pair_of()
    known = model.symbol
    context = "  "
    costs = [0] * WINDOW
    total = cost = 0
    garbled = hole = -SILENT
    for i, char in enumerate(text):
        folded = known.get(char) or model.fold(char)
        # What GBK does not have (and no decoder puts in) came out of no stream of it.
        before, cost = cost, model.cost(context, folded) if char in pairs or char < "\x80" or char in HOLES else 0
        context = follow(context, folded)
        total += cost - costs[i % WINDOW]
        costs[i % WINDOW] = cost
        if text[max(i - WINDOW, 0)] in HOLES:
            hole = i - WINDOW
        if total >= GARBLED:
            if i > garbled + WINDOW and i > hole + SILENT and _may_be_shifted(text[i + 1 - WINDOW : i + 1 + WINDOW]):
                yield max(i + 1 - WINDOW - LEAD_IN, 0)
            garbled = i
        elif char in HOLES and before >= ODD and text[i - 1] not in HOLES:
            yield max(i - 2 - LEAD_IN, 0)


def _may_be_shifted(text: str) -> bool:
    """Whether two characters in a row are likely when a text is read from the second byte of its first character on.
    Where ASCII, a hole or a second byte that is no first one stands in it, that cannot be told.
    """
    model, pairs = language(), pair_of()
    stream = [byte for char in text for byte in pairs.get(char, (0, 0))]
    chars = [char_of().get(pair, "") for pair in zip(stream[1:-1:2], stream[2::2], strict=True)]
    if "" in chars:
        return True
    context, before = "  ", RARE
    for folded in map(model.fold, chars):
        cost = model.cost(context, folded)
        if before + cost < CHINESE:
            return True
        context, before = follow(context, folded), cost
    return False
