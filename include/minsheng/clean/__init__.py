"""Bytes of a page or text file to the ``Article`` that was written, or the reason why there is none."""

from .article import clean
from .duplicates import bands
from .multipage import following, join, next_page

__all__ = ["bands", "clean", "following", "join", "next_page"]
