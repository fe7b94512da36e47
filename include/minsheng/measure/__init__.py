"""Measuring: every figure of an article as a normalised observation, every other numeral with its reason.

``measure`` is a pure function of the article and the vocabulary (the dbt seeds): no network, no clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from minsheng import SHANGHAI, vocabulary
from minsheng.contracts import Article, Measurement, Observation, Rejection, stable_ids
from minsheng.measure import context, indicators, tables_cells, times
from minsheng.measure.actors import office_at, offices
from minsheng.measure.confidence import confidence
from minsheng.measure.figure import Figure
from minsheng.measure.places import Place, Places
from minsheng.measure.plans import Plans
from minsheng.measure.scan import scan
from minsheng.measure.sentences import Sentences, trim
from minsheng.measure.spaced import Closed, close_up
from minsheng.measure.statuses import Statuses
from minsheng.measure.tables_lines import Lines
from minsheng.measure.times_held import Held
from minsheng.measure.units import unit_at

RULES_VERSION = "rules-11"  # not Final: machine code would hold it where whoever reads by other rules sets it
_NUMBERED: Final = ("specification", "model", "grade", "ordinal")  # reasons behind whose numerals a unit may stand
_THRESHOLDS: Final = ("以上", "以下")
_RATES: Final = ("%", "pp")
_BEFORE: Final = "previous_period"  # what is said against it holds to the end of its part
_CLAUSE: Final = 30  # characters before a figure that tell what its amount is from
_POWERS: Final = {"10": "十", "100": "百", "1000": "千"}
_OVER_YEARS: Final = ("vague", "since", "plan", "years")  # kinds of times over which growth is not that of a year

__all__ = ["RULES_VERSION", "Measurement", "measure", "measured_by"]


def measured_by() -> str:
    """The rules and the words by which figures are measured now: ``rules-11+3fa9c1``; rows of others are older."""
    return f"{RULES_VERSION}+{vocabulary.fingerprint()}"


def measure(article: Article, *, region: str | None = None, site_region: str | None = None) -> Measurement:
    """Measure one article.

    ``region`` (a GB/T 2260 code or a name) is taken as the article's main region, ``site_region`` where
    the text names none. Any text gives a result; nothing is raised for what it says.
    """
    body = article.body
    if closed := close_up(body):
        return _as_set(article, closed, measure(_closed(article, closed), region=region, site_region=site_region))
    figures, rejections = scan(body)
    published = _day_of(article.published_at) if article.published_at else None
    sentences = Sentences(body)
    try:
        places = Places(article.title, body, published, region, site_region, article.publisher, sentences)
    except UnicodeEncodeError:
        return measure(_whole(article), region=region, site_region=site_region)
    plain = _spoken(_without(body, sorted([*places.names(), *_specified(body, rejections)])), rejections)
    observations = _observations(article, figures, sentences, places, plain, published)
    main = places.main
    rejected: dict[str, int] = {}
    for rejection in rejections:
        rejected[rejection.reason] = rejected.get(rejection.reason, 0) + 1
    measured = replace(
        article,
        region_code=main.code if main else None,
        figures=len(observations),
        rejected=rejected,
    )
    return Measurement(measured, observations, rejections, places.unresolved)


def _whole(article: Article) -> Article:
    """The article with U+FFFD for lone surrogates, which are no characters and cannot be searched or stored."""

    def whole(text: str) -> str:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    publisher = whole(article.publisher) if article.publisher else article.publisher
    return replace(article, title=whole(article.title), body=whole(article.body), publisher=publisher)


def _closed(article: Article, closed: Closed) -> Article:
    title = close_up(article.title, title=True)
    return replace(article, title=title.text if title else article.title, body=closed.text)


def _as_set(article: Article, closed: Closed, measured: Measurement) -> Measurement:
    """What was measured in the text closed up, where it stands in the article as it was set."""
    body, identify = article.body, stable_ids(article.article_id, article.revision)
    for found in measured.observations:
        found.sentence = closed.passage(body, found.sentence, found.char_start, found.char_end)
        found.char_start, found.char_end = closed.span(found.char_start, found.char_end)
        found.surface = body[found.char_start : found.char_end]
        found.observation_id = identify(found.char_start, found.char_end)
    rejections: list[Rejection] = []
    for rejection in measured.rejections:
        start, end = closed.span(rejection.char_start, rejection.char_end)
        rejections.append(Rejection(body[start:end], rejection.value, start, end, rejection.reason))
    counted = replace(measured.article, title=article.title, body=body)
    return Measurement(counted, measured.observations, rejections, measured.unresolved)


def _day_of(at: datetime) -> date:
    """The day in Shanghai; at the ends of the calendar, where that day does not exist, the day as written."""
    try:
        return at.astimezone(SHANGHAI).date()
    except (OverflowError, ValueError):
        return at.date()


def _specified(body: str, rejections: list[Rejection]) -> list[tuple[int, int]]:
    """Where specifications and ordinals stand with their units, which name nothing without them (50座客车)."""
    found: list[tuple[int, int]] = []
    for rejection in rejections:
        if rejection.reason not in _NUMBERED:
            continue
        start = rejection.char_start
        place = rejection.reason == "ordinal" and body[start - 1 : start] != "第"  # 前3名
        if body[start].isdecimal() and not place:
            at = rejection.char_end - (body[rejection.char_end - 1] in "百千")  # 35千伏
            unit = unit_at(body, at)
            if unit and not unit.word.isascii():  # G names something in 5G
                end = at + len(unit.word)
                end += 2 * body.startswith(_THRESHOLDS, end)  # 30户以上的村
                found.append((start, end + (body[end : end + 1] in ("级", "的"))))  # 3万吨级
    return found


def _without(body: str, spans: list[tuple[int, int]]) -> str:
    """``body`` with spans blanked that have no part in what a figure measures."""
    out, at = [], 0
    for start, end in spans:
        if start >= at:
            out += [body[at:start], " " * (end - start)]
            at = end
    return "".join([*out, body[at:]]) if out else body


def _spoken(plain: str, rejections: list[Rejection]) -> str:
    """``plain`` with the powers of ten that something is counted by in Chinese: a phrase holds no digits, and would
    make 每万人 of 每10万人."""
    out, at = [], 0
    for rejection in rejections:
        if rejection.reason == "per":
            digits, start = rejection.surface.rstrip("万亿"), rejection.char_start
            out += [plain[at:start], _POWERS.get(digits, digits).ljust(len(digits))]
            at = start + len(digits)
    return "".join([*out, plain[at:]]) if out else plain


def _observations(
    article: Article,
    figures: list[Figure],
    sentences: Sentences,
    places: Places,
    plain: str,
    published: date | None,
) -> list[Observation]:
    """The observations of an article's figures; ``plain`` is its body with what names nothing measured blank."""
    body, writer = article.body, _Writer(article)
    plans, statuses = Plans(article.title, body), Statuses(body, published)
    lines = Lines(body)
    names: frozenset[int] | None = None  # where regions are named
    held = Held(article.title, body, published, plans, statuses.lists)
    basis: str | None = None  # what its rates of growth are against
    for span, group in _by_sentence(sentences, figures):
        sentence = trim(body, span)
        spans = [(f.start, f.end) for f in group]
        follows = held.follows(span[0])
        if basis == "start_of_year" or (not follows and basis != "same_period_last_year"):
            basis = None
        lines.read(span, group)
        dates = times.Times(body, span, group, published)
        basis = _context(article, span, group, dates, plans, statuses, published, basis)
        held.read(span, group, dates.marks)
        doers = offices(body, (span[0], group[-1].start))
        shared = places.shared_out(span, spans)
        rates = [f.kind != "level" and f.unit in _RATES for f in group]
        total = writer.named(group[0].unit) if follows and body.startswith(times.OF_THESE, span[0]) else ""
        named = _counted(group, indicators.phrases(plain, span, spans, rates, total))
        for i, (figure, phrase) in enumerate(zip(group, named, strict=True)):
            place = shared[i] if i in shared else places.at(figure.number_start)
            if figure.cell is not None:
                names = frozenset([start for start, _ in places.names()]) if names is None else names
                phrase = tables_cells.phrase(plain, figure.cell, phrase)
                place = tables_cells.place(body, places, names, figure, figure.cell)
            writer.add(figure, sentence, phrase, place, office_at(doers, figure.start))
    return writer.found


