"""Numerals that are no figure: dates, clock times, ordinals, names, slogans, ages, specifications.

Each class is told by grammar (what stands directly before and after the numeral) or by the vocabulary
(`numeral_words.csv`, `numeral_places.csv`, `numeral_suffixes.csv`). Every answer is a named reason.
"""

from __future__ import annotations

import re
from typing import Final

from minsheng import vocabulary
from minsheng.measure.bounds import bound_after, bound_before
from minsheng.measure.characters import Characters
from minsheng.measure.longest import lengths, longest_at
from minsheng.measure.numerals import CHINESE, is_spoken
from minsheng.measure.quantity import Number
from minsheng.measure.seldom import Seldom
from minsheng.measure.sentences import positions
from minsheng.measure.specified import specifies
from minsheng.measure.units import Unit, unit_at

_D: Final = "[0-9０-９]"
_C: Final = "[〇零○一二三四五六七八九十两]"
_TO: Final = "[-—–~～至到、和及]{1,2}"
_YEAR: Final = rf"(?:(?:1[89]|20){_D}{{2}}|[一二][〇零○一二三四五六七八九]{{3}})"
_MONTH: Final = rf"(?:{_D}{{1,2}}|十?[一二三四五六七八九十]|正)"
_DAY: Final = rf"(?:{_D}{{1,2}}|[一二三]?十?[一二三四五六七八九十])"
_TENS: Final = r"(?:上旬|中旬|下旬|底|初|末|份|中|上半月|下半月)?"
_MONTH_DAY: Final = rf"{_MONTH}月{_TENS}(?:{_DAY}[日号])?"
_CLOCK: Final = rf"(?<!比)(?<!比[例为达约是])(?<!比例[为达约是]){_D}{{1,2}}(?:[:：]{_D}{{2}}){{1,2}}(?![0-9])"
_HOUR: Final = (
    rf"{_D}{{1,2}}(?:时|点(?!位|多|对|建|意|要|以上|[，。、；%个]))(?:{_D}{{1,2}}分(?:{_D}{{1,2}}秒)?|半|整|许|钟)?"
)

