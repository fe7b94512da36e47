"""The records that pass between the stages, and their Arrow schemas.

Every stage reads one of these and writes the next: ``Page`` (fetched) -> ``Article`` (cleaned) ->
``Observation`` (measured). ``Outcome`` is the row that anything lost on the way leaves behind. A field
is declared once, here: the Parquet shards in ``landing/`` and the tables of the raw schema follow it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

FetchOutcome = Literal["new", "unchanged", "revised", "gone", "refused", "blocked", "failed"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Kind = Literal["level", "change", "share"]
Status = Literal["actual", "target"]


@dataclass(frozen=True, slots=True)
class Page:
    """One visit to one address: a line in the fetch ledger; its bytes are a WARC record.

    ``outcome`` compares with the latest earlier capture of the address, and ``revision`` counts the
    payloads that the address has shown up to this one (1 for the first): ``gone`` is 404 or 410,
    ``refused`` what robots.txt or the guard forbids, ``blocked`` a login or verification page,
    ``failed`` no usable answer, or none at all (``error`` says why). ``warc_file`` is relative to the archive.
    """

    page_id: str
    source_id: str
    url: str
    canonical_url: str
    fetched_at: datetime
    logical_date: date
    outcome: FetchOutcome
    revision: int = 1
    http_status: int | None = None
    content_type: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One mended place: ``body[char_start:char_end]`` stood as ``original`` on the page."""

    kind: str
    char_start: int
    char_end: int
    original: str


@dataclass(slots=True)  # not frozen: a frozen __init__ takes ten times as long, and measuring makes another
class Article:
    """One revision of the article that a page held, as its author wrote it.

    ``article_id`` is stable for a canonical address. ``published_at`` is aware (Asia/Shanghai); where
    the page gives a day only it is that day's midnight. ``bands`` are the hashes of the locality
    sensitive hash: articles that share one are near-duplicates (dbt turns them into ``cluster_id``).
    ``region_code``, ``figures`` and ``rejected`` (numerals that are no figure, by reason) are filled by
    the measuring stage, the provenance fields by the pipeline.
    """

    article_id: str
    url: str
    title: str
    body: str
    text_sha256: str
    method: str
    revision: int = 1
    source_id: str = ""
    subtitle: str | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    publisher: str | None = None
    authors: list[str] = field(default_factory=list)
    editor: str | None = None
    repairs: list[Repair] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    undecoded: int = 0
    bands: list[int] = field(default_factory=list)
    region_code: str | None = None
    figures: int | None = None
    rejected: dict[str, int] = field(default_factory=dict)
    page_id: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    fetched_at: datetime | None = None
    logical_date: date | None = None


@dataclass(slots=True)  # not frozen, as above: there are many
class Observation:
    """One figure that the article states about the world; ``docs/figures.md`` defines it field by field.

    ``surface == article.body[char_start:char_end]``. ``value`` is in ``unit`` (UCUM, ISO 4217, or a
    braced count), as written without a sign: ``direction`` says up or down for a change
    (a temperature below zero alone is negative). 翻一番 is a change by 100 %.
    ``region_code`` has 6 digits (9 for a township), valid on the article's date. Dates are days in
    Asia/Shanghai, both ends included.
    """

    observation_id: str
    article_id: str
    revision: int
    n: int
    char_start: int
    char_end: int
    sentence: str
    surface: str
    value: Decimal
    value_max: Decimal | None
    bound: Bound
    unit: str
    classifier: str | None
    indicator: str
    indicator_id: str | None
    region: str | None
    region_code: str | None
    period_start: date | None
    period_end: date | None
    as_of: date | None
    time_phrase: str | None
    kind: Kind
    status: Status
    confidence: float
    measured_by: str
    basis: str | None = None
    direction: Literal["up", "down"] | None = None
    estimated: bool = False
    actor: str | None = None
    source_id: str = ""
    logical_date: date | None = None


