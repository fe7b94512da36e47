"""Lines that say something about the article (来源, 作者, 编辑, 发布时间, 浏览次数) and what they say."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import chain, repeat

from .dates import WRITTEN, Stamp, stamp_of
from .people import leading
from .vocabulary import fold, vocabulary

_BULLET = re.compile(r"^[\s•·●■◆▪*|/>、-]+")
_VALUE_END = re.compile(r" {2,}|[|｜\t\[\]【】<>]|\s[·•]\s|(?<=[^\d])[)）]\s*$")
_NOISE = re.compile(r"[\s\d\W_A-Za-z]+")
_MARK = re.compile("[:：/丨]")
_BAR = re.compile(r"^([^\s丨|｜]{2,6})\s?丨\s?(?=\S)")  # as accounts' posts end: 来源丨…
_SENTENCE = re.compile("[。？！?!]")
_LONGEST = 160
_LONGEST_VALUE = 40
_GENERIC = 2  # characters of a label that ends others: 时间, 日期
MOST_ELSE = 12


class Of(IntEnum):
    """What a day beside an article is of, the nearest to its publication first: by a label, by none, by one that is
    not known (上传时间).
    """

    PUBLICATION = 0
    NOTHING = 1
    SOMETHING = 2
    CHANGE = 3
    DOCUMENT = 4


DAYS = {"label_date": Of.PUBLICATION, "label_updated": Of.CHANGE, "label_written": Of.DOCUMENT, "label_term": None}


@dataclass(frozen=True, slots=True)
class Labels:
    """What one line says: ``values`` are (role, value) pairs, ``days`` its dates and what each is of; ``rest`` counts
    its hanzi that are neither.
    """

    values: tuple[tuple[str, str], ...]
    days: tuple[tuple[Of, Stamp], ...]
    rest: int

    @property
    def stamp(self) -> Stamp | None:
        """The day that is nearest to its publication."""
        return min(self.days, key=lambda day: day[0])[1] if self.days else None

    @property
    def only(self) -> bool:
        """Whether the line is about the article and nothing else."""
        return bool(self.values or self.stamp) and self.rest <= MOST_ELSE

    def get(self, role: str) -> str | None:
        """The first value of a role that is not empty."""
        return next((value for r, value in self.values if r == role and value), None)


def read(line: str) -> Labels:
    """The labels, values and date of a line (or of several joined by two or more spaces)."""
    words = vocabulary()
    text = _BAR.sub(r"\1:", line)
    text = _BULLET.sub("", text.replace("\t", "  ").replace("　", "  ").replace("\xa0", " "))
    text = re.sub(r"  +", "  ", "".join(fold(c) or c for c in re.split(r"(  +)", text)))
    text, reporters = _without_reporters(text)
    found = list(words.label.finditer(text))
    date = WRITTEN.search(text)
    values: list[tuple[str, str]] = []
    rest = text[: found[0].start()] if found else text
    days = _days(rest, Of.NOTHING) if date else []
    for i, match in enumerate(found):
        role = words.labels.get(match["label"], "label_other")
        raw = text[match.end() : found[i + 1].start() if i + 1 < len(found) else len(text)]
        kind = DAYS.get(role, Of.NOTHING)
        if (
            kind is Of.PUBLICATION
            and len(match["label"]) == _GENERIC
            and text[match.start() - 1 : match.start()] >= "一"
        ):
            kind = Of.SOMETHING
        days += _days(raw, kind) if date else []
        if role in DAYS:
            values.append((role, raw.strip()))
            rest += WRITTEN.sub(" ", raw)
            continue
        value = _VALUE_END.split(WRITTEN.split(raw.lstrip(), maxsplit=1)[0], maxsplit=1)[0].strip(" ,;:")
        values.append((role, value if len(value) <= _LONGEST_VALUE else ""))
        rest += " " + (raw if len(value) > _LONGEST_VALUE else raw.replace(value, "", 1))
    for part in rest.split():
        if part in words.control:
            rest = rest.replace(part, " ", 1)
    if values or date:  # alone it is a byline, or somebody is asked
        values += [("label_author", name) for name in reporters]
    if days and not any(role == "label_source" for role, _ in values):
        name = named(text)
        values += [("label_source", name)] if name else []
    return Labels(tuple(values), tuple(days), len(_NOISE.sub("", WRITTEN.sub(" ", rest))))


def _days(text: str, first: Of | None) -> list[tuple[Of, Stamp]]:
    """The dates of a text: the ``first`` is that of its label (None: of no matter here), others are nobody's."""
    kinds = chain([first], repeat(Of.NOTHING))
    stamps = ((kind, stamp_of(match)) for kind, match in zip(kinds, WRITTEN.finditer(text), strict=False))
    return [(kind, stamp) for kind, stamp in stamps if kind is not None and stamp is not None]


def _without_reporters(text: str) -> tuple[str, list[str]]:
    """A line without its ``记者 张三`` and ``通讯员：李四、王五``, and their names.

    A role without a colon belongs to the label before it where that is one of people (``摄影：记者 王五``).
    """
    words = vocabulary()
    people = ("label_author", "label_editor", "label_credit")
    labels = [(m.end(), words.labels.get(m["label"]) in people) for m in words.label.finditer(text)]
    kept, names, at = "", [], 0
    for match in words.role.finditer(text):
        if match.start() < at:
            continue
        before = labels[: bisect([end for end, _ in labels], match.start())]
        apart = text[match.end() :].lstrip(" ").startswith(":")
        if before and before[-1][1] and not apart and "  " not in text[before[-1][0] : match.start()].lstrip():
            continue
        found, end = leading(text[match.end() :])
        if found:
            names += found
            kept, at = f"{kept}{text[at : match.start()].rstrip(' :')}  ", match.end() + end
    return kept + text[at:], names


def named(text: str) -> str | None:
    """A publisher named without a label, beside a date or alone: ``2019-09-26 10:56:28  证券时报网``."""
    words = vocabulary()
    nothing = words.control | words.nobody
    for part in re.split(r"[\s|｜\[\]()·]+", WRITTEN.sub(" ", text)):
        if 2 < len(part) <= 16 and part.endswith(words.site_suffix) and ":" not in part and part not in nothing:
            return part
    return None


@lru_cache(4096)
def about_article(line: str) -> Labels | None:
    """The labels of a line that holds nothing else; None for a line of text."""
    if len(line) > _LONGEST or not (_MARK.search(line) or WRITTEN.search(line)):
        return None
    if _SENTENCE.search(line) and not any(
        w in line for w, role in vocabulary().labels.items() if role == "label_original"
    ):
        return None
    labels = read(line)
    return labels if labels.only else None
