"""Records of two sites and two days, made here: a report, its reprint with a cut end, a revision, and what got lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from minsheng.contracts import Article, Observation, Outcome, Page, Repair, Request, Site, stable_id

DAY, NEXT_DAY = date(2024, 5, 20), date(2024, 5, 21)
SENTENCE = "截至5月20日，全县新建口袋公园12座，投入资金1.2亿元，绿化覆盖率达到41.5%。"


def page(source_id: str, path: str, day: date = DAY, **changes: object) -> Page:
    """A page of the site, fetched at 06:00 in Shanghai of the day after."""
    url = f"http://{source_id}.example/{path}"
    made = Page(
        page_id=stable_id("page", url, day),
        source_id=source_id,
        url=url,
        canonical_url=url,
        fetched_at=datetime(day.year, day.month, day.day, 22, tzinfo=UTC),
        logical_date=day,
        outcome="new",
        http_status=200,
        content_type="text/html",
        bytes=2048,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def article(of: Page, title: str = "口袋公园开园", **changes: object) -> Article:
    """The article that the page held, measured."""
    made = Article(
        article_id=stable_id("article", of.canonical_url),
        url=of.canonical_url,
        title=title,
        body=SENTENCE,
        text_sha256=stable_id(SENTENCE),
        method="plain",
        source_id=of.source_id,
        published_at=datetime(2024, 5, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
        publisher="甲县人民政府",
        repairs=[Repair("pinyin", 0, 2, "截(jié)至")],
        bands=[101, 102, 103],
        region_code="421024",
        figures=3,
        rejected={"date": 2},
        page_id=of.page_id,
        fetched_at=of.fetched_at,
        logical_date=of.logical_date,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def figures(of: Article, **changes: object) -> list[Observation]:
    """The three figures of ``SENTENCE``, as measured."""
    parts = [
        ("12座", Decimal(12), "{item}", "座", "新建口袋公园", "actual", "level"),
        ("1.2亿元", Decimal(120_000_000), "CNY", "亿元", "投入资金", "actual", "level"),
        ("41.5%", Decimal("41.5"), "%", "%", "绿化覆盖率", "actual", "share"),
    ]
    return [
        replace(_figure(of, n, *part), **changes)  # type: ignore[arg-type]
        for n, part in enumerate(parts, 1)
    ]


def _figure(
    of: Article, n: int, surface: str, value: Decimal, unit: str, classifier: str, phrase: str, status: str, kind: str
) -> Observation:
    start = of.body.index(surface)
    return Observation(
        observation_id=stable_id("observation", of.article_id, of.revision, n),
        article_id=of.article_id,
        revision=of.revision,
        n=n,
        char_start=start,
        char_end=start + len(surface),
        sentence=of.body,
        surface=surface,
        value=value,
        value_max=None,
        bound="exact",
        unit=unit,
        classifier=classifier,
        indicator=phrase,
        indicator_id=None,
        region="江陵县",
        region_code="421024",
        period_start=date(2024, 1, 1),
        period_end=DAY,
        as_of=DAY,
        time_phrase="截至5月20日",
        kind=kind,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        confidence=0.95,
        measured_by="rules-1",
        source_id=of.source_id,
        logical_date=of.logical_date,
    )


def lost(source_id: str, day: date = DAY) -> Outcome:
    """A page that held no article."""
    return Outcome(source_id, day, "clean", f"http://{source_id}.example/empty", "no_text", "nothing but navigation")


def requests(source_id: str, day: date = DAY) -> list[Request]:
    """A polite visit to the site: robots.txt, two pages three seconds apart, and one that robots.txt forbids."""
    at, host = datetime(day.year, day.month, day.day, 22, tzinfo=UTC), f"{source_id}.example"
    made = [("robots", "robots.txt", None), ("page", "park.html", "Allow: /"), ("page", "b.html", "Allow: /")]
    return [
        Request(
            source_id,
            day,
            n,
            host,
            f"http://{host}/{path}",
            role,
            at + timedelta(seconds=3.5 * n),
            refused=False,
            seconds=0.2,
            delay=3.0,
            http_status=200,
            bytes=1000 * n,
            clause=clause,
        )
        for n, (role, path, clause) in enumerate(made, 1)
    ] + [Request(source_id, day, 4, host, f"http://{host}/x/", "page", at, refused=True, clause="Disallow: /x/")]


SITES = [
    Site("jia", "甲县人民政府", "Jia County", "county", "421024", "http://jia.example/"),
    Site("yi", "乙网", "Yi Mirror", "mirror", None, "http://yi.example/"),
]
