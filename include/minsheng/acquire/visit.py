"""A visit: one page asked for, through robots.txt, redirects and retries, each request archived and judged."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from minsheng.acquire import guard, robots
from minsheng.acquire.address import canonical, netloc
from minsheng.acquire.archive import Records, UnitArchive
from minsheng.acquire.body import BadBody, decode
from minsheng.acquire.courier import Answer, Courier, Trouble
from minsheng.acquire.entry import KEPT, Entry, Role
from minsheng.acquire.guard import Refused
from minsheng.acquire.hosts import Closed
from minsheng.acquire.job import Job, judged
from minsheng.acquire.judge import REPEAT, Verdict, judge
from minsheng.settings import Settings

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(slots=True)
class Visitor:
    """The visits of one run to one source, into one unit's archive. ``goes_on`` finds in a page's payload the address
    of the page on which its article goes on.
    """

    settings: Settings
    hosts: frozenset[str]
    unit: UnitArchive
    courier: Courier
    earlier: dict[str, Entry] = field(default_factory=dict)
    front_pages: frozenset[str] = frozenset()
    goes_on: Callable[[bytes, str], str | None] = lambda *_: None
    _robots: dict[str, robots.Robots] = field(default_factory=dict)
    _robots_locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def settle(self, job: Job) -> tuple[Entry, bytes | None]:
        """The visit, repeated as long as repeating may help."""
        while True:
            entry, data = await self.visit(job)
            if entry.role != "attempt":
                return entry, data

    async def visit(self, job: Job) -> tuple[Entry, bytes | None]:
        """Ask for the page, following its redirects. Returns its last entry, and the payload where there is one;
        an entry of role ``attempt`` asks to be called again. Never raises for what a site does.
        """
        url, left, seen = job.url, self.settings.page_seconds, {job.url}
        job.tries += 1
        while True:
            try:
                clause = await self._permitted(url)
                answer = await self._send(job, url, left)
            except Refused as refusal:
                return await self._unasked(job, url, "refused", str(refusal)), None
            except Closed as closed:
                return await self._unasked(job, url, "failed", str(closed)), None
            except Trouble as trouble:
                return await self._troubled(job, url, trouble), None
            left -= answer.seconds
            target = _target(url, answer)
            problem = None if target is None else self._wrong_way(target, seen)
            if target is None or problem is not None or (job.role == "page" and self._met(job, target)):
                return await self._arrived(job, url, answer, clause, target, problem)
            await self._append(self._answered(job, "hop", url, answer, clause=clause), answer.records())
            seen.add(target)
            url = target
            if left <= 0:
                return await self._troubled(job, url, _late(self.settings.page_seconds)), None

    def _wrong_way(self, target: str, seen: set[str]) -> str | None:
        if target in seen:
            return "redirect loop"
        if len(seen) > guard.MAX_REDIRECTS:
            return f"more than {guard.MAX_REDIRECTS} redirects"
        return None

    async def crashed(self, job: Job, error: Exception) -> Entry:
        """The entry of a visit that broke a rule of ours."""
        return await self._unasked(job, job.url, "failed", f"{type(error).__name__}: {error}")

    def _met(self, job: Job, target: str) -> bool:
        """Whether a redirect's target needs no request: a front page (the article is gone), or in the unit already."""
        return canonical(target) in self.front_pages or self.captured(target, job.url) is not None

    def captured(self, url: str, asked_for: str) -> Entry | None:
        """The unit's own capture of ``url``, made for another address than ``asked_for``."""
        found = self.unit.captures.get(canonical(url))
        return found if found is not None and found.key != canonical(asked_for) else None

    async def _send(self, job: Job, url: str, left: float) -> Answer:
        fields = self._validators(url) if job.role == "page" and not job.revised else {}
        form, json = (job.form, job.json) if url == job.url else (None, None)
        return await self.courier.send(url, form=form, json=json, fields=fields, seconds=left)

    def _validators(self, url: str) -> dict[str, str]:
        known = self.earlier.get(canonical(url))
        if known is None or known.canonical_url != canonical(url):
            return {}
        fields = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in fields.items() if value}

    async def _arrived(
        self, job: Job, url: str, answer: Answer, clause: str, target: str | None, problem: str | None
    ) -> tuple[Entry, bytes | None]:
        """The visit's last answer, judged and archived."""
        limit, known = self.settings.page_bytes, self._known(job, url)
        if job.role != "page":
            verdict = Verdict("failed", problem) if problem else _read(answer, limit)
        elif problem is not None:
            verdict = Verdict("failed", problem)
        elif target is not None and canonical(target) in self.front_pages:
            verdict = Verdict("gone", f"redirected to the front page {target}")
        elif target is not None:
            return await self._duplicate(job, url, answer, clause, target), None
        else:
            verdict = await asyncio.to_thread(judge, answer, known, limit, url)
            if job.revised and verdict.outcome == "unchanged" and verdict.payload is not None:
                verdict = Verdict("revised", payload=verdict.payload)
        repeat = answer.status in REPEAT and self._again(job, url)
        entry = self._answered(job, "attempt" if repeat else job.role, url, answer, clause=clause)
        entry = entry.model_copy(update=judged(job, url, answer, verdict, known))
        if job.role in ("page", "part") and verdict.payload is not None and verdict.outcome in KEPT:
            following = await asyncio.to_thread(self.goes_on, verdict.payload, url)
            entry = entry.model_copy(update={"following": following})
        return await self._append(entry, answer.records(verdict.revisit)), verdict.payload

    async def _duplicate(self, job: Job, url: str, answer: Answer, clause: str, target: str) -> Entry:
        """A redirect to a page that the unit has captured: that capture stands for both."""
        entry = self._answered(job, job.role, url, answer, clause=clause)
        return await self._append(self._same(entry, target, job.url), answer.records())

    async def duplicate(self, job: Job) -> Entry:
        """The entry of a page that another address of this unit has led to already: nothing is asked for."""
        return await self._append(self._same(job.unanswered(job.url, job.role), job.url, job.url))

    def _same(self, entry: Entry, target: str, asked_for: str) -> Entry:
        other = self.captured(target, asked_for)
        assert other is not None
        taken = ("canonical_url", "content_type", "bytes", "sha256", "revision", "http_status")
        same = {name: getattr(other, name) for name in taken}
        return entry.model_copy(
            update={**same, "outcome": "unchanged", "note": f"captured as {other.asked_for or other.url}"}
        )

    async def _permitted(self, url: str) -> str:
        """The clause of robots.txt that allows ``url``. Raises ``Refused``, ``Closed``."""
        guard.check_url(url, self.hosts)
        origin = f"{urlsplit(url).scheme}://{netloc(url)}"
        async with self._robots_locks.setdefault(origin, asyncio.Lock()):
            rules = self._robots.get(origin)
            if rules is None or rules.is_stale(datetime.now(UTC)):  # a run may last for days
                rules = self._robots[origin] = await self._ask_robots(url)
        self.courier.delays[netloc(url)] = rules.crawl_delay
        if rules.crawl_delay > self.settings.max_wait:
            raise Refused(f"Crawl-delay: {rules.crawl_delay:.0f} s is longer than we wait")
        allowed, clause = rules.clause(url)
        if rules.unreached:
            raise Closed(clause)
        if not allowed:
            raise Refused(clause if rules.forbidden else f"robots.txt: {clause}")
        return clause

    async def _ask_robots(self, url: str) -> robots.Robots:
        """The host's robots.txt, at most a day old; one that cannot be had forbids everything.

        Raises ``Closed``, and ``Refused`` where the guard refuses the host.
        """
        host, scheme = self.courier.host(url), urlsplit(url).scheme
        if (kept := host.robots(scheme, datetime.now(UTC))) is not None:
            return kept
        job, at, seconds = Job(robots.address(url), role="robots"), robots.address(url), self.settings.page_seconds
        try:
            for _ in range(robots.MAX_REDIRECTS + 1):
                guard.check_url(at, self.hosts if at == job.url else None)
                answer = await self.courier.send(at, seconds=seconds, limit=robots.MAX_BYTES)
                target = _target(at, answer)
                await self._append(
                    self._answered(job, "robots" if target is None else "hop", at, answer), answer.records()
                )
                if target is None:
                    break
                at = target
        except Refused as error:
            if at == job.url:
                raise  # the guard refuses the host itself
            return robots.Robots(datetime.now(UTC), forbidden=f"robots.txt cannot be had: {error}")
        except Trouble as trouble:
            await self._troubled(job, at, trouble)
            why = f"{robots.UNREACHED}: {trouble}"
            return robots.Robots(datetime.now(UTC), forbidden=why, unreached=True)
        found = _robots_of(answer)
        host.keep_robots(scheme, found)
        return found

    async def _unasked(self, job: Job, url: str, outcome: str, why: str) -> Entry:
        """The entry of a page that no (further) request was made for."""
        entry = job.unanswered(url, job.role)
        said = self.unit.pages.get(entry.key)
        if said is not None and (said.role, said.outcome, said.error) == (job.role, outcome, why):
            return said  # by an earlier run of the unit: once is enough
        clause = why if outcome == "refused" else None
        return await self._append(entry.model_copy(update={"outcome": outcome, "error": why, "clause": clause}))

    async def _troubled(self, job: Job, url: str, trouble: Trouble) -> Entry:
        """The entry of an exchange that gave no usable answer; its request is archived."""
        repeat = job.role != "robots" and trouble.again and self._again(job, url)
        update = {
            "outcome": None if repeat or job.role not in ("page", "part") else "failed",
            "error": str(trouble),
            "started_at": trouble.started_at,
            "seconds": trouble.seconds if trouble.request else None,
            "delay": self.courier.delay_of(url),
        }
        entry = job.unanswered(url, "attempt" if repeat else job.role).model_copy(update=update)
        return await self._append(entry, Records(trouble.request) if trouble.request else None)

    def _again(self, job: Job, url: str) -> bool:
        return job.tries <= self.settings.retries and self.courier.host(url).closed is None

    def _known(self, job: Job, url: str) -> Entry | None:
        return self.earlier.get(canonical(url)) or self.earlier.get(canonical(job.url))

    def _answered(self, job: Job, role: Role, url: str, answer: Answer, clause: str | None = None) -> Entry:
        return job.answered(url, role, answer, self.courier.delay_of(url), clause)

    async def _append(self, entry: Entry, records: Records | None = None) -> Entry:
        return await asyncio.to_thread(self.unit.append, entry, records)


