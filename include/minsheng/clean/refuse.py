"""Pages that are no article: access verification, login, error, list, empty shell. Judged only where no article
stands.
"""

from __future__ import annotations

import re

from minsheng.contracts import Failure

from .blocks import Outline
from .dates import WRITTEN
from .extract import Candidate
from .vocabulary import fold, vocabulary

_CONVINCING = 250
_LEAST = 40
_MANY = 4
_CUT = re.compile(r"(?:…|\.{3})[\s\[【(（]*(?P<more>[^\]】)）]{0,6})[\s\]】)）>]*$")


def refusal(page: Outline, found: Candidate, page_title: str) -> Failure | None:
    """Why the page holds no article, or None. Prose of some length is an article, whatever words stand around it."""
    prose = found.prose
    text = " ".join([page_title, *(b.text for b in page.blocks[:400])])
    chars = sum(len(b.text) for b in page.blocks)
    links = sum(b.links for b in page.blocks)
    if prose < _CONVINCING and chars < 3000:
        told = _told(text.lower())
        if told and (prose < _LEAST or chars < 600 or _told(page_title.lower())):
            return Failure(f"{told[0]}_page", f"the page says {told[1]!r}")
    linked = [b for b in page.blocks if b.links * 2 > len(b.text) and b.links >= 8]
    if len(linked) >= 8 and links * 2 > chars and prose * 2 < links and not found.holds_up:
        return Failure("list_page", f"{len(linked)} links hold {links} of {chars} characters, sentences {prose}")
    if (entries := _entries(found)) >= _MANY and len(linked) >= _MANY:
        return Failure("list_page", f"{entries} of {len(found.lines)} lines are the dates or cut ends of entries")
    if found.holds_up:
        return None
    if prose >= _LEAST:
        return None
    if chars < 200:
        return Failure("empty_shell", f"{chars} characters of text; scripts may fill the page")
    return Failure("no_article", f"{prose} characters in sentences among {chars} of text")


def _entries(found: Candidate) -> int:
    """How many lines are what the entries of a list end with: a date alone, or text that is cut off. None where they
    are a small part of the lines.
    """
    count = 0
    for block in found.lines:
        cut = _CUT.search(block.text)
        more = cut is not None and (not cut["more"] or fold(cut["more"]) in vocabulary().control)
        count += more or WRITTEN.fullmatch(fold(block.text)) is not None
    return count if count * 3 >= len(found.lines) else 0


def _told(text: str) -> tuple[str, str] | None:
    for role, phrases in vocabulary().pages.items():
        if role == "script_needed":
            continue
        phrase = next((p for p in phrases if p in text), None)
        if phrase:
            return role, phrase
    return None
