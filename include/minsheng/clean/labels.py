"""Lines that say something about the article (来源, 作者, 编辑, 发布时间, 浏览次数) and what they say."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache

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
MOST_ELSE = 12


@dataclass(frozen=True, slots=True)
class Labels:
    """What one line says: ``values`` are (role, value) pairs; ``rest`` counts its hanzi that are neither."""

    values: tuple[tuple[str, str], ...]
    stamp: Stamp | None
    labelled_date: bool
    updated: bool
    rest: int

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
    labelled_date = updated = False
    for i, match in enumerate(found):
        role = words.labels.get(match["label"], "label_other")
        raw = text[match.end() : found[i + 1].start() if i + 1 < len(found) else len(text)]
        if role == "label_date":
            inside = WRITTEN.search(raw)
            labelled_date = labelled_date or inside is not None
            updated = updated or ("更新" in match["label"] and inside is not None)
            values.append((role, raw.strip()))
            rest += WRITTEN.sub(" ", raw) if inside else raw
            continue
        value = _VALUE_END.split(WRITTEN.split(raw.lstrip(), maxsplit=1)[0], maxsplit=1)[0].strip(" ,;:")
        values.append((role, value if len(value) <= _LONGEST_VALUE else ""))
        rest += " " + (raw if len(value) > _LONGEST_VALUE else raw.replace(value, "", 1))
    for part in rest.split():
        if part in words.control:
            rest = rest.replace(part, " ", 1)
    if values or date:  # alone it is a byline, or somebody is asked
        values += [("label_author", name) for name in reporters]
    stamp = stamp_of(date) if date else None
    if stamp and not any(role == "label_source" for role, _ in values):
        name = named(text)
        values += [("label_source", name)] if name else []
    return Labels(tuple(values), stamp, labelled_date, updated, len(_NOISE.sub("", WRITTEN.sub(" ", rest))))


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
    for part in re.split(r"[\s|｜\[\]()·]+", WRITTEN.sub(" ", text)):
        if 2 < len(part) <= 16 and part.endswith(words.site_suffix) and ":" not in part and part not in words.control:
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
