"""Figure: all that is known about one numeral on its way to becoming an Observation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from minsheng.contracts import Bound, Kind, Status


@dataclass(slots=True)
class Figure:
    """One figure of the text. Offsets are characters of the body; ``value`` is in ``unit`` (canonical).

    ``number_start`` is where the numeral itself begins (``start`` may stand before it, at 约 or 超过).
    ``named_unit`` says whether the unit stands in the text (else it was taken from a noun, a list
    or a table's head), ``damaged`` whether a character broken on the page touches the figure: a digit may be lost.
    ``counted`` is the word behind a number of a run that has no unit (3死1失联).
    """

    start: int
    end: int
    number_start: int
    value: Decimal
    value_max: Decimal | None
    bound: Bound
    unit: str
    dimension: str
    classifier: str | None
    chinese: bool
    named_unit: bool = True
    damaged: bool = False
    counted: str = ""
    kind: Kind = "level"
    direction: Literal["up", "down"] | None = None
    basis: str | None = None
    status: Status = "actual"
    estimated: bool = False
    time_phrase: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
