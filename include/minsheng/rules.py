"""The rules by which a unit is read: those of measuring, cleaning and judging, the words, and its source's layouts.

Of each unit that was read their fingerprint is kept beside its shards, with the names of these: a unit whose rules are
others today, or whose shards are not those that were read by them, is to be read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng import SHANGHAI, disk
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.contracts import Page
    from minsheng.sources import Source

_HERE = Path(__file__).parent
# What makes articles and outcomes of payloads. Measuring tells of itself (``measured_by``), the words, too.
_READERS = ("clean/**/*.py", "clean/**/*.tsv", "extraction.py", "scripts.py", "acquire/judge.py")


def read_by(source: Source, pages: Iterable[Page]) -> str:
    """The fingerprint of the rules that today read these pages of a source: 16 hex digits.

    Of the layouts it knows those that held on the days of the captures, as far as cleaning is concerned: a redesign
    that opens a layout leaves the pages of the one before as they are.
    """
    from minsheng.measure import measured_by

    days = {page.fetched_at.astimezone(SHANGHAI).date() for page in pages}
    layouts = {repr(replace(source.layout(day), list_links=(), article_urls=())) for day in days}
    told = [measured_by(), _readers(), str(source.region_code), *sorted(layouts)]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]


@cache
def _readers() -> str:
    """The fingerprint of the code and the tables that clean and judge; a comment counts, for nobody has to remember."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in _READERS for file in _HERE.glob(pattern)):
        digest.update(file.relative_to(_HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def keep(rules: str, source_id: str, logical_date: date, settings: Settings) -> None:
    """Note that these rules have read the shards that the unit has now. Raises OSError, ``ValueError``."""
    noted = {"rules": rules, "shards": _shards(source_id, logical_date, settings)}
    disk.replace(_file(source_id, logical_date, settings), json.dumps(noted).encode())


def kept(source_id: str, logical_date: date, settings: Settings) -> str | None:
    """The rules that have read the unit's shards; None where nobody knows. Raises OSError, ``ValueError``."""
    file = _file(source_id, logical_date, settings)
    noted = json.loads(file.read_bytes()) if file.exists() else {}
    same = noted.get("shards") == _shards(source_id, logical_date, settings)
    return str(noted["rules"]) if noted and same else None


def _shards(source_id: str, logical_date: date, settings: Settings) -> dict[str, str]:
    from minsheng.warehouse.shards import shards_of

    return {name: shard.name for name, shard in shards_of((source_id, logical_date), settings).items()}


def _file(source_id: str, logical_date: date, settings: Settings) -> Path:
    unit = f"source_id={source_id}/logical_date={logical_date.isoformat()}"
    return settings.landing / "rules" / unit / "read_by.json"