SKIP: Final = re.compile(
    "|".join(
        [
            rf"(?P<date>{_YEAR}(?:\s?{_TO}\s?{_YEAR})?\s?年(?:度|代|初|底|末|中)?(?:\s?{_MONTH_DAY}(?:{_TO}(?:{_MONTH_DAY}|{_DAY}日))?)?"
            rf"|{_YEAR}(?:\s?[-—–~～至]\s?{_YEAR})(?=[年）)】》\s]|$)"
            rf"|{_YEAR}(?P<sep>\s?[-/.．]\s?){_D}{{1,2}}(?P=sep){_D}{{1,2}}(?!{_D})|{_D}{{1,2}}[·•]{_D}{{1,2}}(?![0-9%])"
            rf"|{_D}{{1,2}}{_TO}{_MONTH_DAY}(?!龄)|{_MONTH_DAY}(?:{_TO}(?:{_MONTH_DAY}|{_DAY}日))?(?!龄|嫂|饼|季|球)"
            rf"|{_DAY}[日](?:{_TO}{_DAY}日)?(?!均|常|元|内|游|照|托|报价)|{_D}{{1,2}}{_TO}{_DAY}日(?!均|常|元|内|游)"
            rf"|(?:{_D}|[一二三四]){{1,2}}(?:{_TO}[1-4一二三四])?季度|{_D}{{2}}年代|{_D}{{1,2}}世纪"
            rf"|[二十]{{1,3}}[一二]?世纪(?:[一二三四五六七八九]十年代)?|[一二三四五六七八九]十年代|{_C}{{1,2}}更)",
            rf"(?P<time>{_CLOCK}(?:{_TO}{_CLOCK})?|(?:{_D}{{1,2}}[-—–~～至]{{1,2}})?{_HOUR}(?:{_TO}{_HOUR})?)",
            rf"(?P<age>{_D}{{1,3}}(?:{_TO}{_D}{{1,3}})?(?:周?岁|[月日周]龄)|{_D}0后|[〇零一二三四五六七八九十百]{{1,4}}(?:多|余)?周?岁)",
            rf"(?P<road>[GSXYC]?{_D}{{1,4}}(?:国道|省道|县道|乡道)|{_D}{{1,4}}(?:路公交|路车|号线))",
            rf"(?P<telephone>1[3-9]{_D}{{9}}(?!{_D})|0{_D}{{2,3}}[-—]{_D}{{7,8}}|[48]00[-—]?{_D}{{3,4}}[-—]?{_D}{{3,4}}(?!{_D}))",
            rf"(?P<telephone2>1{_D}{{2,4}}(?=(?:[”\"」])?(?:热线|指挥|报警|急救|电话|接处警|接警|救护|政务|便民|平台|市民|、1{_D}{{2,4}}(?:{_D}|热线|平台|指挥))))",
            rf"(?P<identifier>{_D}{{1,5}}号(?:令|文|公告|文件|车|院|楼|门|店|路|地块|台风|机组|铺|库|码头|站|仓|井|汽油|柴油|会议|提案|建议|代表|房)?|{_D}{{1,4}}#)",
            rf"(?P<formula>{_D}+(?:(?!\s[+＋]\S)\s?[+＋×*✕xX]\s?(?:{_D}+|[NXn{CHINESE}]+))+|{_D}{{1,4}}(?:[.．]{_D}{{1,3}})?(?:[:：∶]{_D}{{1,4}}(?:[.．]{_D}{{1,3}})?)+|{_D}+比{_D}+(?!例|上)|[{CHINESE}]{{1,3}}[+＋][{CHINESE}NXn]{{1,3}})",
            rf"(?P<grade>{_D}(?:\.{_D})?(?:{_TO}{_D}(?:\.{_D})?)?[A-Z]{{0,5}}级(?:以上|以下)?|[一二三四五六七八九十]+(?:{_TO}[一二三四五六七八九十]+)?(?:级|等[奖功座]|星级))",
        ]
    )
)
_SKIP_AFTER: Final = frozenset("年月日号时点季旬世更岁周国省县乡路线级等星-—–~～至到、和及/.．:：∶·•+＋×*✕xX比#后 日龄")
_LIFE: Final = Seldom(  # 平均年龄44岁, 平均年龄由48岁降至42岁
    rf"(?:{'|'.join(vocabulary.context('lasts'))})(?:[由从][0-9.]{{1,5}}岁)?"
    r"(?:(?:提高|增加|延长|上升|下降|降低|降|升)[到至])?(?:已|仅|只)?(?:达到?|为|是|在|有|由|从)?(?:大?约|近|不到|不足|超过?)?\Z"
)
_LIFE_REACH: Final = 18  # characters before years of age in which the word of them stands
_CALLED: Final = frozenset('热指报急电接救政便平市”"」')  # how what a short telephone number calls begins
_TELEPHONE: Final = 10  # digits of a long one
_SECTION_AFTER: Final = re.compile(rf"[、.．](?!{_D})|[）)]")
SECTION_BEFORE: Final = Characters("\n\r\t\u3000 。；;！：:，,、“（(")  # what a section's number may stand behind
_ENUMERATOR: Final = re.compile(r"[一二三四五六七八九十]{1,2}(?:是(?!否)|要|则|来|在于)")
_QUOTE: Final = re.compile(
    r"“[^“”\n]{0,40}”|《[^《》\n]{0,80}》|「[^「」\n]{0,40}」|『[^『』\n]{0,40}』|‘[^‘’\n]{0,40}’|\"[^\"\n]{1,24}\"|【[^【】\n]{0,60}】"
)
_QUOTES: Final = '“《「『‘"【'  # what one of them begins with
_SPEECH: Final = re.compile(r"[。！？；!?]|，.{6}")
SLOGAN: Final = 16  # characters: what is longer between quotation marks is somebody speaking


def may_skip(text: str, start: int, end: int) -> bool:
    """Whether ``SKIP`` could match at the numeral ``text[start:end]``: a cheap look before an expensive one."""
    after = text[end : end + 1]
    if after in _SKIP_AFTER or text[end + 1 : end + 2] in ("岁", "周"):
        return True
    called = after in _CALLED and text[start] in "1１"
    return called or (after.isascii() and after.isalpha()) or end - start >= _TELEPHONE


def lasts(text: str, start: int) -> bool:
    """Whether what would be an age is how long one may expect to live (人均预期寿命81.6岁), or the mean of
    many (平均年龄44岁): both are measured."""
    return _LIFE.search(text, max(0, start - _LIFE_REACH), start) is not None


