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

_TAIL: Final = re.compile(r"\s?([^\W\d_]{1,2}|[°′″＄￥€£])")  # what may be a unit: one or two letters, or a sign of one


@dataclass(slots=True)
class Coverage:
    """Counts over a set of articles; the lists of what is left are counters (``most_common`` orders them).

    ``phrases`` are pairs of an indicator phrase without an id and its unit, ``units`` what stands behind a
    numeral that no unit was found for, ``places`` names of regions that nothing settled.
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
            if rejection.reason == "no_unit" and (tail := _TAIL.match(measured.article.body, rejection.char_end)):
                found.units[tail[1]] += 1
        found.places.update(measured.unresolved)
    return found