class _Writer:
    """Makes the observations of one article, numbered in their order."""

    def __init__(self, article: Article) -> None:
        self.body = article.body
        self.article_id = article.article_id
        self.revision = article.revision
        self.source_id = article.source_id
        self.logical_date = article.logical_date
        self.rules = measured_by()
        self.identify = stable_ids(article.article_id, article.revision)
        self.found: list[Observation] = []

    def named(self, unit: str) -> str:
        """The phrase of the last observation, if it has that unit; else empty."""
        last = self.found[-1] if self.found else None
        return last.indicator if last is not None and last.unit == unit else ""

    def add(self, figure: Figure, sentence: str, phrase: str, place: Place | None, office: str | None) -> None:
        """Add the observation of a figure."""
        since = max(0, figure.start - _CLAUSE)
        known = indicators.identify(figure, phrase, sentence, self.body, since)
        self.found.append(
            Observation(
                self.identify(figure.start, figure.end),
                self.article_id,
                self.revision,
                len(self.found) + 1,
                figure.start,
                figure.end,
                sentence,
                self.body[figure.start : figure.end],
                figure.value,
                figure.value_max,
                figure.bound,
                figure.unit,
                figure.classifier,
                phrase,
                known,
                place.name if place else None,
                place.code if place else None,
                figure.period_start,
                figure.period_end,
                figure.as_of,
                figure.time_phrase,
                figure.kind,
                figure.status,
                confidence(figure, known is not None, place is not None),
                self.rules,
                figure.basis,
                figure.direction,
                figure.estimated,
                office,
                self.source_id,
                self.logical_date,
            )
        )


