"""Traditional Chinese back to Simplified, where a mirror converted the text as a whole.

A Simplified text that spells a name in Traditional characters is left alone: what decides is which of the two
forms of very common characters prevails. And so is a text that its author wrote in Traditional characters, as in Hong
Kong and Taiwan: a mirror shows itself by what it tore, or by quotation marks and characters that it leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from minsheng.clean.repair.edits import Edit
from minsheng.clean.repair.language import language, readings, simplified_forms, to_simplified
from minsheng.vocabulary import context

TRADITIONAL = re.compile(
    "[這個們來時國過對學會後經種現實問開點見關當從發還進動無長頭義於與為業務員應縣鎮區農產"
    "萬戶設車間書記訊報黨領導專項辦處數據網環機構將總計劃圍繞]"
)
SIMPLIFIED = re.compile(
    "[这个们来时国过对学会后经种现实问开点见关当从发还进动无长头义于与为业务员应县镇区农产"
    "万户设车间书记讯报党领导专项办处数据网环机构将总计划围绕]"
)
QUOTED = re.compile("[「」『』]")
LEFT = re.compile(
    "[規示模]范|范[圍例本]|[以之今最然隨前此]后|(?<![太皇王母天影歌])后[的來期]"  # 皇太后的, 天后的
    "|[這那]里|里面|采[取用訪購]|征[求收集詢]|標准|(?<![批核])准備"  # 核准備查
    "|[關聯]系(?![統列數所])|制造(?!成)|制作(?![為業用])"  # 關聯系統, 體制造成, 機制作為
    "|(?<=[\u4e00-\u9fff])[a-z](?=\\d{1,9}(?:\\.\\d{1,9})?[萬億餘多%％輛臺台個項家人名戶處座條件])"  # 車v4輛, not 素b12
)
LONE = re.compile("(?<=[\u4e00-\u9fff])[a-z](?=[\u4e00-\u9fff])")  # a torn character's second byte, or x光
FEWEST = 2
MANY = 8  # so many common characters decide; of fewer, as in a sentence with a quotation, the others have a say


def prevails(text: str, fewest: int = FEWEST) -> bool:
    """Whether Traditional forms prevail, and there are at least so many."""
    traditional = len(TRADITIONAL.findall(text))
    if traditional < fewest or traditional <= 2 * len(SIMPLIFIED.findall(text)):
        return False
    if traditional >= MANY or fewest < FEWEST:
        return True
    return sum(c in readings() for c in text) > 2 * sum(c in simplified_forms() for c in text)


def is_converted(text: str) -> bool:
    """Whether a Traditional text is one of the mainland, undamaged: it quotes with “ ” (GB/T 15834), where whoever
    writes Traditional characters quotes with 「 」; or it holds words in characters that a mirror, which goes by single
    ones, leaves as they are (以后 for 以後), or what torn ones left: a lone letter before a count, or two amid
    Chinese that are not one (x光) again; or it speaks as only the mainland's officials do (同比, 鄉村振興).
    """
    if QUOTED.search(text) is not None:
        return False
    if ("“" in text and "”" in text) or LEFT.search(text) is not None or len(set(LONE.findall(text))) > 1:
        return True
    return sum(word in text for word in context("mainland")) >= FEWEST


def simplify(text: str) -> Iterator[Edit]:
    """The edits that OpenCC would make, one for each run of changed characters."""
    start = 0
    for line in text.split("\n"):
        yield from _changes(line, _zhe(to_simplified(line)), start)
        start += len(line) + 1


def _zhe(text: str) -> str:
    """著 is 着 or itself; OpenCC keeps it unless it knows the word: here the likelier of the two is meant."""
    bits = language().bits if "著" in text else None
    before, *rest = text.split("著")
    for after in rest:
        left, right = before[-1:] or " ", after[:1]
        likelier = bits and bits("着" + right, left) <= bits("著" + right, left)
        before += ("着" if likelier else "著") + after
    return before


def _changes(old: str, new: str, start: int) -> Iterator[Edit]:
    if len(old) != len(new):
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield Edit(start + i, start + j, new[k:m], "traditional")
        return
    first: int | None = None
    for i, (a, b) in enumerate(zip(old + "\n", new + "\n", strict=True)):
        if a != b and first is None:
            first = i
        elif a == b and first is not None:
            yield Edit(start + first, start + i, new[first:i], "traditional")
            first = None