@dataclass(slots=True)  # not frozen, as above
class Rejection:
    """A numeral of the text that is no figure, and the named reason (date, ordinal, name, age, ...)."""

    surface: str
    value: Decimal | None
    char_start: int
    char_end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """What measuring made of one article: the article with its counts, its figures, the other numerals.

    ``unresolved`` are the names of regions in the text that nothing settled, in order, with repetitions.
    """

    article: Article
    observations: list[Observation]
    rejections: list[Rejection]
    unresolved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that did not come through, as a row: nothing is dropped in silence.

    ``subject`` is what it happened to (an address, an article or observation id, a surface), ``reason``
    a short fixed word to count by, ``detail`` a sentence for a person.
    """

    source_id: str
    logical_date: date
    step: Literal["discover", "fetch", "archive", "clean", "measure", "land"]
    subject: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that was made to a host, or one that was not made and why: a line of the conduct record.

    ``n`` numbers the lines of the unit from 1. ``seconds`` is null where nothing was asked: ``refused`` then says
    that robots.txt or the guard forbade it (``clause``: in which words; of a request made, the words that allowed
    it), else the host was left alone (``error``). ``delay`` is what had to pass since the host was asked before,
    ``bytes`` what the answer's head and body took on the wire, chunking undone. ``role`` says what it was for.
    """

    source_id: str
    logical_date: date
    n: int
    host: str
    url: str
    role: str
    started_at: datetime
    refused: bool
    seconds: float | None = None
    delay: float | None = None
    http_status: int | None = None
    bytes: int = 0
    clause: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What the warehouse knows of a source: who it is, and the bounds its registry entry expects it to keep.

    ``articles_*`` are articles a day, ``figures_*`` figures an article, ``region_share`` the least share of
    figures with a region; null where the registry sets no bound.
    """

    source_id: str
    name: str
    name_en: str
    level: str
    region_code: str | None = None
    home: str | None = None
    family: str | None = None
    owner: str | None = None
    licence: str | None = None
    verified: date | None = None
    articles_min: float | None = None
    articles_max: float | None = None
    figures_min: float | None = None
    figures_max: float | None = None
    region_share: float | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input gave no record: the value a stage returns in the record's place."""

    reason: str
    detail: str = ""


def stable_id(*parts: object) -> str:
    """16 hex digits that depend on the parts alone: the same input has the same id on every run."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def stable_ids(*head: object) -> Callable[[int, int], str]:
    """``stable_id(*head, start, end)`` for many spans of one record: the head is hashed once."""
    hashed = hashlib.sha256("\x1f".join(map(str, head)).encode())

    def identify(start: int, end: int) -> str:
        span = hashed.copy()
        span.update(b"\x1f%d\x1f%d" % (start, end))
        return span.hexdigest()[:16]

    return identify


@cache
def arrow_schema(record: type) -> pa.Schema:
    """The Arrow schema of one of the record types above, its fields in declared order.

    Values are DECIMAL(38, 9): exact for everything a page can say. Stored timestamps are UTC.
    """
    import pyarrow as pa

    hints = {f.name: get_type_hints(record)[f.name] for f in fields(record)}
    return pa.schema([pa.field(name, _arrow_type(hint, pa), _nullable(hint)) for name, hint in hints.items()])


def _nullable(hint: Any) -> bool:
    return type(None) in getattr(hint, "__args__", ())


def _arrow_type(hint: Any, pa: Any) -> Any:
    args = [a for a in getattr(hint, "__args__", ()) if a is not type(None)]
    origin = getattr(hint, "__origin__", None)
    if origin is list:
        return pa.list_(_arrow_type(args[0], pa))
    if origin is dict:
        return pa.map_(_arrow_type(args[0], pa), _arrow_type(args[1], pa))
    if origin is Literal:
        return pa.string()
    if args:
        return _arrow_type(args[0], pa)
    if hint is Repair:
        return pa.struct(list(arrow_schema(Repair)))
    return {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        Decimal: pa.decimal128(38, 9),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }[hint]
