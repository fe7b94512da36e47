"""``Walk``: what one discovery has gathered on its way over lists and feeds, within the days that its unit visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from minsheng import SHANGHAI
from minsheng.acquire.address import canonical
from minsheng.acquire.entry import Entry
from minsheng.acquire.fetching import Candidate
from minsheng.acquire.lists import RecentLists
from minsheng.acquire.reading import pages_of, read_entries, units_before
from minsheng.cms import Link
from minsheng.contracts import Outcome
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.sources import Source

MAX_CANDIDATES = 10_000
LATE = timedelta(days=7)  # so late a run may come, and what lists show without a day is still taken for that of its day


@dataclass(slots=True)
class Walk:
    """The articles ``found`` so far, by address, and what did not go well. ``known`` is the latest entry of each page
    that earlier units knew, ``first_seen`` the first day that it was captured on.
    """

    source: Source
    logical_date: date
    settings: Settings
    found: dict[str, Candidate] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    known: dict[str, Entry] = field(default_factory=dict)
    first_seen: dict[str, date] = field(default_factory=dict)

    recent: RecentLists = field(init=False)
    _unread: list[date] = field(init=False)

    def __post_init__(self) -> None:
        self.recent = RecentLists(self.source.id, self.settings)
        self._unread = units_before(self.source.id, self.logical_date, self.settings)
        self._read_history(self.horizon)

    def _read_history(self, since: date = date.min) -> None:
        """Learn what earlier units knew, latest first. What has a date was captured no earlier than on it, so the
        units of the span suffice until something without one turns up.
        """
        while self._unread and self._unread[0] >= since:
            day = self._unread.pop(0)
            for key, entry in pages_of(read_entries(self.source.id, day, self.settings)).items():
                self.known.setdefault(key, entry)
                self.first_seen[key] = day

    @property
    def horizon(self) -> date:
        """The earliest day whose articles are visited."""
        return self.logical_date - timedelta(days=self.settings.recheck_days)

    @property
    def is_past(self) -> bool:
        """Whether the day is so long over that what lists show without a day today says nothing about it."""
        late = max(LATE, self.logical_date - self.horizon)
        return self.logical_date < datetime.now(SHANGHAI).date() - late

    def alarm(self, subject: str, reason: str, detail: str) -> None:
        """Note what did not go well."""
        self.outcomes.append(Outcome(self.source.id, self.logical_date, "discover", subject, reason, detail))

    def add(self, links: Iterable[Link]) -> int:
        """Take what falls into the span of days; returns how many no earlier unit and no earlier page knew."""
        fresh = 0
        for link in links:
            day = link.day or self.source.day_of(link.url)
            key = canonical(link.url)
            if day is None:
                self._read_history()
            fresh += key not in self.found and key not in self.known
            if key in self.found or not self._wanted(key, day):
                continue
            if len(self.found) >= MAX_CANDIDATES:
                self.alarm(link.url, "too_many_links", f"more than {MAX_CANDIDATES} articles for one day")
                break
            self.found[key] = Candidate(link.url, day, link.title or None)
        return fresh

    def _wanted(self, key: str, day: date | None) -> bool:
        """Within the span; what has no date is watched for as long as a dated page would be, from its first capture
        (by the run of a day that is just over), and a local file for ever.
        """
        if self.source.folder is not None:
            return True
        day = day or self.first_seen.get(key)
        return not self.is_past if day is None else self.horizon <= day <= self.logical_date

    def add_known_earlier(self) -> None:
        """Pages of the span that earlier units knew and no list shows any more: they may be gone."""
        if any(entry.day is None for entry in self.known.values()):
            self._read_history()
        for key, entry in self.known.items():
            day = entry.day or self.first_seen[key]
            if key not in self.found and entry.outcome not in ("gone", "refused") and day >= self.horizon:
                self.found[key] = Candidate(entry.asked_for or entry.url, entry.day, entry.title)
