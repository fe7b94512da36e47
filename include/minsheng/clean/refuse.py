"""Pages that are no article: access verification, login, error, list, empty shell. Judged only where no article
stands.
"""

from __future__ import annotations

from minsheng.contracts import Failure

from .blocks import Outline
from .extract import Candidate
from .vocabulary import vocabulary

_CONVINCING = 250
_LEAST = 40


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
    if found.holds_up:
        return None
    if prose >= _LEAST:
        return None
    if chars < 200:
        return Failure("empty_shell", f"{chars} characters of text; scripts may fill the page")
    return Failure("no_article", f"{prose} characters in sentences among {chars} of text")


def _told(text: str) -> tuple[str, str] | None:
    for role, phrases in vocabulary().pages.items():
        if role == "script_needed":
            continue
        phrase = next((p for p in phrases if p in text), None)
        if phrase:
            return role, phrase
    return None
