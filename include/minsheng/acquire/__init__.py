"""Acquiring: discovery, polite fetching, the guard against hostile addresses, the WARC archive."""

from __future__ import annotations

from minsheng.acquire.adopt import Adopted, adopt
from minsheng.acquire.conduct import requests_made
from minsheng.acquire.discovery import Discovery, discover
from minsheng.acquire.fetching import Candidate, fetch
from minsheng.acquire.look import Listing, Looked, look
from minsheng.acquire.reading import archived_units, further_pages, ledger, payload, read_archive, strays

__all__ = [
    "Adopted",
    "Candidate",
    "Discovery",
    "Listing",
    "Looked",
    "adopt",
    "archived_units",
    "discover",
    "fetch",
    "further_pages",
    "ledger",
    "look",
    "payload",
    "read_archive",
    "requests_made",
    "strays",
]