def _target(url: str, answer: Answer) -> str | None:
    location = answer.headers.get("location")
    if answer.status not in REDIRECTS or not location:
        return None
    with contextlib.suppress(UnicodeError):  # header bytes beyond ASCII are mostly UTF-8 paths
        location = location.encode("latin-1").decode("utf-8")
    try:
        return canonical(urljoin(url, location))
    except ValueError:
        return location


def _read(answer: Answer, limit: int) -> Verdict:
    if answer.status != 200:
        return Verdict("failed", f"HTTP {answer.status}")
    try:
        return Verdict("new", payload=decode(answer.body, answer.headers.get("content-encoding", ""), limit))
    except BadBody as error:
        return Verdict("failed", str(error))


def _robots_of(answer: Answer) -> robots.Robots:
    now = answer.started_at
    if answer.status in REDIRECTS:  # more of them than are followed: as if there were none (RFC 9309, 2.3.1.2)
        return robots.Robots(now)
    try:
        text = decode(answer.body, answer.headers.get("content-encoding", ""), 20 * robots.MAX_BYTES)
    except BadBody as error:
        return robots.Robots(now, forbidden=f"robots.txt cannot be read: {error}")
    return robots.from_answer(answer.status, text, now)


def _late(seconds: float) -> Trouble:
    return Trouble(f"not done within {seconds:.0f} s", again=False)