def quoted(text: str) -> list[tuple[int, int, str]]:
    """Where names and slogans stand, in order: start, end, and the reason for what is in it."""
    found: list[tuple[int, int, str]] = []
    end = 0
    for start in positions(text, _QUOTES):
        hit = _QUOTE.match(text, start) if start >= end else None
        if hit is None:
            continue
        end = hit.end()
        opening = text[start]
        if opening == "《":
            found.append((start, end, "document"))
        elif opening != "【" and not _spoken(text, start + 1, end - 1):
            found.append((start, end, "slogan"))
    return found


def _spoken(text: str, start: int, end: int) -> bool:
    """Whether what is quoted is somebody speaking, who may well state a figure."""
    return (
        end - start > SLOGAN
        or text[start - 2 : start - 1] in ("：", ":")
        or _SPEECH.search(text, start, end) is not None
    )


def _numeral_words() -> dict[str, tuple[tuple[int, str, str], ...]]:
    """Words that hold a numeral, by its first numeral with the character after it (else before it)."""
    numeral = re.compile(f"[{CHINESE}]")
    table: dict[str, list[tuple[int, str, str]]] = {}
    known = vocabulary.pairs("numeral_words", "word", "reason") | {
        p: "name" for p in vocabulary.words("numeral_places", "place")
    }
    for word, reason in known.items():
        hit = numeral.search(word)
        if hit:
            at = hit.start()
            table.setdefault(word[at - 1 : at + 1] if at else word[:2], []).append((at, word, reason))
    return {key: tuple(sorted(found, key=lambda f: -len(f[1]))) for key, found in table.items()}


_NUMERAL_WORDS: Final = _numeral_words()


def word_at(text: str, at: int) -> tuple[int, str] | None:
    """The end and the reason of the longest known word whose first numeral stands at ``at``."""
    best: tuple[int, str] | None = None
    for key in (text[at : at + 2], text[max(0, at - 1) : at + 1]):
        for offset, word, reason in _NUMERAL_WORDS.get(key, ()):
            end = at - offset + len(word)
            if (best is None or end > best[0]) and offset <= at and text.startswith(word, at - offset):
                best = end, reason
    return best


def _short_names() -> dict[str, list[str]]:
    """The counties whose short name reads as a count (三门县, 五台县), by that."""
    found: dict[str, list[str]] = {}
    for place in vocabulary.words("numeral_places", "place"):
        unit = unit_at(place, 1) if len(place) == _COUNTY and place[0] in CHINESE and place[-1] in "县市区旗" else None
        if unit is not None and unit.dimension == "count":
            found.setdefault(place[:2], []).append(place)
    return found


_COUNTY: Final = 3  # characters of the name of a county whose short name reads as a count
SHORT_NAMES: Final = _short_names()
_PIECES: Final = Seldom(rf"[^\W\d_]{{0,6}}?(?:{'|'.join(vocabulary.context('pieces'))})")


def short_name(text: str, number: Number, end: int) -> str | None:
    """The short name of a county that a count reads as (三门 in 三门核电), unless what it counts stands behind it
    (三门课程, 五台大型收割机)."""
    short = text[number.start : end]
    if short not in SHORT_NAMES or not "一" <= text[end : end + 1] <= "龥" or _PIECES.match(text, end):
        return None
    return short


def section(text: str, start: int, end: int) -> bool:
    """Whether the numeral numbers a section: 一、 （二） 3. at the beginning of a line or sentence, 一是 in a list."""
    before = text[start - 1] if start else "\n"
    if before in "（(" and text[end : end + 1] in ("）", ")") and end - start <= 3:
        return True
    if before in "\n\r\u3000 。；;\t" and end - start <= 3 and _SECTION_AFTER.match(text, end):
        return True
    return before in "\n\r\u3000 。；;！：:，,、“（" and _ENUMERATOR.match(text, start) is not None


_SUFFIXES: Final = vocabulary.pairs("numeral_suffixes", "suffix", "reason")
_SUFFIX_LENGTHS: Final = lengths(_SUFFIXES)
_LONG_SUFFIXES: Final = Characters(suffix[0] for suffix in _SUFFIXES if len(suffix) > 1)  # may be longer than a unit


