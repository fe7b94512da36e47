"""Names and codes of China's administrative regions as they stood in a year, and the way to today's codes.

Read once from the region seeds: GB/T 2260 codes since 1981 (6 digits) and townships (9 digits). Years are
calendar years: in the year of a change the old and the new name are both good.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from minsheng.vocabulary import SEEDS, VOCABULARY, finder, uncollected

COUNTRY: Final = "100000"
LATEST: Final = 9999
_TWO: Final = ("街道", "苏木", "地区", "农场", "林场", "牧场")
_TWO_ENDS: Final = frozenset(word[-1] for word in _TWO)
_DIGITS: Final = 9  # of a township's code
_CLASSES: Final = ("镇", "乡", "街道")
_DIVIDED: Final = {"51": "50", "44": "46"}  # provinces that others were made of: 重庆 in 1997, 海南 in 1988
_KINDS: Final = {"省": "province", "街道": "township", "镇": "township", "乡": "township"}


class Region:
    """One row of the region seed, or a township. ``until`` is the year of its end, ``LATEST`` while in use."""

    def __init__(self, code: str, name: str, short: str, level: str, parent: str, since: int, until: int) -> None:
        self.code = code
        self.name = name
        self.short = short
        self.level = level
        self.parent = parent
        self.since = since
        self.until = until


class Place(NamedTuple):
    """A region by its full standard name and its GB/T 2260 code (6 digits; 9 for a township)."""

    name: str
    code: str


def read(path: Path) -> Iterator[list[str]]:
    """The rows of a vocabulary CSV below its header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@cache
def _place_words() -> dict[str, dict[str, None]]:
    found: dict[str, list[str]] = {}
    for role, word, _ in read(VOCABULARY / "place_words.csv"):
        found.setdefault(role, []).append(word)
    return {role: dict.fromkeys(sorted(known, key=len, reverse=True)) for role, known in found.items()}


def words(role: str) -> dict[str, None]:
    """The words of ``place_words.csv`` that play ``role``, longest first (a dict: ordered, and quick to ask). Raises
    ``KeyError`` for any other."""
    return _place_words()[role]


@cache
def regions() -> tuple[Region, ...]:
    """Every row of the region seed."""
    return tuple(
        Region(code, name, short, level, parent, int(since), int(until or LATEST))
        for code, name, short, level, parent, since, until in read(SEEDS / "regions.csv")
    )


# Foreign countries, zones and national bodies, whose figures are no region's of the seed or the country's.
OUTSIDE: Final[dict[str, str | None]] = {
    **dict.fromkeys((*words("foreign"), *words("zone"))),
    **dict.fromkeys((*words("national"), *words("land")), COUNTRY),
}


class Townships:
    """Every township: its row by its code, and by its name without its class the codes, one behind the other.

    36 000 names are read before the first article. Rows that stay one string until they are asked for, and codes
    without a list for each name, take a third of the time.
    """

    def __init__(self) -> None:
        self._rows = (SEEDS / "townships.csv").read_bytes().decode().splitlines()[1:]  # in the order of their codes
        self.codes: dict[str, str] = {}
        for row in self._rows:
            name = row[10:-7]  # between nine digits of its code and six of its county's
            stem = name[:-2] if name[-1] in _TWO_ENDS and name.endswith(_TWO) else name[:-1]
            known = self.codes.get(stem)
            self.codes[stem] = row[:_DIGITS] if known is None else known + row[:_DIGITS]

    def named(self, stem: str) -> list[str]:
        """The codes of the townships of that name, whatever their class."""
        codes = self.codes.get(stem, "")
        return [codes[i : i + _DIGITS] for i in range(0, len(codes), _DIGITS)]

    def get(self, code: str) -> list[str] | None:
        """Code, name and county of a township."""
        at = bisect_left(self._rows, code)
        row = self._rows[at].split(",") if at < len(self._rows) else []
        return row if row and row[0] == code else None


@cache
def _townships() -> Townships:
    return Townships()


