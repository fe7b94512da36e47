"""Where time phrases stand in a sentence: the patterns of each kind; what they mean there is read in `periods.py`.

The words stand in `time_words.csv`.
"""

from __future__ import annotations

import re
from typing import Final

from minsheng import vocabulary
from minsheng.measure.periods_days import CLOCK, HOUR, PART_OF_DAY, PLAN, TO, YEAR, N, Y, plain_words, words
from minsheng.measure.seldom import Seldom

DIGITS: Final = "0123456789"
_OF_SEASON: Final = "粮茶运节耕播"  # 今夏粮 is 夏粮 of this year
_SINCE_THEN: Final = "以来"
_DURING_BEFORE: Final = "期间，"
_DURING_REACH: Final = 9
_DURING: Final = Seldom(  # 降雨期间，: some days, told by what went on in them
    "(?<![^，。；：）\\s在])(?P<during>(?![在此这该同])[一-龥]{2,8}期间)(?=，)"
)
_SINCE_REACH: Final = 32  # characters before 以来 in which its phrase begins
_MONTH: Final = f"{Y}年{N}月(?:份|{N}[日号])?"  # with its year, and the day where that is named
_AT_END: Final = "(?:末(?![班尾梢])|底)?"  # 一季度末 is its last day
_DATED: Final = r"(?<![0-9.．].)(?=[0-9]{0,3}(?:[多余]?年|[月日至到—–~～-]|个?季))"  # most numerals are no dates
_MINUTES: Final = "(?:半|[0-9]{1,2}分)?许?(?![间段0-9])"
_IN_PART: Final = rf"{PART_OF_DAY}(?:[0-9]{{1,2}}[时点]{_MINUTES})?"  # 上午, 上午9点
_HOUR: Final = rf"(?:{_IN_PART}|[0-9]{{1,2}}时{_MINUTES})"  # stricter than CLOCK where no span is: no 9点, no 8时段
_TIME: Final = "(?:[0-9]{1,2}[时点](?:半|[0-9]{1,2}分)?(?![间段许]))"
_DATE: Final = (  # without its month: 29日20时至30日20时, 9日上午; one that stands alone only where a clause begins
    rf"(?<![第每月、.．/0-9])[0-9]{{1,2}}日(?:(?:[0-9]{{1,2}}|{PART_OF_DAY}?{_TIME})?{TO}(?:(?:{N}月)?[0-9]{{1,2}}日{_TIME}?|{_TIME})"
    rf"|{_TIME}(?![0-9])|{_IN_PART})"
    r"|(?<![\w、.．/])[0-9]{1,2}日(?=，)"
)


def all_hits(text: str, sentence: tuple[int, int]) -> list[re.Match[str]]:
    """Where phrases stand: those of 期间 that tell no year count where none stands before them."""
    first, last = sentence
    hits = phrases_in(text, first, last)
    if (since := text.find(_SINCE_THEN, first, last)) >= 0:
        hits = _with_since(text, sentence, since, hits)
    during = text.find(_DURING_BEFORE, first, last)
    if during >= 0 and (not hits or hits[0].start() > during):
        phrase = _DURING.search(text, max(first, during - _DURING_REACH), during + len(_DURING_BEFORE))
        return hits if phrase is None else [phrase, *hits]
    return hits


def _with_since(text: str, sentence: tuple[int, int], since: int, hits: list[re.Match[str]]) -> list[re.Match[str]]:
    """``hits`` with the phrases of 以来, the first of which ends at ``since``: of two that overlap the one that begins
    first, and that of 以来 where both begin."""
    at, end = sentence
    lasting: list[re.Match[str]] = []
    while since >= 0:
        if phrase := _LASTING.search(text, max(at, since - _SINCE_REACH), since + len(_SINCE_THEN)):
            lasting.append(phrase)
            at = phrase.end()
        since = text.find(_SINCE_THEN, since + 1, end)
    found: list[re.Match[str]] = []
    at = sentence[0]
    for hit in sorted([*lasting, *hits], key=re.Match.start):  # those of 以来 stand first
        if hit.start() >= at:
            found.append(hit)
            at = hit.end()
    return found


