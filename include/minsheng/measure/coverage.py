"""What measuring leaves open over many articles, most frequent first: the list that the vocabulary grows from.

Counts only; nothing is read or printed here. ``minsheng coverage`` shows it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from minsheng.measure import Measurement
from minsheng.measure.indicators_words import Word, segment
from minsheng.measure.numerals import CHINESE

_TAIL: Final = re.compile(r"\s?(?:(?P<word>[\u4e00-\u9fff]{1,6})|(?P<sign>[A-Za-z]{1,3}(?![A-Za-z])|[°′″＄￥€£]))")


@dataclass(slots=True)
class Coverage:
    """Counts over a set of articles; the lists of what is left are counters (``most_common`` orders them).

    ``phrases`` are pairs of an indicator phrase without an id and its unit, ``units`` what stands behind a
    numeral that no unit was found for and may be one, ``places`` names of regions that nothing settled.
    """

    articles: int = 0
    figures: int = 0
    placed: int = 0
    mapped: int = 0
    rejections: Counter[str] = field(default_factory=Counter)
    phrases: Counter[tuple[str, str]] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    @property
    def region_share(self) -> float:
        """The share of the figures that have a region (1 where there is no figure)."""
        return self.placed / self.figures if self.figures else 1.0

    @property
    def indicator_share(self) -> float:
        """The share of the figures whose indicator the vocabulary knows (1 where there is no figure)."""
        return self.mapped / self.figures if self.figures else 1.0


def coverage(measurements: Iterable[Measurement]) -> Coverage:
    """Count what the measurements hold and what they leave open; reads the iterable once."""
    found = Coverage()
    for measured in measurements:
        found.articles += 1
        found.figures += len(measured.observations)
        for observation in measured.observations:
            found.placed += observation.region_code is not None
            found.mapped += observation.indicator_id is not None
            if observation.indicator_id is None:
                found.phrases[observation.indicator, observation.unit] += 1
        for rejection in measured.rejections:
            found.rejections[rejection.reason] += 1
            if rejection.reason == "no_unit" and (unit := _unit(measured.article.body, rejection.char_end)):
                found.units[unit] += 1
        found.places.update(measured.unresolved)
    return found


def _unit(body: str, at: int) -> str:
    """What stands at ``at`` and may be a unit: a sign of one or a noun (343科), not 以下, 至, 的."""
    tail = _TAIL.match(body, at)
    if tail is None or tail["word"] is None:
        return tail["sign"] if tail else ""
    words: list[Word] = []
    segment(tail["word"], words)
    noun = bool(words) and words[0].role == "n" and words[0].text[0] not in CHINESE
    return words[0].text if noun else ""
