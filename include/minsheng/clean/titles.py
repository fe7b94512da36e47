"""The headline: what the page shows as one, checked against its title element; without the site's name."""

from __future__ import annotations

import re

from .trim import key
from .vocabulary import vocabulary

_SEPARATOR = re.compile(r"\s*(?:_+|[|｜]+|-{2,}|—{2,}|\s[-–—]\s|(?<=[\u4e00-\u9fff\W])-(?=[\u4e00-\u9fff])|\s{2,}|(?<=[。！？])\s)\s*")
_SHORTEST = 4
_LONGEST = 120


def without_site(title: str, site: str | None = None) -> str:
    """A title element's text without the names of site and section at its end.

    Parts are what ``_``, ``|``, ``--`` or a lone hyphen separates; the last goes while it is the site's declared
    name or ends like one, and what ``_`` or ``|`` cuts off always does.
    """
    title = title.strip()
    suffixes = vocabulary().site_suffix
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or cuts[-1].start() < _SHORTEST:
            return title
        cut = cuts[-1]
        last = title[cut.end() :].strip()
        hard = "_" in cut[0] or "|" in cut[0] or "--" in cut[0]
        if not (hard or last.endswith(suffixes) or (site and key(last) == key(site)) or (last.isascii() and "." in last)):
            return title
        title = title[: cut.start()].strip()


def headline(page_title: str, shown: list[str], other: list[str], site: str | None = None) -> str:
    """The article's headline.

    ``shown`` are texts above and at the head of the article, in reading order and headings first; ``other`` are
    what meta elements say. The longest shown text that the title element contains is it.
    """
    whole = key(page_title)
    best = ""
    for text in shown:
        folded = key(text)
        if len(folded) < _SHORTEST or len(text) > _LONGEST or folded not in whole:
            continue
        if (whole.startswith(folded) or len(folded) * 2 >= len(whole)) and len(folded) > len(key(best)):
            best = text
    if best:
        return best.strip()
    plain = without_site(page_title, site)
    for text in [*other, *shown]:
        if len(key(plain)) >= _SHORTEST and key(plain) in key(text) and len(text) <= _LONGEST and text in other:
            return text.strip()
    return plain.strip()