def _counted(group: list[Figure], phrases: list[str]) -> list[str]:
    """The phrases, those of a run of bare counts each with its own word: 造成3死1失联 is 造成死 and 造成失联; those of
    the members of a list with what its first says: 增加值增长3%，第二产业5%; those of a column of shares with its head:
    危房改造完成率."""
    before: Figure | None = None
    topic = ""
    for i, figure in enumerate(group):
        if figure.member:
            phrases[i] = indicators.as_member(phrases[i], phrases[i - 1])
        if figure.counted:
            if before is None or not before.counted:
                topic = phrases[i].removesuffix(figure.counted)
            phrases[i] = (topic + figure.counted)[-indicators.LONGEST :]
        if figure.rate and not phrases[i].endswith(figure.rate):
            phrases[i] = (phrases[i] + figure.rate)[-indicators.LONGEST :]
        before = figure
    return phrases


def _context(
    article: Article,
    span: tuple[int, int],
    group: list[Figure],
    dates: times.Times,
    plans: Plans,
    statuses: Statuses,
    published: date | None,
    basis: str | None,
) -> str | None:
    """Fill what the words around the figures of one sentence say: kind, status, period; a rate of growth that names no
    basis has that of the one before it, or ``basis``. Gives the basis of the last."""
    body = article.body
    before: Figure | None = None
    for i, figure in enumerate(group):
        clause = context.clause_start(body, span[0], figure.start)
        context.change(body, clause, figure)
        if before is not None:
            context.carry(body, before, figure)
            basis = _goes_on(basis, body[before.end : figure.start])
        planned = plans.covers(figure.start) or statuses.announced(figure.start, clause)
        if figure.cell is not None:
            planned = planned or tables_cells.is_planned(body, figure.cell)
        statuses.read(figure, span[0], clause, planned)
        mark = dates.fill(i, clause)
        if figure.status == "target" and mark is not None and times.is_past(figure, published, mark):
            part = clause if mark.at >= clause else body.rfind("；", span[0], figure.start) + 1
            if part and mark.at >= part:  # 将继续扩大，2023年新增15支: a clause or part of its own time
                statuses.read(figure, part, clause, planned)
                mark = dates.fill(i, clause)
        if (
            figure.status == "target"
            and mark is not None
            and times.is_over(mark, figure, published)
            and statuses.reports(figure, mark.at, mark.at + len(mark.phrase))
        ):
            figure.status, figure.estimated = "actual", True
        if figure.cell is not None and (mark is None or figure.cell.line):
            tables_cells.date_cell(body, article.title, figure, figure.cell, published)
        times.settle(figure, published)
        if figure.kind == "change" and figure.unit == "%":
            within = mark is None or mark.kind not in _OVER_YEARS or mark.phrase.startswith("今年")
            if figure.basis is None and within and context.names_no_basis(body, clause, figure.start):
                figure.basis = basis
            named = figure.basis is not None and figure.basis[-1].isdecimal()  # that of a named year goes no further
            if figure.basis is not None and not named and figure.basis != context.MEAN:
                basis = figure.basis
        if figure.kind == "change" and figure.basis is None:
            figure.basis = context.year_basis(body, clause, figure, published)
        before = figure
    return basis


def _goes_on(basis: str | None, gap: str) -> str | None:
    """What the rates behind a gap between two figures are against, if they say nothing: 环比 goes to its ；only."""
    return None if basis == _BEFORE and "；" in gap else basis


def _by_sentence(sentences: Sentences, figures: list[Figure]) -> list[tuple[tuple[int, int], list[Figure]]]:
    """The figures of each sentence; a sentence cut for its length is widened to hold its figures whole."""
    groups: list[tuple[tuple[int, int], list[Figure]]] = []
    for figure in figures:
        span = sentences.at(figure.number_start)
        if groups and groups[-1][0] == span:
            groups[-1][1].append(figure)
        else:
            groups.append((span, [figure]))
    return [((min(s, group[0].start), max(e, group[-1].end)), group) for (s, e), group in groups]
