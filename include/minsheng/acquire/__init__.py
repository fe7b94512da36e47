"""Acquiring: discovery, polite fetching, the guard against hostile addresses, the WARC archive."""

from __future__ import annotations

from minsheng.acquire.archive import ledger, read_archive
from minsheng.acquire.discovery import Discovery, discover
from minsheng.acquire.fetching import Candidate, fetch

__all__ = ["Candidate", "Discovery", "discover", "fetch", "ledger", "read_archive"]
