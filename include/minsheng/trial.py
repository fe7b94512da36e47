"""A trial of sources against their live sites: does each registry entry hold, and what has to be mended in it?

What is visited is archived as a part of the day's unit of work and stands in the conduct record like all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from selectolax.lexbor import LexborHTMLParser

from minsheng.acquire import Listing, Looked, look
from minsheng.acquire.address import canonical
from minsheng.acquire.judge import CLOSED_STATUS, closed_door
from minsheng.acquire.robots import UNREACHED
from minsheng.acquire.robots import address as robots_txt
from minsheng.clean import clean
from minsheng.clean.decode import declared, decode
from minsheng.cms import FAMILIES, Link, jsonlist
from minsheng.cms.html import decode as list_text
from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.settings import Settings
from minsheng.sources import check

if TYPE_CHECKING:
    from minsheng.sources import Source

ARTICLES = 5  # articles visited a source
AT_ONCE = 8  # sources tried side by side; each host still has its queue
UNREADABLE = ", and the source cannot be read as long as it is so"
TOO_MANY = 429
MISSED = 10  # articles that a source ought to have published since its newest before its list counts as abandoned


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one thing, in a sentence; where it is not ``ok``, the sentence says what to mend."""

    source_id: str
    about: Literal["registry", "robots", "list", "article", "encoding", "selectors", "trial"]
    ok: bool
    says: str


def registry(source: Source) -> list[Finding]:
    """What can be said without a network: its examples, held against its own patterns."""
    wrong = [Finding(source.id, "registry", False, says) for says in check(source)]
    return wrong or [Finding(source.id, "registry", True, f"{len(source.examples)} examples are recognised")]


def trials(sources: Iterable[Source], day: date, settings: Settings) -> Iterator[list[Finding]]:
    """``trial`` of each, several side by side, in their order; one that breaks a rule of ours costs only itself."""

    def one(source: Source) -> list[Finding]:
        try:
            return trial(source, day, settings)
        except Exception as error:  # the edge
            return [Finding(source.id, "trial", False, f"could not be tried: {type(error).__name__}: {error}")]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(one, sources)


def trial(source: Source, day: date, settings: Settings) -> list[Finding]:
    """All that is found of ``source``: registry, robots, lists, first articles, encoding, selectors. A local folder
    has no site, and a registry entry alone. Raises as ``acquire.look`` does.
    """
    found = registry(source)
    if source.folder is not None:
        return found
    seen = look(source, day, ARTICLES, settings)
    told = [_robots(source, seen.listings, seen.robots)]
    told += [_listing(source, listing, day) for listing in seen.listings]
    told += _articles(source, seen, day)
    return found + [Finding(source.id, about, ok, says) for about, ok, says in told]


Told = tuple[Literal["robots", "list", "article", "encoding", "selectors"], bool, str]


def _robots(source: Source, listings: list[Listing], answered: Mapping[str, int]) -> Told:
    refused = [listing for listing in listings if listing.entry.outcome == "refused"]
    if refused and answered.get(canonical(robots_txt(refused[0].entry.url))) == TOO_MANY:
        return "robots", False, f"robots.txt {_less_often(source)}"
    if refused:
        says = f"{refused[0].url} may not be fetched ({refused[0].entry.error}): leave it alone, name another list"
        return "robots", False, says
    if lost := [listing for listing in listings if (listing.entry.error or "").startswith(UNREACHED)]:
        return "robots", False, f"{lost[0].entry.error}: try again later, or mend its host"
    clauses = sorted({listing.entry.clause for listing in listings if listing.entry.clause})
    delay = max((listing.entry.delay or 0 for listing in listings), default=0)
    asked = f"; its Crawl-delay of {delay:g} s is kept" if delay > source.delay else ""
    return "robots", True, f"allows the lists ({', '.join(clauses) or 'not asked'}){asked}"


