"""Bytes of a page or text file to the ``Article`` that was written, or the reason why there is none."""

from .article import clean

__all__ = ["clean"]
