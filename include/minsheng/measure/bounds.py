"""The words that bound a number: right before or behind it (不超过3个, 3个以上), negated (不得超过3个), or with others
between (最高补助5万元, 不高于成本的60%).

What they are stands in `approximators.csv`; a prohibition in front turns at least into at most.
"""

from __future__ import annotations

from typing import Final

from minsheng import vocabulary
from minsheng.contracts import Bound
from minsheng.measure import numerals
from minsheng.measure.characters import Characters
from minsheng.measure.longest import lengths, longest_at
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import unit_at

MANY: Final = ("余", "多")
_OTHER_WORDS: Final = vocabulary.words("many_words")  # words and names that begin so and may follow a unit
_BEFORE: Final[dict[str, tuple[Bound, tuple[str, ...]]]] = {
    r["word"]: (r["bound"], tuple(filter(None, r["not_after"].split("|"))))  # type: ignore[misc]
    for r in vocabulary.rows("approximators")
    if r["position"] == "before"
}
_BEFORE_ENDS: Final = Characters(word[-1] for word in _BEFORE)
_NEGATING: Final = (*vocabulary.context("forbids"), *vocabulary.context("negates"))
_NEGATING_ENDS: Final = Characters(word[-1] for word in _NEGATING)
_OVER: Final = frozenset(vocabulary.context("over"))  # more than, before 百 and the like; 不能上百人 is no bound
_AFTER: Final[dict[str, Bound]] = {
    r["word"]: r["bound"]  # type: ignore[misc]
    for r in vocabulary.rows("approximators")
    if r["position"] == "after"
}
_AFTER_LENGTHS: Final = lengths(_AFTER)
_INSIDE: Final = "内"
_NO_INSIDE: Final = Characters(vocabulary.context("no_inside"))
_OF_WHOLE: Final = Seldom(  # 约占全国市场的35%, 不高于成本的60%
    r"(?P<about>约[有占为])[^，。；：、0-9\n]{1,16}\Z"
    rf"|(?P<bound>(?:不[^\W\d_]{{0,3}}|未)(?:{'|'.join([w for w in _BEFORE if len(w) == 2 and w[1] in '过于'])})"
    r"|(?:不足|不到|不及|超过|超)(?=[全总上去同应]|计划|预算|目标|任务|规定))"  # 不足全国的1/18
    r"[^，。；：、0-9\n]{1,14}的\Z"
)
_WHOLE_REACH: Final = 20
_CEILINGS: Final = "|".join(vocabulary.context("ceiling"))
_GIVING: Final = "|".join(vocabulary.context("gives"))
_GIVEN: Final = Seldom(  # 最高可申请补助50万元, 给予最高50万元
    rf"(?:(?:{_CEILINGS})(?:可以?|能|将|再)?(?:{_GIVING}){{1,3}}|(?:{_GIVING})(?:{_CEILINGS}))\Z"
)
_GIVEN_ENDS: Final = Characters(word[-1] for word in (*vocabulary.context("ceiling"), *vocabulary.context("gives")))
_GIVEN_REACH: Final = 12
_AMOUNTS: Final = ("money", "count")  # of what is given; a measured maximum is one (最高气温, 水位最高)


def _after_over(text: str, at: int) -> str:
    """What numeral 上, 过 or 破 may stand before as more than: 上千, 过万, 过半 but for 过半年."""
    if text[at + 2 : at + 3] == "成":  # 过九成
        return text[at + 1]
    return "十百千万亿半" if text.startswith("过半", at) and unit_at(text, at + 2) is None else "十百千万亿"


def bound_before(text: str, start: int) -> tuple[Bound | None, int]:
    """The approximator that ends at ``start``: its bound and where it begins (None and ``start`` if there is none)."""
    if not _BEFORE_ENDS.at(text, start - 1):
        return None, start
    for size in (5, 4, 3, 2, 1):
        begin = start - size
        if begin < 0:
            continue
        found = _BEFORE.get(text[begin:start])
        if found is None:
            continue
        if found[1] and text.endswith(found[1], 0, begin) and not _apart(text, begin):
            continue
        if size == 1 and text[begin] in _OVER and text[start] not in _after_over(text, begin):
            continue
        if _NEGATING_ENDS.at(text, begin - 1) and found[0] != "about" and text[begin:start] not in _OVER:
            return _negated(text, found[0], begin)
        return found[0], begin
    return None, start


def _negated(text: str, bound: Bound, begin: int) -> tuple[Bound, int]:
    """The bound of an approximator that begins at ``begin`` behind a negation, if there is one: 不得高于, 未突破."""
    for word in _NEGATING:
        if text.endswith(word, 0, begin):
            return ("at_least" if bound == "at_most" else "at_most"), begin - len(word)
    return bound, begin


def bound_over(text: str, start: int, dimension: str) -> Bound:
    """The bound of an amount at ``start`` by words that need not touch it: 约占市场的35%, 最高补助5万元."""
    if dimension == "ratio":
        near = text[max(0, start - _WHOLE_REACH) : start]
        hit = _OF_WHOLE.search(text, start - len(near), start) if near.endswith("的") or "约" in near else None
        if hit is None:
            return "exact"
        return "about" if hit["about"] else bound_before(text, hit.end("bound"))[0] or "exact"
    given = dimension in _AMOUNTS and _GIVEN_ENDS.at(text, start - 1)
    return "at_most" if given and _GIVEN.search(text, max(0, start - _GIVEN_REACH), start) else "exact"


def _apart(text: str, at: int) -> bool:
    """Whether what ends at ``at`` is no part of a word with the approximator there: 其中近30人, 3条约20公里."""
    return text.endswith("其中", 0, at) or (
        numerals.DIGITS_ARABIC.at(text, at - 2) and unit_at(text, at - 1, 1) is not None
    )


def bound_after(text: str, end: int, *, measured: bool = False) -> tuple[Bound | None, int]:
    """The approximator that begins at ``end``: its bound and where it ends; 内 is one behind what is ``measured``."""
    word = longest_at(text, end, _AFTER, _AFTER_LENGTHS)
    if word is not None:
        return _AFTER[word], end + len(word)
    if measured and text[end : end + 1] == _INSIDE and not _NO_INSIDE.at(text, end + 1):
        return "at_most", end + 1
    if text[end : end + 1] in MANY and not text.startswith(_OTHER_WORDS, end):
        return "at_least", end + 1
    return None, end
