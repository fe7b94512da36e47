"""The words by which boilerplate, bylines and labels are told: ``dbt_project/seeds/boilerplate.csv``, compiled.

A word is added in the CSV, never here. Lines are compared folded (``fold``): half-width ASCII, single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from minsheng.vocabulary import closed_doors
from minsheng.vocabulary import rows as read

_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0xA0: " "}
_DATES = ("label_date", "label_updated", "label_written", "label_term")  # a label of a day needs no colon
_GENERIC = 2  # characters of 时间 and 日期, which do
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零O０])"
_SPACES = re.compile(r"[\s\u200b-\u200f\ufeff]+")


@dataclass(frozen=True)
class Vocabulary:
    """The compiled word lists. ``labels`` maps a label to its role; ``surnames`` are of one character or two."""

    labels: dict[str, str]
    roles: tuple[str, ...]
    label: re.Pattern[str]
    role: re.Pattern[str]
    control: frozenset[str]
    fields: frozenset[str]
    drop: re.Pattern[str]
    end: re.Pattern[str]
    stop: re.Pattern[str]
    caption: re.Pattern[str]
    markup: frozenset[str]
    markup_lead: frozenset[str]
    markup_caption: frozenset[str]
    site_suffix: tuple[str, ...]
    title_suffix: tuple[str, ...]
    surnames: frozenset[str]
    task: re.Pattern[str]
    task_or_name: re.Pattern[str]
    dateline: re.Pattern[str]
    nobody: frozenset[str]
    pages: dict[str, tuple[str, ...]]
    maintenance: re.Pattern[str]
    challenges: tuple[str, ...]


def _either(words: Iterable[str]) -> str:
    """A pattern of any of the words, longest first; one character alone only where no hanzi stands before it."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(("" if len(w) > 1 else r"(?<![\u4e00-\u9fff])") + re.escape(w) for w in ordered)


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})$")


def fold(line: str) -> str:
    """A line as the vocabulary writes it: full-width ASCII made half-width, white space made single and trimmed."""
    return _SPACES.sub(" ", line.translate(_WIDTH)).strip()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once. Raises ``ValueError`` for a pattern that does not compile."""
    rows = [(row["role"], row["phrase"]) for row in read("boilerplate")]

    def phrases(role: str) -> list[str]:
        return [phrase for r, phrase in rows if r == role]

    def patterns(role: str) -> re.Pattern[str]:
        try:
            return re.compile("|".join(f"(?:{p})" for p in phrases(role)))
        except re.error as error:
            raise ValueError(f"boilerplate.csv: a pattern of role {role!r} does not compile: {error}") from error

    labels = {phrase: role for role, phrase in rows if role.startswith("label_") and role != "label_role"}
    roles = tuple(sorted(phrases("label_role"), key=len, reverse=True))
    words = _either(labels)
    people = _either(w for w, role in labels.items() if role in ("label_author", "label_editor", "label_credit"))
    dates = "|".join(w for w, role in labels.items() if role in _DATES and len(w) > _GENERIC)
    page_roles = ("verification", "login", "not_found", "script_needed")
    doors = closed_doors()
    pages = {role: tuple(p.lower() for p in phrases(role)) for role in page_roles}
    for role, meaning in (("verification", "verification_page"), ("login", "login_page")):
        known = [m.lower() for where, m, told in doors if where == "text" and told == meaning]
        pages[role] += tuple(m for m in known if not any(p in m for p in (*pages[role], *pages["script_needed"])))
    return Vocabulary(
        labels=labels,
        roles=roles,
        label=re.compile(
            rf"(?P<label>(?:{words})(?=\s*:)|(?:{people})(?=\s*/)|(?:{dates})(?=\s?[】\]]?\s?{_YEAR}))\s*[:/】\]]?\s*"
        ),
        role=re.compile("|".join(map(re.escape, roles))),
        control=frozenset(phrases("control")),
        fields=frozenset(phrases("field")),
        drop=patterns("drop"),
        end=patterns("end"),
        stop=patterns("stop"),
        caption=patterns("caption"),
        markup=frozenset(phrases("markup")),
        markup_lead=frozenset(phrases("markup_lead")),
        markup_caption=frozenset(phrases("markup_caption")),
        site_suffix=tuple(phrases("site_suffix")),
        title_suffix=tuple([*phrases("site_suffix"), *phrases("section_suffix")]),
        surnames=frozenset(phrases("surname")),
        task=_ending(phrases("task")),
        task_or_name=_ending(phrases("task_or_name")),
        dateline=_ending(phrases("dateline")),
        nobody=frozenset(phrases("nobody")),
        pages=pages,
        maintenance=patterns("maintenance"),
        challenges=tuple(marker for where, marker, _ in doors if where == "script"),
    )
