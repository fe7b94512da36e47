"""Figure: all that is known about one numeral on its way to becoming an Observation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from minsheng.contracts import Bound, Kind, Status
from minsheng.measure.tables import Cell


class Figure:
    """One figure of the text. Offsets are characters of the body; ``value`` is in ``unit`` (canonical).

    ``number_start`` is where the numeral itself begins (``start`` may stand before it, at 约 or 超过).
    ``named_unit`` says whether the unit stands in the text (else it was taken from a noun, a list
    or a table's head), ``damaged`` whether a character broken on the page touches the figure: a digit may be lost.
    ``member``: a change only because the figure before it in its list is one (增长3%，第二产业5%).
    ``grows`` is the word that heads its column of a table where that holds rates of growth (同比).
    ``rate`` is the name that heads its column where that holds shares (完成率).
    ``cell`` is where in a table it stands, none for prose.
    ``counted`` is the word behind a number of a run that has no unit (3死1失联).

    No dataclass: mypyc leaves the ``__init__`` of one to the interpreter, and there are many.
    """

    def __init__(
        self,
        start: int,
        end: int,
        number_start: int,
        value: Decimal,
        value_max: Decimal | None,
        bound: Bound,
        unit: str,
        dimension: str,
        classifier: str | None,
        chinese: bool,
        named_unit: bool,
        damaged: bool,
    ) -> None:
        self.start = start
        self.end = end
        self.number_start = number_start
        self.value = value
        self.value_max = value_max
        self.bound = bound
        self.unit = unit
        self.dimension = dimension
        self.classifier = classifier
        self.chinese = chinese
        self.named_unit = named_unit
        self.damaged = damaged
        self.counted = ""
        self.member = False
        self.grows = ""
        self.cell: Cell | None = None
        self.rate = ""
        self.kind: Kind = "level"
        self.direction: Literal["up", "down"] | None = None
        self.basis: str | None = None
        self.status: Status = "actual"
        self.estimated = False
        self.time_phrase: str | None = None
        self.period_start: date | None = None
        self.period_end: date | None = None
        self.as_of: date | None = None