def phrases_in(text: str, at: int, end: int) -> list[re.Match[str]]:
    """The phrases without 以来, looked for only where two characters begin one: that is four times as fast."""
    found: list[re.Match[str]] = []
    for start in _OPENING.finditer(text, at, end):
        first = start.start()
        if first < at or (text[first] not in DIGITS and text[first : first + 2] not in _PAIRS):
            continue
        if hit := _PATTERN.match(text, first, end):
            found.append(hit)
            at = hit.end()
    return found


def _pairs() -> frozenset[str]:
    """The first two characters of a phrase that begins with no digit."""
    small, ends = "一二三四五六七八九十", "年月个季至到—–-~～"
    grammar = {
        "截": "至止到",
        "上": "半世个",
        "下": "半",
        "前": DIGITS + small + "两",
        "到": "12二",
        "年": "初底末",
        "近": DIGITS + small + "两几",
        "过": "去",
        "去": "冬",
        "未": "来",
        "“": "十",
        **dict.fromkeys(small, DIGITS + small + ends),
    }
    grammar["二"] += "〇零○"
    pairs = {first + second for first, seconds in grammar.items() for second in seconds}
    pairs.update(r["word"][:2] for r in vocabulary.rows("time_words") if r["kind"] not in ("feast", "holiday"))
    return frozenset(pairs)


def _opening() -> re.Pattern[str]:
    """The first character of a phrase before one that may follow."""
    firsts, seconds = ("".join(sorted({pair[i] for pair in _PAIRS})) for i in (0, 1))
    return re.compile(rf"[{firsts}1-9](?:(?<=[1-9]){_DATED}|(?<![1-9])(?=[{re.escape(seconds)}]))")


def _lasting() -> re.Pattern[str]:
    """The phrases of 以来: a time, with or without what began then; an event behind 自 or at the head of a clause."""
    month = f"{N}月(?:份|[初底]|[上中下]旬|{N}[日号])?"
    began = r"[^，。；：、\n0-9A-Za-z（）]{1,24}?"
    dated = rf"{YEAR.pattern}(?:{month}|年?[初底])?(?:{began})?|{month}{began}"
    known = rf"本月(?:[上中下]旬)?|本周|{words('season')}|党的[^\W\d_]{{2,4}}|{PLAN}"
    never = "".join([rf"(?<!{word})" for word in vocabulary.context("no_event")])
    return re.compile(
        rf"(?P<since>(?:自{month}|(?:自从?|从)?(?:(?<![0-9.．])(?:{dated})|{known})"
        rf"|(?<![来各亲独擅])自从?(?![己然古此]){began}{never}"
        rf"|(?<![^，。；：）\n\s])(?:(?![自从])[一-龥“”]){{2,16}}{never})以来)"
    )


