"""The source registry: which sites there are, how they are built, and who answers for them."""

from __future__ import annotations

from minsheng.sources.checks import check
from minsheng.sources.load import SourceError, load_source, load_sources
from minsheng.sources.model import Design, Example, Expect, Post, Source

__all__ = ["Design", "Example", "Expect", "Post", "Source", "SourceError", "check", "load_source", "load_sources"]
