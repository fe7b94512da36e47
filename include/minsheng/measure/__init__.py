"""Measuring: every figure of an article as a normalised observation, every other numeral with its reason.

``measure`` is a pure function of the article and the vocabulary (the dbt seeds): no network, no clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, timezone

from minsheng.contracts import Article, Observation, Rejection, stable_id
from minsheng.measure import context, indicators, periods
from minsheng.measure.actors import actor
from minsheng.measure.confidence import confidence
from minsheng.measure.figure import Figure
from minsheng.measure.places import Place, Places
from minsheng.measure.plans import Plans
from minsheng.measure.scan import scan
from minsheng.measure.sentences import Sentences, trim

RULES_VERSION = "rules-1"
_SHANGHAI = timezone(timedelta(hours=8))

__all__ = ["RULES_VERSION", "Measurement", "measure"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What measuring made of one article: the article with its counts, its figures, the other numerals.

    ``unresolved`` are the names of regions in the text that nothing settled, in order, with repetitions.
    """

    article: Article
    observations: list[Observation]
    rejections: list[Rejection]
    unresolved: list[str] = field(default_factory=list)


def measure(article: Article, *, region: str | None = None, site_region: str | None = None) -> Measurement:
    """Measure one article.

    ``region`` (a GB/T 2260 code or a name) is taken as the article's main region, ``site_region`` where
    the text names none. Any text gives a result; nothing is raised for what it says.
    """
    body = article.body
    figures, rejections = scan(body)
    published = article.published_at.astimezone(_SHANGHAI).date() if article.published_at else None
    places = Places(article.title, body, published, region, site_region)
    observations = _observations(article, figures, places, published)
    main = places.main
    measured = replace(
        article,
        region_code=main.code if main else None,
        figures=len(observations),
        rejected=dict(Counter(r.reason for r in rejections)),
    )
    return Measurement(measured, observations, rejections, places.unresolved)


def _observations(article: Article, figures: list[Figure], places: Places, published: date | None) -> list[Observation]:
    body = article.body
    found: list[Observation] = []
    sentences, plans = Sentences(body), Plans(article.title, body)
    for span, group in _by_sentence(sentences, figures):
        sentence = trim(body, span)
        spans = [(f.start, f.end) for f in group]
        reader = context.StatusReader(body, span, published)
        times = periods.phrases(body, span, published)
        for i, figure in enumerate(group):
            clause = context.clause_start(body, span[0], figure.start)
            context.change(body, clause, figure)
            if i:
                context.carry(body, group[i - 1], figure)
            reader.read(figure, clause, plans.covers(figure.start))
            _time(figure, times)
            phrase = indicators.phrase(body, span, spans, i, figure.unit, figure.kind)
            known = indicators.lookup(phrase, figure.unit, figure.kind, sentence)
            place = places.at(figure.number_start)
            doer = actor(body, span[0], figure.start)
            found.append(_observation(article, figure, len(found) + 1, sentence, phrase, known, place, doer))
    return found


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


def _time(figure: Figure, times: list[periods.Period]) -> None:
    """The last time phrase before the figure in its sentence holds for it."""
    last = None
    for period in times:
        if period.at >= figure.number_start:
            break
        last = period
    if last is not None:
        figure.time_phrase = last.phrase
        figure.period_start, figure.period_end, figure.as_of = last.start, last.end, last.as_of


def _observation(
    article: Article,
    figure: Figure,
    n: int,
    sentence: str,
    phrase: str,
    known: str | None,
    place: Place | None,
    doer: str | None,
) -> Observation:
    return Observation(
        observation_id=stable_id(article.article_id, article.revision, figure.start, figure.end),
        article_id=article.article_id,
        revision=article.revision,
        n=n,
        char_start=figure.start,
        char_end=figure.end,
        sentence=sentence,
        surface=article.body[figure.start : figure.end],
        value=figure.value,
        value_max=figure.value_max,
        bound=figure.bound,
        unit=figure.unit,
        classifier=figure.classifier,
        indicator=phrase,
        indicator_id=known,
        region=place.name if place else None,
        region_code=place.code if place else None,
        period_start=figure.period_start,
        period_end=figure.period_end,
        as_of=figure.as_of,
        time_phrase=figure.time_phrase,
        kind=figure.kind,
        status=figure.status,
        confidence=confidence(figure, known is not None, place is not None),
        measured_by=RULES_VERSION,
        basis=figure.basis,
        direction=figure.direction,
        estimated=figure.estimated,
        actor=doer,
        source_id=article.source_id,
        logical_date=article.logical_date,
    )
