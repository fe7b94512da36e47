"""Pages that are no article: access verification, login, error, maintenance, list, empty shell. Judged only where no
article stands.
"""

from __future__ import annotations

import re
from itertools import islice

from minsheng.contracts import Failure

from .blocks import Outline
from .dates import WRITTEN
from .extract import Candidate
from .labels import DAYS, about_article
from .vocabulary import fold, vocabulary

_CONVINCING = 250
_LEAST = 40
_MANY = 4
_HEAD = 30  # blocks above the article that may name its date and source
_FIGURES = 3
_MOST_FILES = 20
_LONGEST_NAME = 80
# What is counted or measured; not times, lengths of passwords, or how often somebody tried.
_FIGURE = re.compile(r"(?<![\d.])\d[\d.,]*\s*(?!年|月|日|时|点|分|秒|位|号|天|次|小时|个?字)[%％‰\u4e00-\u9fff]")
_STOP = re.compile("[。！？!?；;]")
_CUT = re.compile(r"(?:…+|\.{3,})[\s\[【(（]*(?P<more>[^…\]】)）>»]{0,6})[\s\]】)）>»]*$")
_LITTLE = 200  # characters of a page that a script fills, or turns away
_NOTICE = 600  # of a page that says that the site is down

UNFILLED = ("empty_shell", "no_article")  # whose text may stand elsewhere: in a script, a recording, a file
_FILE = re.compile(
    r"""\.(?:(?P<media>mp4|m3u8|flv|webm|mp3)|pdf|ofd|docx?|wps|xlsx?|pptx?|zip|rar)(?=["'?#&\s>\\])""", re.I
)
_NAME = re.compile(r"[\w%.-]*$")
_PLAYER = re.compile(r"<(?:video|audio)[\s>]", re.I)


def shown_instead(markup: str) -> Failure | None:
    """What a page without text shows instead: files (which may hold the text), or a recording; None for neither."""
    files = list(islice(_FILE.finditer(markup), _MOST_FILES))
    attached = next((file for file in files if not file["media"]), None)
    if attached:
        return Failure("attachment_page", f"the text may be in {_name(attached)}")
    if files or _PLAYER.search(markup):
        return Failure("media_page", f"it plays {_name(files[0]) if files else 'a recording'}")
    return None


def _name(file: re.Match[str]) -> str:
    before = _NAME.search(file.string[max(file.start() - _LONGEST_NAME, 0) : file.start()])
    return (before[0] if before else "") + file[0]


def refusal(
    page: Outline, found: Candidate, page_title: str, markup: str = "", asks_password: bool = False
) -> Failure | None:
    """Why the page holds no article, or None. Prose of some length is an article, whatever words stand around it;
    so is less that states figures. ``markup`` is the page's source, ``asks_password``: a form on the page does.
    """
    prose = found.prose
    text = " ".join([page_title, *(b.text for b in page.blocks[:400])])
    chars = sum(len(b.text) for b in page.blocks)
    links = sum(b.links for b in page.blocks)
    if prose < _CONVINCING and chars < 3000:
        told = _told(text.lower())
        titled = _told(page_title.lower())
        if told and told[0] == "verification" and (titled is None or titled[0] != "verification"):
            # A form for name and password asks for the signs in a picture, too.
            login = _told(text.lower(), "login")
            told = login or (("login", told[1]) if asks_password else told)
        if told and (prose < _LEAST or chars < 600 or titled) and not _reports(page, found, page_title):
            return Failure(f"{told[0]}_page", f"the page says {told[1]!r}")
    if prose < _CONVINCING and chars < _NOTICE and (down := _down(page, text)):
        return Failure("maintenance_page", f"the page says {down!r}")
    linked = [b for b in page.blocks if b.links * 2 > len(b.text) and b.links >= 8]
    if len(linked) >= 8 and links * 2 > chars and prose * 2 < links and not found.holds_up:
        return Failure("list_page", f"{len(linked)} links hold {links} of {chars} characters, sentences {prose}")
    if (entries := _entries(found)) >= _MANY and len(linked) >= _MANY:
        return Failure("list_page", f"{entries} of {len(found.lines)} lines are the dates or cut ends of entries")
    if found.holds_up:
        return None
    if prose >= _LEAST:
        return None
    if chars < _LITTLE:
        if sign := next((sign for sign in vocabulary().challenges if sign in markup), None):
            return Failure("verification_page", f"its script says {sign!r}")
        return Failure("empty_shell", f"{chars} characters of text; scripts may fill the page")
    return Failure("no_article", f"{prose} characters in sentences among {chars} of text")


def _down(page: Outline, text: str) -> str | None:
    """What a page says of the site being down; None where a line of date or source makes it an announcement."""
    told = vocabulary().maintenance.search(text)
    if told is None:
        return None
    lines = (labels for b in page.blocks if (labels := about_article(b.text)))
    named = any(role == "label_source" or role in DAYS for labels in lines for role, _ in labels.values)
    return None if named else told[0]


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


def _reports(page: Outline, found: Candidate, page_title: str) -> bool:
    """Whether sentences state figures beside those that tell of a closed door: three, or one under a line of date and
    source; both where the title or a line that is no sentence tells so, too.
    """
    said = [b.text for b in found.lines if b.prose and b.links * 2 < len(b.text)]
    own = [s for text in said for s in _STOP.split(text) if not _told(s.lower())]
    if sum(map(len, own)) < _LEAST:
        return False
    figures = sum(len(_FIGURE.findall(s)) for s in own)
    head = [about_article(b.text) for b in page.blocks[max(found.start - _HEAD, 0) : max(found.start, 0) + _MANY]]
    about = [labels for labels in head if labels]
    dated = any(x.stamp for x in about) and any(x.get("label_source") for x in about)
    if any(_told(t.lower()) for t in [page_title, *(b.text for b in page.blocks[:400] if not b.prose)]):
        return dated and figures >= _FIGURES
    return figures >= (1 if dated else _FIGURES)


def _told(text: str, only: str | None = None) -> tuple[str, str] | None:
    for role, phrases in vocabulary().pages.items():
        if role == "script_needed" or (only and role != only):
            continue
        phrase = next((p for p in phrases if p in text), None)
        if phrase:
            return role, phrase
    return None
