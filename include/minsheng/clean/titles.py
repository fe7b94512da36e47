"""The headline: what the page shows as one, checked against its title element; without the site's name."""

from __future__ import annotations

import re

from .trim import key
from .vocabulary import vocabulary

_SEPARATOR = re.compile(
    r"\s*(?:_+|[|｜]+|-{2,}|—{2,}|\s[-–—]\s|(?<=[\u4e00-\u9fff\W])-(?=[\u4e00-\u9fff])|\s{2,}|(?<=[。！？])\s)\s*"
)
# What may stand between names before a headline as well.
_BEFORE = re.compile(r"\s*(?:[_|｜>»›:：]+|[-–—]+)\s*|\s+")
# Where a content system cut a headline off, whatever stands after it.
_CUT = re.compile(r"\s*(?:…|\.{2,}|。{2,})[….。]*\s*(?:[-–—_|｜].*)?$")
_APART = re.compile(r"[\s—–-]")
_SHORTEST = 4
_LONGEST = 120


def without_site(title: str, site: str | None = None) -> str:
    """A title element's text without the names of site and section at its end.

    Parts are what ``_``, ``|``, ``--`` or a lone hyphen separates; the last goes while it is the site's declared
    name or ends like one, and what ``_`` or ``|`` cuts off always does.
    """
    title = title.strip()
    suffixes = vocabulary().title_suffix
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or cuts[-1].start() < _SHORTEST:
            return title
        cut = cuts[-1]
        last = title[cut.end() :].strip()
        hard = "_" in cut[0] or "|" in cut[0] or "--" in cut[0]
        if not (
            hard or last.endswith(suffixes) or (site and key(last) == key(site)) or (last.isascii() and "." in last)
        ):
            return title
        title = title[: cut.start()].strip()


def headline(
    page_title: str,
    headings: list[str],
    shown: list[str],
    other: list[str],
    site: str | None = None,
    placed: str | None = None,
) -> str:
    """The article's headline.

    ``headings`` and ``shown`` are texts above and at the head of the article, the nearest first; ``other`` is what
    meta elements say, ``placed`` the line above that of date and source. The longest of them that the title element
    contains is it (the one it ends with, where the names of site and section stand before), or the heading that goes
    on where the title element is cut off; where there is none, what the meta elements and the title element agree on;
    where these name the site or a section alone, the nearest heading, and without one what is placed as a headline is.
    """
    whole, plain = key(page_title), without_site(page_title, site)
    if (last := _last(plain, [*headings, *shown, *([placed] if placed else [])], site)) is not None:
        return last
    alone = (
        len(key(plain)) < _SHORTEST or plain.endswith(vocabulary().title_suffix) or (site and key(plain) == key(site))
    )
    if alone and placed and key(placed) not in whole:
        shown = []  # the name of the site stands in the page, too
    best = _longest([*headings, *shown], whole, plain)
    headed = [*headings, *([placed] if placed else [])]
    cut = _CUT.search(plain) is not None
    if (cut or not best) and not alone and (full := _whole(plain, headed, cut)):
        return full
    if best:
        return best.strip()
    if alone:
        found = [*other, *headed]
        stated = next((text.strip() for text in found if _SHORTEST <= len(text) <= _LONGEST), plain)
        # Quotation marks cut meta elements short; the page shows the whole.
        return next((text.strip() for text in headings if key(text).startswith(key(stated))), stated)
    return next((text.strip() for text in other if key(plain) in key(text) and len(text) <= _LONGEST), plain)


def _longest(texts: list[str], whole: str, plain: str) -> str:
    """The longest of the texts (the first of several) that the title element contains and is most of; or nothing."""
    best = ""
    for text in texts:
        folded = key(text)
        if len(folded) < _SHORTEST or len(text) > _LONGEST or folded not in whole:
            continue
        if len(folded) * 5 >= len(key(plain)) * 3 and len(folded) > len(key(best)):
            best = text
    return best


def _last(title: str, texts: list[str], site: str | None) -> str | None:
    """The text that a title element ends with, where names stand before it of which one is a site's; none where a text
    shows the whole.
    """
    keys = {key(text): text.strip() for text in reversed(texts) if len(text) <= _LONGEST}
    if key(title) in keys:
        return None
    suffixes, named, start = vocabulary().title_suffix, False, 0
    for cut in _BEFORE.finditer(title):
        part, start = title[start : cut.start()], cut.end()
        named = named or part.endswith(suffixes) or (site is not None and key(part) == key(site))
        rest = key(title[start:])
        if named and len(rest) >= _SHORTEST and rest in keys:
            return keys[rest]
    return None


def _whole(title: str, headings: list[str], cut: bool) -> str | None:
    """The first heading that begins with the title and goes on. Unless the title shows that it is ``cut``, what stands
    apart after it is a subtitle.
    """
    begun = key(_CUT.sub("", title))
    for text in headings if len(begun) >= _SHORTEST else []:
        folded = key(text)
        if folded == begun and _CUT.search(text):
            return None  # the headline itself ends like that
        if len(text) <= _LONGEST and folded.startswith(begun) and folded != begun:
            rest = next((text[i:] for i in range(len(text) + 1) if key(text[:i]) == begun), "")
            if cut or not _APART.match(rest):
                return text.strip()
    return None
