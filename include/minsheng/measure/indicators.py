"""Names what a figure measures: the phrase of the text, and the indicator of the vocabulary that it stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from minsheng.measure import places_gazetteer
from minsheng.measure.characters import Characters
from minsheng.measure.indicators_clause import is_change
from minsheng.measure.indicators_lists import measures
from minsheng.measure.indicators_lookup import identify, lookup
from minsheng.measure.indicators_phrase import LONGEST, compose, shorten
from minsheng.measure.indicators_words import cut, is_word, words_of
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import REGIONS, unit_at

__all__ = ["LONGEST", "as_member", "identify", "lookup", "phrases", "unmapped"]

_NUMBER: Final = re.compile(r"(?<![A-Za-z\d.．])\d+(?![A-Za-z\d])")
_SECTION: Final = Seldom("^[一二三四五六七八九十]{1,2}、")  # 三、预算金额
_AMOUNT: Final = Seldom(r"\d[\d.]*[余多]?[万亿]?[余多]?")
_BACK: Final = 80  # characters before a sentence in which its topic is looked for
_SENTENCES: Final = Seldom("[。！？!?\n]")
_CLAUSES: Final = Seldom("[，,；;]")
_NEAR: Final = 3  # clauses in which a topic is looked for
_SAME: Final = ("水平", "增幅", "增速")
_PACES: Final = ("增速", "增幅", "涨幅", "降幅", "跌幅")
_SPACES: Final = (" ", "\t", "\u3000")
_NEXT: Final = Seldom(r"[ \t\u3000]+[^\W\d_]{2,12}[：:]?[ \t\u3000]*")  # what the next figure is called
_COUNTERS: Final = "个座处"
_WHOLE: Final = Seldom("全[省市州县区镇乡村]")
_DWELLERS: Final = Characters("户人")
_DWELT: Final = Seldom(
    r"(?:\A|[，、。；！？\s])(?:[全该本]([省市州县区镇乡村])|([省市州县区镇乡村])里)[内共现总还一目前]{0,4}有?\Z"
)
_LABEL: Final = Seldom(r"\s*([^，,。；;：:\n]{2,30})：")
# What a headline without a mark runs into: 某某日报讯, 某某社北京8月1日电 (the region's name is blank by now), and the
# credit of a photograph: 某某某 摄.
_BYLINE: Final = Seldom(
    rf"(?:\A|(?<=\s)|(?={'|'.join(places_gazetteer.words('agency'))}))(?:[^\W\d_]{{2,10}}报[-—])?"
    r"[^\W\d_]{0,14}?(?:报|社|网|台|客户端|媒|新闻)(?:讯|\s*[^\W\d_]{0,4}\s*\d{1,2}月\d{1,2}日[电讯])"
)
_FACTORS: Final = Seldom(r"剔除[^，。；：\d\n]{1,16}?(?:因素|影响)(?:的?影响)?(?:以?后)?，?")
_CREDIT: Final = Seldom(r"[^\W\d_]{2,4}\s?摄(?=\s)")
_EMPTY_HEADS: Final = tuple(sorted(words_of("amount"), key=len, reverse=True))
_BARE: Final = words_of("bare")


def phrases(
    text: str, sentence: tuple[int, int], spans: Sequence[tuple[int, int]], rates: Sequence[bool], total: str = ""
) -> list[str]:
    """For each figure of a sentence the phrase that names what it measures: 2 to 15 characters, words of the text
    only, verb and object.

    ``sentence`` and ``spans`` (the surfaces of its figures, in order) are offsets into ``text``; ``rates`` tells which
    are rates of change or shares, whose subject may stand in the sentence before; ``total`` is the phrase of that of
    which the first is a part (新增就业9万人。其中甲县5万人).
    """
    low, high = sentence
    near = [(s - low, e - low) for s, e in spans]
    words, at = cut(_parted(_without_asides(text[low:high]), near), near)
    found = compose(words, at)
    for i, named in enumerate(found):
        phrase = finish(named)
        if phrase.startswith(_EMPTY_HEADS):
            phrase = _labelled(phrase, text[low : spans[i][0]])
        if rates[i] and (phrase in _BARE or (len(phrase) > 2 and phrase.startswith(_PACES) and is_change(phrase))):
            phrase = topic(text[max(0, low - _BACK) : low]) + phrase
        end = spans[i][1]
        if len(phrase) == 1 and text.startswith(phrase, end):
            whole = text[end - 1] + phrase  # 3个村, 132万人口
            phrase = whole if (whole[0] in _COUNTERS and phrase in REGIONS) or is_word(whole) else phrase
        if len(phrase) == 1 and i and text[spans[i - 1][1] : spans[i][0]] in (f"，{phrase}", f"、{phrase}"):
            phrase = _next_kind(found[i - 1], phrase)
        found[i] = phrase if len(phrase) >= 2 else (not i and total) or _fallback(text, spans, i, found)
    return found


def _without_asides(sentence: str) -> str:
    """The sentence with its byline as marks, so that it parts the headline before it from the text, and with what was
    left out of a growth (剔除退税因素后增长5%) blank."""
    if "剔除" in sentence:
        sentence = _FACTORS.compiled().sub(_blanks, sentence)
    if "摄 " in sentence:
        sentence = _CREDIT.compiled().sub(_marks, sentence)
    return _BYLINE.compiled().sub(_marks, sentence) if "讯" in sentence or "日电" in sentence else sentence


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _marks(found: re.Match[str]) -> str:
    return "。" * len(found[0])


def _parted(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """The sentence with a mark for the space between a figure and the label of the next: 保费 18元 保额 900元."""
    for i, (_, end) in enumerate(spans):
        if sentence[end : end + 1] in _SPACES and (label := _NEXT.match(sentence, end)):
            follower = spans[i + 1][0] if i + 1 < len(spans) else -1
            if label.end() == follower or sentence[label.end() - 1] in "：:":
                sentence = f"{sentence[:end]}，{sentence[end + 1 :]}"
    return sentence


def _labelled(phrase: str, before: str) -> str:
    """The phrase with the label of the row for the head of a table that names nothing (税收：总量3亿元)."""
    label = _LABEL.match(before)
    if label is None:
        return phrase
    head = next(w for w in _EMPTY_HEADS if phrase.startswith(w))
    return (topic(label[1]) + phrase[len(head) :])[:LONGEST]


def topic(before: str) -> str:
    """What the text before a sentence was about, for a rate that names nothing itself (同比增长5%)."""
    before = _without_figures(before.rstrip("。！？!?；;\n "))
    for clause in reversed(_CLAUSES.compiled().split(before)[-_NEAR:]):  # the last of those that name something
        words, _ = cut(clause, [(len(clause), len(clause))])
        kept = [w for w in words if w.text not in _BARE]
        if phrase := finish(compose(kept, [len(kept) - 1])[0]):
            return phrase[: LONGEST - 4]
    return ""


def _without_figures(text: str) -> str:
    """The text without its numbers and their units, which name nothing (接待1.2万人)."""
    found: list[str] = []
    at = 0
    for number in _AMOUNT.finditer(text):
        unit = unit_at(text, number.end())
        if unit is not None and number.start() >= at:
            found.append(text[at : number.start()])
            at = number.end() + len(unit.word)
    return "".join(found) + text[at:]


def finish(found: str) -> str:
    """Without numbers (but for names: 5G), and not longer than a phrase may be."""
    if not found.isalpha():
        found = _NUMBER.sub("", _SECTION.compiled().sub("", found))
    return found if len(found) <= LONGEST else shorten(found)


def _next_kind(before: str, noun: str) -> str:
    """The phrase before with a noun of one character for its own, which is one, too: 养牛30头，羊20只 is 养羊."""
    words, _ = cut(before, [])
    return before[:-1] + noun if len(words) > 1 and len(words[-1].text) == 1 else noun


def _fallback(text: str, spans: Sequence[tuple[int, int]], i: int, found: Sequence[str]) -> str:
    """The nearest words before the figure, in the line before if need be; the phrase of the figure before where
    nothing stands between the two; else the words behind it."""
    start, end = spans[i]
    before = text[max(spans[i - 1][1] if i else 0, start - 40) : start]
    behind = text[end : min(end + 40, spans[i + 1][0] if i + 1 < len(spans) else len(text))]
    if _DWELLERS.at(text, end - 1):
        if place := _DWELT.search(before):  # 村里共有300户 is of the village, whatever the sentence before is about
            return (place[1] or place[2]) + text[end - 1]
        if i and not before.strip("、，和") and len(found[i - 1]) == 2 and found[i - 1][0] in REGIONS:  # 300户900人
            return found[i - 1][0] + text[end - 1]
    for piece in reversed(_SENTENCES.compiled().split(before)):  # words of two sentences make no phrase
        if phrase := _nouns(piece, slice(-3, None)):
            return phrase
    if i:
        return found[i - 1]
    said = "".join(re.findall("[一-龥]", before + behind))
    own = _WHOLE.compiled().sub("", said)  # 全县有3个村
    return _nouns(behind, slice(0, 3)) or (own if len(own) >= 2 else said)[:LONGEST]


def as_member(phrase: str, before: str) -> str:
    """The phrase of a member of a list without a verb, with the quantity and the verb of the phrase before it:
    第二产业 behind 第一产业增加值增长 is 第二产业增加值增长."""
    if phrase.endswith(_SAME) or "于" in phrase:  # 快于全国平均水平（4%）
        return before
    words = cut(before, [])[0]
    changed = len(words)
    while changed and is_change(words[changed - 1].text):
        changed -= 1
    if changed == len(words) or words[-1].text in phrase:
        return phrase
    said = "".join([w.text for w in words[changed:]])
    kin = before.rfind(phrase[-2:], 0, -len(said))
    if kin >= 0:  # 农村居民 behind 城镇居民人均收入增长
        said = before[kin + 2 :]
    elif changed and measures(words[changed - 1].text) and not measures(phrase):
        said = words[changed - 1].text + said
    return finish(phrase + said)


def _nouns(piece: str, nearest: slice) -> str:
    nouns = [w.text for w in cut(piece, [])[0] if w.role in ("n", "v", "vn", "q", "a", "h")]
    phrase = _NUMBER.sub("", "".join(nouns[nearest]))
    return phrase[-LONGEST:] if len(phrase) >= 2 else ""


def unmapped(found: Iterable[tuple[str, str | None]]) -> list[tuple[str, int]]:
    """From pairs of phrase and indicator id, the phrases without one and their counts, most frequent first."""
    return Counter(p for p, identifier in found if identifier is None).most_common()