class Gazetteer:
    """The regions of one year, by code and by name, with an index for finding names in running text."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.by_code: dict[str, Region] = {}
        self.full: dict[str, list[Region]] = {}
        self.short: dict[str, list[Region]] = {}
        for region in sorted(regions(), key=lambda r: r.since):
            if region.since <= year <= region.until:
                self.by_code[region.code] = region
        for region in self.by_code.values():
            if region.code == COUNTRY or (region.until == year != LATEST and self._renewed(region)):
                continue
            self.full.setdefault(region.name, []).append(region)
            if region.short != region.name:
                self.short.setdefault(region.short, []).append(region)
        for region in self.by_code.values():  # 恩施州, 长阳县: what everybody calls them
            if "自治" in region.name and region.name[-1] in "州县旗":
                self.full.setdefault(region.short + region.name[-1], [region])
        for alias, code in read(VOCABULARY / "region_aliases.csv"):  # 莫旗, 喀左县; 龙江 is the province, too
            if code in self.by_code:
                named = self.full if alias[-1] in "县旗" else self.short
                named.setdefault(alias, []).append(self.by_code[code])
        self._chains: dict[str, list[str]] = {}
        self._places: dict[str, Place | None] = {}
        names = sorted({*self.full, *self.short})
        self.heads = frozenset(name[:2] for name in names)
        self.ours = len(names)  # what the finder numbers from here on is outside
        self.finder = finder([*names, *OUTSIDE], small=False)
        self.towns = _townships()

    def _renewed(self, region: Region) -> bool:
        """Whether the region got another code in its last year but kept its name."""
        return any(
            (new := self.by_code.get(code)) is not None and new.name == region.name and new.since == self.year
            for code, _ in followers().get(region.code, ())
        )

    def get(self, code: str) -> Region | None:
        """The region of a code of 6 or 9 digits."""
        found = self.by_code.get(code)
        if found is None and (row := self.towns.get(code)) is not None:
            _, name, county = row
            found = Region(code, name, name, "township", county, 0, LATEST)
            self.by_code[code] = found
        return found

    def place(self, code: str) -> Place | None:
        """The region of a code, None where the year has none."""
        if code not in self._places:
            region = self.get(code)
            self._places[code] = Place(region.name, region.code) if region else None
        return self._places[code]

    def chain(self, code: str) -> list[str]:
        """The code and those above it, lowest first, without the country."""
        known = self._chains.get(code)
        if known is None:
            region = self.get(code)
            above = region is not None and region.code != COUNTRY
            known = self._chains[code] = [code, *self.chain(region.parent)] if above and region else []
        return known

    def of_kind(self, kind: str, codes: Sequence[str | None]) -> str | None:
        """The first region of that kind (市, 县, 镇, …) on the way up from one of ``codes``."""
        if kind == "国":
            return COUNTRY
        for code in codes:
            for above in self.chain(code) if code else ():
                region = self.get(above)
                if region and (region.level == _KINDS.get(kind) or (kind not in _KINDS and region.name.endswith(kind))):
                    return above
        return None

    def named(self, name: str) -> list[Region]:
        """The regions of that full or short name."""
        return self.full.get(name) or self.short.get(name) or []

    def townships(self, stem: str, kind: str) -> list[Region]:
        """The townships of that name; where there is none, those that bear it with another class (乡, now 镇).

        The seed knows one edition only, and classes change.
        """
        found = [r for r in map(self.get, self.towns.named(stem)) if r is not None]
        exact = [r for r in found if r.name == stem + kind]
        return exact or [r for r in found if r.name.endswith(_CLASSES) and kind in _CLASSES]


@lru_cache(maxsize=8)
def _gazetteer(year: int) -> Gazetteer:
    with uncollected():
        return Gazetteer(year)


@cache
def _last_change() -> int:
    return max(max(r.since, r.until if r.until != LATEST else 0) for r in regions())


def gazetteer(on: date | None) -> Gazetteer:
    """The regions valid on a day; today's where it is not known. Years before 1981 are read as 1981."""
    if on is None or on.year > _last_change():
        return _gazetteer(LATEST)
    return _gazetteer(max(on.year, 1981))


@cache
def followers() -> dict[str, list[tuple[str, int]]]:
    """For each code those that took its place entirely, with the year; transfers of a part are left out."""
    out: dict[str, list[tuple[str, int]]] = {}
    for old, new, year, part in read(SEEDS / "region_changes.csv"):
        if part == "false":
            out.setdefault(old, []).append((new, int(year)))
    return out


def current(code: str, on: date | None = None) -> str | None:
    """Today's code of the region that bore ``code`` on the day ``on``; None where the code was never given.

    Follows GB/T 2260's table of changes. Where a region was divided, the follower that kept the short name is
    taken, else the first named; one that only changed its name keeps its code. A township's county part is bridged
    and its last three digits are kept.
    """
    if len(code) == 9 and (county := current(code[:6], on)):
        return county + code[6:]
    today, year, seen = _gazetteer(LATEST), on.year if on else 0, {code}
    region = gazetteer(on).get(code) or next((r for r in regions() if r.code == code), None)
    while region is not None and (region.code not in today.by_code or region.until < LATEST):
        options = [(new, when) for new, when in followers().get(region.code, ()) if when >= year and new not in seen]
        rows = [(r, w) for new, w in options for r in regions() if r.code == new and r.since <= w <= r.until]
        if not rows:
            if region.code in today.by_code:  # 襄樊市 is 襄阳市 now
                return region.code
            kin = today.named(region.name) or today.short.get(region.short, [])
            provinces = (region.code[:2], _DIVIDED.get(region.code[:2]))
            return next((r.code for r in kin if r.code[:2] in provinces), None)
        region, year = next(((r, w) for r, w in rows if r.short == region.short), rows[0])
        seen.add(region.code)
    return region.code if region else None