def _pattern() -> re.Pattern[str]:
    """The other phrases."""
    year, then = YEAR.pattern, f"(?:{Y}年|{plain_words('year')})"  # behind 截至 no other word can end
    off = rf"“?(?:{words('feast')}){{1,2}}”?[0-9一二三四五六七八]天(?:{words('holiday')})?"  # 春节8天假期
    feast = rf"(?:{off}|“?(?:{words('feast')}){{1,2}}”?(?:{words('holiday')})?)"
    season = "[春夏秋冬](?:季学期|[季天]|(?=[，。；、]))"
    during = "[一-龥]{1,4}(?:、?[一-龥]{1,6})?期间"  # 今年全省夏灌期间: some days of that year
    count = "[0-9一二三四五六七八九十]{1,3}[多余]?年来"  # 5年来，; not 是5年来最多的
    lately = rf"(?<!\w){count}(?![的最首第])|(?<![前第之.0-9一二三四五六七八九十]){count}(?=[，累共我全])"
    rest = (
        rf"(?P<dates>{_MONTH}{TO}{_MONTH}间?)"
        rf"|(?P<plan>{PLAN}(?:规划)?(?:期间|时期|末|以来)?)"
        rf"|{year}?(?=[上下第前年初底末0-9０-９一二三四五六七八九十])(?:(?P<half>[上下]半年{_AT_END})"
        rf"|(?P<quarter>(?:第?[一二三四1-4](?:{TO}?[二三四2-4])?|前[二三两])个?季度{_AT_END})"
        rf"|(?P<months>(?:{N}月?{TO}{N}月(?:份|底|末)?|前{N}个月|(?<![提之以此目])前{N}月(?![0-9一二三])))"
        rf"|(?P<day>{N}月(?:{N}{TO}{N}[日号]|{N}(?:、{N}){{1,6}}[两三四五六七]?[日号天]"
        rf"|{N}[日号](?:{CLOCK}?{TO}(?:{N}月)?{N}[日号]{CLOCK}?"
        rf"|{_HOUR}?(?:以来|起|前(?![后0-9一二三四五六七八九十]))|{_HOUR})?))"
        rf"|(?P<date>{_DATE})"
        rf"|(?P<month>{N}月(?:当月|单月|份|底前?|末|初|上旬|中旬|下旬|最后一周)?|(?:(?<=年)|(?<![0-9一二三四五六七八九十])年)(?:初|底前?|末)))"
        rf"|(?P<years>{Y}年?{TO}{Y}年(?!{feast}))"
        rf"|(?P<by>到{Y}年(?:底|末)?)"
        rf"|{year}(?:(?P<feast>{feast})|(?P<season>{season})|(?P<during>{during})|(?P<year>(?![级龄])(?:度|全年)?))"
        rf"|(?P<feasts>{Y}{TO}{Y}年?(?:{words('feast')}))"
        rf"|(?P<seasons>[去今]{season}|(?<![如当])今[春夏秋冬](?:明春)?(?![{_OF_SEASON}])|去冬今春)"
        rf"|(?P<within>{words('within_year')})"
        "|(?P<decade>上个?世纪(?:[二三四五六七八九]十|[2-9]0)年代)"
        rf"|(?P<full>(?:{words('full_year')})(?!龄))"
        rf"|(?P<onward>(?:{words('onward')})(?:[，,]?(?:至|到|截至|截止到?){then}?{N}月(?:{N}[日号]|[底末]|[上中下]旬)?)?)"
        rf"|(?P<relative>(?:{words('month')})(?:[上中下]旬|[底末])?)|(?P<now>{words('now')})"
        rf"|(?P<vague>(?<!学)(?:近|前|过去的?)[一二三四五六七八九十两几0-9]{{1,2}}年(?:来|间)?|{lately}|{off}|{words('vague')})"
        rf"|(?P<today>(?:{words('day')})(?:{CLOCK}?[到至](?:{plain_words('day')}){CLOCK}?)?|未来{N}天)"
        rf"|(?P<week>(?:{words('week')})(?![边围转期]))|(?P<same>{words('same')})"
    )
    until = (
        rf"(?P<until>截(?:止[至到]?|至到?|到)(?:{plain_words('now')}|(?:{plain_words('day')}){HOUR}?|(?:{plain_words('month')})(?:[上中下]旬|[底末])"
        rf"|{then}?(?:第?[一二三四1-4]个?季度|上半年)末|今年?(?!以来|[0-9一二三四五六七八九十年])|发稿时?"
        rf"|{then}?(?:{N}月)?(?:{N}[日号]|上旬|中旬|下旬|底|末)?(?:年底|年末)?{HOUR}?))"
    )
    return re.compile(f"{until}|{rest}")


_PAIRS: Final = _pairs()
_OPENING: Final = _opening()
_PATTERN: Final = _pattern()
_LASTING: Final = _lasting()