def _listing(source: Source, listing: Listing, day: date) -> Told:
    """A list page (or feed) that answers, links to articles, and is kept up to date."""
    url, data = listing.url, listing.data
    if data is None:
        return "list", False, f"{url} {_without_page(source, listing)}"
    if not listing.links and (door := closed_door(data)) is not None:
        return "list", False, f"{url} is a {door}: it is left alone{UNREADABLE}"
    if listing.error is not None:
        return "list", False, f"{url} is no feed ({listing.error}): take it out"
    if source.is_article(url):
        return "list", False, f"{url} has the address of an article, and is no list page"
    if not listing.links:
        return "list", False, f"{url} leads to no article: {_instead(source, listing, day)}"
    days = [found for link in listing.links if (found := link.day or source.day_of(link.url))]
    counted = f"{url} leads to {len(listing.links)} articles"
    if not days:
        return "list", True, f"{counted}, without a day beside them"
    newest = max(days)
    if source.expect and (day - newest).days * source.expect.articles_per_day[0] > MISSED:
        return "list", False, f"{counted}, the newest of {newest}: it is not kept up, name another list page"
    return "list", True, f"{counted}, {len(days)} with a day, the newest of {newest}{_goes_on(source, listing, day)}"


def _without_page(source: Source, listing: Listing) -> str:
    """Why nothing came of a list page, and what to do."""
    entry = listing.entry
    if entry.outcome == "refused":
        return "was not asked for"
    if entry.http_status in CLOSED_STATUS:
        return f"is shut (HTTP {entry.http_status}): it is left alone{UNREADABLE}"
    if entry.http_status == TOO_MANY:
        return _less_often(source)
    if entry.seconds is None:
        return f"was not asked for ({entry.error}): try again later"
    if entry.http_status is None:
        return f"cannot be reached ({entry.error}): try again later, or mend its host"
    return f"is no page ({entry.error}): name the list page that the site has now"


def _less_often(source: Source) -> str:
    return f"is asked too often (HTTP {TOO_MANY}): try again later, with a longer delay than {source.delay:g} s"


def _goes_on(source: Source, listing: Listing, day: date) -> str:
    if listing.entry.role != "list" or listing.data is None:
        return ""
    if body := next((post.request.json for post in source.posts if post.url == listing.url), None):
        more = jsonlist.following_body(jsonlist.parsed(list_text(listing.data)), body)
        return f", goes on with {more}" if more else ", with no page after it"
    family = FAMILIES[source.layout(day).family]
    if family.fillers(listing.data, listing.entry.url):
        return ", filled in by its scripts"
    following = family.following(listing.data, listing.entry.url, 1)
    return f", goes on at {following.url}" if following else ", with no page after it"


def _instead(source: Source, listing: Listing, day: date) -> str:
    """What to mend where a list page leads to no article: its selectors, its family, or the shape of its links."""
    layout, data, url = source.layout(day), listing.data or b"", listing.entry.url
    if layout.list_links and any(source.is_article(link.url) for link in _links(layout.family, data, url, source)):
        return f"layouts.list_links ({', '.join(layout.list_links)}) selects none of those that are there"
    by_family = {name: len(_links(name, data, url, source)) for name in FAMILIES if name != layout.family}
    best = max(by_family, key=lambda name: by_family[name])
    if by_family[best]:
        return f"it is not built by {layout.family}; as family {best} it would lead to {by_family[best]}"
    return (
        f"none of its {data.count(b'<a ')} links has the shape of one; set layouts.article_urls, or another list page"
    )


def _links(family: str, data: bytes, url: str, source: Source) -> list[Link]:
    """The articles that a page would lead to if it were built by ``family``."""
    layout = FAMILIES[family].layout
    return [link for link in FAMILIES[family].links(data, url, layout) if source.on_its_hosts(link.url)]