_HALVES_OF_DAY: Final = frozenset("晨午夜")


def reason_without_unit(text: str, start: int, end: int, chinese: bool) -> str:
    """Why a numeral that counts in no unit is no figure, from what touches it."""
    before = text[start - 1 : start] if start else ""
    if before == "第":
        return "ordinal"
    suffix = longest_at(text, end, _SUFFIXES, _SUFFIX_LENGTHS)
    if suffix == "点" and text[start:end] == "一" and before not in _HALVES_OF_DAY:
        return "word"  # 一点常识, 凌晨一点
    if suffix is not None:
        return _SUFFIXES[suffix]
    if chinese:
        return "no_unit" if is_spoken(text[start:end]) else "word"
    after = text[end : end + 1]
    named = before == "-" and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha()
    if named or (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return "identifier"
    if end - start >= 5 and text[start:end].isdigit():
        return "identifier"
    if end - start == 4 and text[start:end].isdigit() and text[start : start + 2] in ("19", "20"):
        return "date"
    return "no_unit"


_CIRCLE: Final = Seldom(r"[^\W\d_]{0,8}?圈")
_SPENT: Final = Seldom(r"(?:时|达|近|超|过|短|在|至|约|足|到)\Z")
_AFTER_ONE: Final = Seldom(r"[、，。；;,\n）)]|\Z")
_LIST_OF_COUNTS: Final = Seldom(r"[\u4e00-\u9fff]{1,12}(?:、|和|及|以及)\s?[0-9二三四五六七八九两十]")
_NOT_BEFORE_ONE: Final = "择选每其另这那某同任第有是了的首头下上前后统唯中又再为在一之成进过着哪"
_TINY: Final = 20  # a Chinese count up to this one before an abstract noun is a heading's count, not a figure


_NOUN_ENDS: Final = r"(?=[，。；：、“”（）()—\-\s等上入下发着来开进的为和做一：]|\Z)"
_ABSTRACT: Final = Seldom(rf"[^，。；：、“”\n的]{{0,4}}?(?:{'|'.join(vocabulary.words('abstract_nouns'))}){_NOUN_ENDS}")


_LEFT_OUT: Final = vocabulary.context("left_out")
_HANDLED: Final = Characters("理置于在")  # what makes another word of 处: 500米处 says where
_FATES: Final = vocabulary.words("casualty_words")  # what befalls a person who is counted also where there is one
_ASPECTS: Final = vocabulary.context("aspect")
_REIGNS: Final = vocabulary.context("reign")
_SESSIONS: Final = vocabulary.context("session")
_HELD: Final = vocabulary.context("held")
_NO_HALF: Final = Characters(vocabulary.context("no_half"))
_LASTING: Final = vocabulary.context("lasting")
_SPAN_BEFORE: Final = vocabulary.context("span_before")
_SPAN_AFTER: Final = vocabulary.context("span_after")
_YEAR_BEFORE: Final = Seldom(rf"{_YEAR}年\Z")


_ONES: Final = ("1", "一")
_NONE_OF: Final = vocabulary.context("none_of")


def reason_with_unit(text: str, number: Number, unit: Unit, end: int) -> str | None:
    """Why a number is no figure although a unit follows it, or None when it is one. ``end`` is the unit's end."""
    before = text[number.start - 1] if number.start else ""
    if unit.dimension == "specification":
        return "specification"
    if unit.word == "岁" and not (lasts(text, number.start) or _is_mean(text, number)):
        return "age"
    if _LONG_SUFFIXES.at(text, number.end):
        suffix = longest_at(text, number.end, _SUFFIXES, _SUFFIX_LENGTHS)
        if suffix is not None and len(suffix) > end - number.end:  # 17座客车 counts no seats
            return _SUFFIXES[suffix]
    if before == "每" or (before == "/" and text[number.start - 2 : number.start - 1] == "元"):  # 单位：元/500克
        return "per"
    reason = _numbers(text, number, unit, end, before)
    if reason is not None:
        return reason
    if unit.dimension == "duration" and _only_when(text, number, unit, end):
        return "period"
    if specifies(text, number, unit, end):
        return "specification"
    if number.raw in _ONES and text.endswith(_NONE_OF, 0, number.start):
        return "vague_one"  # 未发生1例: there was none
    if unit.word in ("个", "项", "条") and number.value <= _TINY and text.startswith(_ASPECTS, end):
        return "enumeration"
    exact = number.chinese and number.bound == "exact"
    return _word_of_count(text, number, unit, end, before) if exact else None


def _is_mean(text: str, number: Number) -> bool:
    """Whether years of age are those of many, as only a mean has tenths: 平均43.6岁, 下降5.2岁; not 2.5岁男童."""
    if "." not in number.raw:
        return False
    return number.value >= _GROWN_UP or text.endswith(_CHANGES, 0, number.start)


_GROWN_UP: Final = 10
_CHANGES: Final = vocabulary.words("change_words")
_FIRST_SO_MANY: Final = frozenset(vocabulary.context("first_so_many"))
_PLACES: Final = ("位", "名")
_POSTED: Final = ("公里", "千米")
_BEHIND_POST: Final = frozenset("加+＋")
_POST: Final = Seldom("[加+＋][0-9]{1,3}米")  # 183公里加600米处 is a place on a road
_CLAUSE_ENDS: Final = frozenset(("", *"，,。；;、）)！\n"))
_RANK: Final = Seldom(  # a place in a ranking: 列全省56位, 排名56位
    rf"(?:{'|'.join(vocabulary.context('rank'))})[在为]?(?:全[国省市县区州球]|[一-龥]{{2}}[省市])?\Z"
)


def _numbers(text: str, number: Number, unit: Unit, end: int, before: str) -> str | None:
    """Why a number with a unit only numbers or names something: 前3名, 5#, K1次, 2米处, 村3组, 四次会议; else None."""
    start = number.start
    if before == "前" and unit.dimension == "count" and number.value <= 100 and unit.word in _FIRST_SO_MANY:
        return "ordinal"
    if unit.word in _PLACES and text[end : end + 1] in _CLAUSE_ENDS and _RANK.search(text, max(0, start - 8), start):
        return "ordinal"
    if number.raw == "一" and start > 1 and text[start - 2] == "一":
        return "idiom"
    if number.raw in ("一", "1") and text.endswith(_LEFT_OUT, 0, start):  # 不漏一人
        return "idiom"
    if unit.word == "年" and text.endswith(_REIGNS, 0, start):
        return "date"
    if before in ("#", "№", "^") or (before == "/" and text[start - 2 : start - 1].isdecimal() and unit.word == "次"):
        return "identifier"
    if unit.dimension == "length" and text[end : end + 1] == "处" and not _HANDLED.at(text, end + 1):
        return "location"
    if unit.dimension == "length" and (
        (unit.word in _POSTED and text[end : end + 1] in _BEHIND_POST and _POST.match(text, end))
        or (before in _BEHIND_POST and text.endswith(_POSTED, 0, start - 1))
    ):
        return "location"
    if unit.word == "组" and before in ("村", "社", "屯"):
        return "location"
    if (
        unit.word == "次"
        and text.startswith(_SESSIONS, end)
        and (text[end] == "列" or not (number.raw == "两" or text.endswith(_HELD, 0, start)))
    ):
        return "ordinal"
    return None


_NEVER_VAGUE: Final = frozenset({"ratio", "energy"})
_MEASURED: Final = frozenset({"money", "length", "area", "mass", "volume"})
_HALVED: Final = frozenset({"duration", "length", "area", "mass", "volume"})
_LIMITS: Final = Characters("至到为于")


def and_half(text: str, at: int, unit: Unit) -> bool:
    """Whether the 半 at ``at`` is half a ``unit`` more (五公里半, 一年半), not the beginning of a word (半导体)."""
    return unit.dimension != "count" and unit.word != "番" and not _NO_HALF.at(text, at + 1)


_AND_MORE: Final = Seldom(  # what is counted in a smaller unit behind a unit: 一年零三个月, 一小时二十分, 一斤八两
    r"(?<=年)零?[一二两三四五六七八九十0-9]{1,2}个月|(?<=时)零?[一二三四五六七八九十0-9]{1,3}分|(?<=斤)[一二三四五六七八九]两"
)


def _with_more(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a part of a unit more follows a number: 一年半, 一个半小时, 一年零三个月."""
    if text.startswith("个半", number.end):
        return unit.dimension != "count"
    if text[end : end + 1] == "半" and and_half(text, end, unit):
        return True
    return unit.word[-1] in "年时斤" and _AND_MORE.match(text, end) is not None


def half_unit(text: str, at: int) -> bool:
    """Whether 半 at ``at`` may be the number of a unit (半公里, 近半年): not 大半年, 前半周, 半天, 半个苹果."""
    unit = unit_at(text, at + 1)
    if unit is None or unit.dimension not in _HALVED or unit.word == "天":
        return False
    return not _PART_OF_HALF.at(text, at - 1)


_NO_OVER: Final = Characters("通超经度")  # 通过半数: another word
_HALVED_NOUNS: Final = vocabulary.words("count_nouns", "noun")


def passed_half(text: str, at: int) -> bool:
    """Whether a share is said to be over or near a half (占比过半, 近半企业); a work may be so, too (工程过半)."""
    if NEARLY.at(text, at - 1):
        noun = unit_at(text, at + 1) is None and not _NO_HALF.at(text, at + 1)
        return noun and bound_before(text, at)[0] is not None
    if text[at - 1 : at] == "过" and not _NO_OVER.at(text, at - 2) and text.startswith(_HALVED_NOUNS, at + 1):
        return True  # 过半居民参保
    return text[at - 1 : at] == "过" and text.endswith(vocabulary.context("half_share"), 0, at - 1)


def part(text: str, start: int, end: int) -> bool:
    """Whether 一半 is a share: 占一半, 减少一半, 近一半, 一半以上; not 另一半, 一半是."""
    if text.endswith(vocabulary.context("half_of"), 0, start) or bound_before(text, start)[0] is not None:
        return True
    return bound_after(text, end)[0] is not None


NEARLY: Final = Characters(vocabulary.context("nearly"))  # about so many, although 过半, 百家 and 千家 are words
_PART_OF_HALF: Final = Characters("大小前后上下多一夜深")


def before_limit(text: str, start: int) -> bool:
    """Whether nothing before the number makes what is 内 of it a limit (压缩至3年内)."""
    return not _LIMITS.at(text, start - 1)


def _only_when(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a duration only says when or how long something else was: 24小时值班, 近三年来."""
    start = number.start
    if number.raw in ("一", "百", "千", "万") and not _with_more(text, number, unit, end):
        return True
    if unit.word == "年" and text[start - 1 : start] == "年" and _YEAR_BEFORE.match(text, max(0, start - 5), start):
        return True  # 2021年、2022年、2023年三年
    about = text[start - 1 : start] == "近" and (unit.code == "h" or text.endswith(_LASTING, 0, start - 1))
    if number.raw == "半" and unit.word == "年" and not about:
        bound = bound_before(text, start)[0] or bound_after(text, end)[0]
        if bound is None and not text.endswith(_LASTING, 0, start):
            return True  # 半年增速
    if number.raw == "24" and unit.code == "h" and not _SPENT.search(text, max(0, start - 4), start):
        return True
    more = text[end : end + 1] in ("多", "半")
    if text[end : end + 1] == "内" and before_limit(text, start):
        return True
    if unit.code == "h" and _CIRCLE.match(text, end):  # 15分钟生活圈
        return True
    return (not about and text.endswith(_SPAN_BEFORE, 0, start)) or text.startswith(_SPAN_AFTER, end + more)


def _word_of_count(text: str, number: Number, unit: Unit, end: int, before: str) -> str | None:
    """Why an exact Chinese number with a unit counts nothing: 一名工人, 二期, 三个方面; None where it does."""
    if number.raw == "一" and unit.dimension not in _NEVER_VAGUE and not _with_more(text, number, unit, end):
        if unit.dimension in _MEASURED and bound_before(text, number.start)[0] is not None:
            return None  # 近一元
        counted = unit.dimension == "count" and unit.word != "批"  # 关停一批
        counted = counted and "\u4e00" <= before <= "\u9fff" and before not in _NOT_BEFORE_ONE
        counted = counted and bool(_AFTER_ONE.match(text, end) or _LIST_OF_COUNTS.match(text, end))
        if not counted and not (unit.word == "人" and before != "每" and text.startswith(_FATES, end)):
            return "vague_one"
    if number.raw == "二" and unit.dimension == "count":
        return "ordinal"
    if unit.code == "{item}" and number.value <= _TINY and _ABSTRACT.match(text, end):
        return "enumeration"
    return None
