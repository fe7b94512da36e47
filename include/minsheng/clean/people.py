"""Names in bylines: ``本报记者 张三 通讯员 李四`` is two people, whatever stands between them."""

from __future__ import annotations

import re
from functools import cache

from minsheng.vocabulary import words as vocabulary_words

from .vocabulary import fold, vocabulary

_SPLIT = re.compile(r"[\s,，、;；/|&]+|和(?=\S{2,3}(?:\s|$))")
_PART = re.compile(r"[^\s,，、;；/|&]+")
_NAME = re.compile(r"^[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,12}$|^[\u3400-\u9fff\ufffd]{2,4}$")
_BRACKETS = re.compile(r"^[(\[【<]+|[)\]】>]+$")
_INLINE = re.compile(r"[(（【\[]([^()（）【】\[\]]{2,60})[)）】\]]")
_SENTENCE = re.compile("[。！？；，,!?]")


def names(value: str) -> list[str]:
    """The names in a label's value: ``高存号、况蓉`` and ``记者 张三 通讯员 李四`` give two; a pen name stays one."""
    words = vocabulary()
    plain = _BRACKETS.sub("", fold(value)).strip(" :")
    parts: list[str] = []
    first, *rest = words.role.split(plain)
    for piece in rest or [first]:  # what stands before a role is who they work for
        bare = [_BRACKETS.sub("", part).strip(" :") for part in _SPLIT.split(piece)]
        parts += _without_tasks([part for part in bare if not (rest and _is_dateline(part))])
    parts = [_without_control(part) for part in parts]
    if words.role.search(plain):
        parts = [p for p in parts if is_name(p)]
    return list(dict.fromkeys(p for p in _joined(parts) if 2 <= len(p) <= 30))


def _without_tasks(parts: list[str]) -> list[str]:
    """The parts without what each did (摄, 图文).

    文 and 图 end names as well (陈大文, 巴图, 欧阳修文): they go after a whole name (王小明文), or where another part
    says who did the rest (张三文 李四摄); alone they are no part.
    """
    tail, brief = vocabulary().task, vocabulary().task_or_name
    tasks = {task[0] for part in parts if (task := brief.search(part) or tail.search(part)) and task[0] != part}
    apart = any(brief.fullmatch(part) for part in parts)
    surnames, out = vocabulary().surnames, []
    for part in parts:
        name, bare = tail.sub("", part), brief.sub("", part)
        usual = 3 if bare[:2] in surnames else 2
        if name == part and (not bare or (not apart and is_name(bare) and (len(tasks) > 1 or len(bare) > usual))):
            name = bare
        out.append(name)
    return [name for name in out if name]


def _without_control(part: str) -> str:
    """The name without a link's words that the markup glued to it: ``张小三返回首页``."""
    if len(part) <= 4:
        return part
    ends = [part.find(word, 2) for word in vocabulary().control if len(word) > 1]
    return part[: min((at for at in ends if at > 0), default=len(part))]


def _joined(parts: list[str]) -> list[str]:
    """Two single characters side by side are one name set wide (张 三)."""
    out: list[str] = []
    for part in parts:
        if len(part) == 1 and out and len(out[-1]) == 1:
            out[-1] += part
        else:
            out.append(part)
    return out


def leading(text: str) -> tuple[list[str], int]:
    """The names that a text begins with, and where they end: two in ``：张三、李 四 2024-05-20``."""
    words = vocabulary()
    found: list[str] = []
    start = end = 0
    wide = ""
    for match in _PART.finditer(text):
        bare, gap = _BRACKETS.sub("", match[0]).strip(":"), text[start : match.start()]
        if _is_dateline(bare):
            break
        part = wide + words.task.sub("", bare)
        start = match.end()
        if not part and not found:
            continue  # the role's colon
        if len(part) == 1 and not words.task_or_name.match(part) and (not found or gap):
            wide = part
            continue
        if not is_name(part) or (wide and gap.strip()):
            break
        found.append(part)
        end, wide = match.end(), ""
    return found, end


def _is_dateline(part: str) -> bool:
    """Whether it says where a report is from (武汉报道, 温州讯): 李四报道 names who wrote it."""
    ending = vocabulary().dateline.search(part)
    if ending is None:
        return False
    return part[: ending.start()] in _places() or (ending.start() > 1 and len(ending[0]) == 1)


@cache
def _places() -> frozenset[str]:
    return frozenset(vocabulary_words("regions", "region_name")) | frozenset(vocabulary_words("regions", "short_name"))


def is_name(text: str) -> bool:
    """Whether it looks like a person's name: two or three characters after a known family name (which may have
    two itself), or with a middle dot.
    """
    surnames = vocabulary().surnames
    known = len(text) <= 4 and (text[:1] in surnames or (len(text) > 2 and text[:2] in surnames))
    return bool(_NAME.match(text)) and ("·" in text or known)


def byline(line: str, *, last: bool = False) -> list[str] | None:
    """The names of a line that is nothing but a byline; None for any other line.

    Without a role word (记者, 通讯员) the line has to be bracketed or, if it is the ``last`` of the text, two names.
    A line that reports (``… 报道``) is part of the text.
    """
    folded = fold(line)
    if len(folded) > 60 or _SENTENCE.search(folded.replace(",", "、")) or folded.endswith(("报道)", "报道】", "报道")):
        return None
    bracketed = folded[:1] in "([【"
    plain = _BRACKETS.sub("", folded).strip(" :")
    words = vocabulary()
    if words.role.search(plain) is None:
        found = _joined(_without_tasks(_SPLIT.split(plain)))
        alone = bracketed or (last and len(found) > 1)
        return found if alone and found and all(is_name(p) and len(p) < 4 for p in found) else None
    before, *rest = words.role.split(plain)
    if len(before) > 20:
        return None
    found = []
    for piece in rest:
        for part in _joined(_without_tasks([x.strip(" :") for x in _SPLIT.split(piece)])):
            if not is_name(part) and not part.endswith(tuple("报网社台部局委办厅端心")):
                return None
            found += [part] if is_name(part) else []
    return found or None


def employer(text: str) -> str | None:
    """Whom the first reporter named in a text works for: 大众日报 of ``大众日报记者 张三``."""
    words = vocabulary()
    for piece in [text, *(m[1] for m in _INLINE.finditer(text))] if len(text) > 60 else [_BRACKETS.sub("", fold(text))]:
        found = words.role.search(piece) if len(piece) <= 60 else None
        before = re.sub(r"^[\d月日\s]+", "", piece[: found.start()]).strip() if found else ""
        if 2 < len(before) <= 20 and before.endswith(words.site_suffix) and before not in words.nobody:
            return before
    return None


def inline(text: str) -> list[str]:
    """The names in brackets with a role word, as at a report's head (``本报讯（记者 张三）``) or end."""
    words = vocabulary()
    out: list[str] = []
    for match in _INLINE.finditer(text):
        if words.role.search(match[1]):
            out += names(match[1])
    return list(dict.fromkeys(out))