def _articles(source: Source, seen: Looked, day: date) -> list[Told]:
    """Whether the first articles can be had and read, in which charset, and whether the selectors found them."""
    if not seen.articles:
        return []
    read: list[tuple[Article, Link]] = []
    lost: list[str] = []
    for page, link, data in seen.articles:
        if data is None:
            lost.append(f"{page.url} ({page.outcome}: {page.error})")
            continue
        article = clean(data, url=page.url, content_type=page.content_type, layout=source.layout(day))
        if isinstance(article, Article):
            read.append((article, link))
        else:
            lost.append(f"{page.url} ({article.reason})")
    figures = sum(len(measure(article, site_region=source.region_code).observations) for article, _ in read)
    says = f"{len(read)} of the first {len(seen.articles)} could be read, with {figures} figures"
    if lost:
        says += f"; not {', '.join(lost)}"
    enough = len(read) * 2 > len(seen.articles)
    if not enough and sum(page.outcome == "blocked" for page, _, _ in seen.articles) * 2 > len(seen.articles):
        says += f": they are left alone{UNREADABLE}"
    elif any(page.http_status == TOO_MANY for page, _, _ in seen.articles):
        enough, says = False, f"{says}: the site {_less_often(source)}"
    elif not enough:
        says += ": see what these pages are, and set layouts or article_urls"
    told: list[Told] = [("article", enough, says)]
    return [*told, _encoding(source, seen), _selectors(source, seen, read, day)] if read else told


def _encoding(source: Source, seen: Looked) -> Told:
    """The charset that the pages are in, beside what the registry and the pages themselves say."""
    payloads = [(data, page.content_type) for page, _, data in seen.articles if data is not None]
    decoded = [decode(*payload) for payload in payloads]
    is_in = Counter(one.encoding for one in decoded).most_common(1)[0][0]
    if torn := sum(one.undecoded for one in decoded):
        return "encoding", False, f"{torn} characters cannot be read as {is_in}: look at these pages"
    named = declared(f"charset={source.encoding}".encode()) if source.encoding else []
    if source.encoding and is_in not in named:
        return "encoding", False, f"encoding: {source.encoding} is declared, but the pages are in {is_in}: mend it"
    said = {name for payload in payloads for name in declared(*payload)} - {is_in}
    return "encoding", True, f"{is_in}" + (f", whatever the pages say ({', '.join(sorted(said))})" if said else "")


def _selectors(source: Source, seen: Looked, read: list[tuple[Article, Link]], day: date) -> Told:
    """Whether headline, body and date were found where the layout says that they stand."""
    layout, faults = source.layout(day), _own_selectors(source, seen, day)
    own = source.family != "plain" or any(design.body for design in source.layouts)
    searched = [article for article, _ in read if not article.method.startswith("layout:")]
    if own and len(searched) * 2 > len(read):
        faults.append(f"body: {', '.join(layout.body)} did not find the text, our own search did; set layouts.body")
    if untitled := [article for article, _ in read if not article.title]:
        faults.append(f"title: {len(untitled)} have no headline; set layouts.title")
    days = [(article.published_at, link.day or source.day_of(link.url)) for article, link in read]
    if undated := sum(at is None and listed is None for at, listed in days):
        faults.append(f"date: {undated} have none, neither on the page nor in the list; set layouts.date")
    apart = [(at.date(), listed) for at, listed in days if at and listed and abs((at.date() - listed).days) > 1]
    if len(apart) * 2 > len(read):
        faults.append(f"date: the page says {apart[0][0]}, the list {apart[0][1]}; set layouts.date")
    if faults:
        return "selectors", False, "; ".join(faults)
    methods = Counter(article.method for article, _ in read)
    return "selectors", True, f"headline, body and date were found ({', '.join(sorted(methods))})"


def _own_selectors(source: Source, seen: Looked, day: date) -> list[str]:
    """The selectors of the site's own YAML that find nothing in the articles: the family's do their work unseen."""
    own, family = source.design(day), FAMILIES[source.layout(day).family].layout
    trees = [LexborHTMLParser(decode(data, page.content_type).text) for page, _, data in seen.articles if data]

    def found(selectors: tuple[str, ...]) -> bool:
        return any(tree.css_first(selector) is not None for tree in trees for selector in selectors)

    faults = []
    for name in ("title", "body", "date", "publisher", "author", "editor"):
        given, known = getattr(own, name), getattr(family, name)
        if not given or found(given):
            continue
        if found(known):
            faults.append(f"{name}: {', '.join(given)} found nothing, the family's own did; mend layouts.{name}")
        elif name in {"title", "body", "date"}:  # not every site says who wrote an article
            faults.append(f"{name}: {', '.join(given)} found nothing; mend layouts.{name}")
    return faults
