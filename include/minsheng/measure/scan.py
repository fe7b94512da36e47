"""One pass over a text: every numeral becomes a Figure or a Rejection, in the order of the text.

A numeral is read with what belongs to it: approximators before, inside and after, magnitude, a range's
second end, unit. What is no figure leaves with a named reason; a character of a numeral is never in
two results and never in none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from minsheng import vocabulary
from minsheng.contracts import Bound, Rejection
from minsheng.measure import bare, bounds, contexts, numerals, quantity, ranges, smaller, specified, tables
from minsheng.measure.characters import Characters
from minsheng.measure.figure import Figure
from minsheng.measure.quantity import Number
from minsheng.measure.units import ONE, UNITS, Unit, unit_at

_ORDINALS: Final = re.compile(
    r"(?:[-—–－~～至到、和]|、第)(?=[0-9０-９一二三四五六七八九十])(?![0-9０-９.]{1,9}[个名家万亿余多%])"
)
_HALF: Final = Decimal("0.5")
_FIFTY: Final = Decimal(50)
MOST: Final = 40_000  # numerals read in one text (a million characters hold 35 000); the rest leaves as ``overflow``
_CELL_ENDS: Final = frozenset({" ", "\t", "\n", "\r", "\u3000", "|", ""})
_DAMAGE: Final = Characters("□■\ufffd?")  # what a broken mirror leaves where a character stood
_LOST_BEFORE: Final = Characters(".．")  # that a digit stood before it is lost: 核桃.6万亩
_SPOKEN_MINUS: Final = vocabulary.context("spoken_minus")  # 增长负3%, 增速为负3%
_LIMITED: Final = ("money", "mass", "volume", "area")  # by 内 behind the unit; 3天内 and 5公里内 say when and where
_MISSET: Final = Characters(",.")  # what stands wrong in a number of which only a part has the unit
_GROUP: Final = 3  # digits between the commas of a number
_YUAN: Final = Unit("块", "CNY", ONE, "money")
_BARE_YUAN: Final = Unit("", "CNY", ONE, "money")
_SPOKEN: Final = ("块", "块钱", "万块", "万块钱")
_PIECES: Final = vocabulary.context("in_pieces")
_SOON: Final = 12  # characters in which the next amount is spoken of
_WORDS_OF_MANY: Final = Characters(vocabulary.context("before_number"))  # 数 and 几 behind them begin no numeral: 人数
_HALVED: Final = vocabulary.context("halved")  # 半价, 半票: half of what is meant, but no figure
_DOUBLINGS: Final = 10  # nothing doubles more often in a plan
_AFTER_ACRONYM: Final = ("count", "money", "ratio")  # 安装AED120台, 实现GDP8.6万亿元, 占GDP2.6%
_CHINESE: Final = frozenset(numerals.CHINESE)
_VISITS: Final = vocabulary.words("visit_words")  # after which 次 counts persons visited or served, not events
_REACHED: Final = Characters("达到为了")


def scan(text: str) -> tuple[list[Figure], list[Rejection]]:
    """All figures and all rejections of ``text``, each in order."""
    scanner = Scanner(text)
    scanner.run()
    return scanner.figures, scanner.rejections


class Scanner:
    """The state of one pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = contexts.quoted(text)
        self._quote = 0  # the first that does not end before what is read
        self.figures: list[Figure] = []
        self.rejections: list[Rejection] = []
        self._cells: dict[int, tables.Cell] | None = None
        self._named: dict[str, bool] = {}  # whether the text has a name, by its short form

    def run(self) -> None:
        """Read every numeral of the text."""
        at, left = 0, MOST
        for run in numerals.RUN.finditer(self.text):
            at, end = max(at, run.start()), run.end()
            while at < end and left:
                at, left = self._read(at), left - 1
            if not left:
                break
        else:
            return
        for rest in numerals.NUMERAL.finditer(self.text, at):
            self._reject(rest.start(), rest.end(), "overflow")

    def _reject(self, start: int, end: int, reason: str, value: Decimal | None = None) -> int:
        self.rejections.append(Rejection(self.text[start:end], value, start, end, reason))
        return end

    def _read(self, start: int) -> int:
        text = self.text
        if text[start] in "数几" and start and _WORDS_OF_MANY.at(text, start - 1):
            start += 1
        token = numerals.NUMERAL.match(text, start)
        if token is None:  # 数, 几 or a formal numeral that stands alone, as in 数据 or 队伍: no numeral
            half = start < len(text) and text[start] in numerals.HALVES
            return self._halved(start) if half else start + 1
        end = token.end()
        if end - start > numerals.LONGEST:
            return self._reject(start, end, "identifier")
        if self.quotes and (reason := self._quoted(start)):
            return self._reject(start, end, reason)
        chinese = not numerals.DIGITS_ARABIC.at(text, start)
        ordinal = start and text[start - 1] == "第"
        word = contexts.word_at(text, start) if chinese and not (ordinal and end - start > 1) else None
        if word and not self._counts(start, end, word):
            return self._word(start, end, word)
        if ordinal:
            return self._ordinal(start, end)
        if (not start or contexts.SECTION_BEFORE.at(text, start - 1)) and contexts.section(text, start, end):
            return self._reject(start, end, "section")
        follower = text[end : end + 1]
        if follower == "分" and (fraction := numerals.fraction(text, start)):
            return self._fraction(start, fraction)
        skip = contexts.SKIP.match(text, start) if contexts.may_skip(text, start, end) else None
        if skip and not (skip.lastgroup == "age" and contexts.lasts(text, start)):
            return self._reject(start, skip.end(), (skip.lastgroup or "").rstrip("2"))
        if follower == "/" and (part := quantity.fraction_at(text, start, end)):
            return self._accept(part, Unit("", "%", ONE, "ratio"), part.end)
        number = quantity.decimal_at(text, start) if chinese and follower == "点" else None
        number = number or quantity.number_at(text, start, end)
        if number is None:
            return self._reject(start, end, "malformed")
        return self._quantity(number)

    def _counts(self, start: int, end: int, word: tuple[int, str]) -> bool:
        """Whether a numeral counts, although it is a ``word``, too: 近百家, 十一亿元 (no holiday), 十一点多."""
        text = self.text
        after = text[end : end + 1]
        if after == "分":  # 十分之三, 万分之2.3
            return numerals.fraction(text, start) is not None
        if after == "点" and text[start:end] == "零":  # 零点五公里
            return quantity.decimal_at(text, start) is not None
        if text[start:end] in bare.ROUND:
            return contexts.NEARLY.at(text, start - 1)
        of_day = word[1] == "date" and word[0] <= end and text[start] == "十"
        number = quantity.number_at(text, start, end) if of_day else None
        return number is not None and (text[end : end + 1] == "点" or quantity.unit_after(text, number) is not None)

    def _quoted(self, at: int) -> str | None:
        """The reason (``slogan`` or ``document``) when ``at`` lies in a quoted name, else None; asked from left to
        right."""
        while self._quote < len(self.quotes):
            start, end, reason = self.quotes[self._quote]
            if at < end:
                return reason if start <= at else None
            self._quote += 1
        return None

    def _ordinal(self, start: int, end: int) -> int:
        while (link := _ORDINALS.match(self.text, end)) and (token := numerals.NUMERAL.match(self.text, link.end())):
            end = token.end()
        return self._reject(start, end, "ordinal")

    def _word(self, start: int, end: int, word: tuple[int, str]) -> int:
        """A word that holds a numeral and counts nothing, but for 一半 where it is a share."""
        word_end, reason = word
        if reason == "half" and contexts.part(self.text, start, word_end):
            return self._share(Number(start, word_end, _FIFTY, "一半", chinese=True))
        end = self._reject(start, _word_end(self.text, start, end, word_end), "word" if reason == "half" else reason)
        if end < word_end - 1 and not _CHINESE.isdisjoint(self.text[end:word_end]):  # 三番五次
            for more in numerals.NUMERAL.finditer(self.text, end, word_end):
                end = self._reject(more.start(), more.end(), reason)
        return end

    def _share(self, number: Number) -> int:
        return self._accept(number, Unit("", "%", ONE, "ratio"), number.end)

    def _halved(self, start: int) -> int:
        """半 where it counts something: 半公里, 半数以上, 占比过半; it is a date in 上半年 and else part of a word."""
        text, after = self.text, self.text[start + 1 : start + 2]
        if self.quotes and self._quoted(start):
            return start + 1
        if after == "年" and text[start - 1 : start] in ("上", "下"):
            return self._reject(start - 1, start + 2, "date")
        if after == "数" and text[start] == "半" and text[start + 2 : start + 3] != "字":
            return self._share(Number(start, start + 2, _FIFTY, "半数", chinese=True))
        if contexts.passed_half(text, start):
            return self._share(Number(start, start + 1, _FIFTY, "半", chinese=True))
        if after in numerals.MAGNITUDES and (token := numerals.NUMERAL.match(text, start + 1)):  # 半百
            return self._reject(start, token.end(), "word")
        number = Number(start, start + 1, _HALF, text[start], chinese=True)
        unit = contexts.half_unit(text, start) and quantity.unit_after(text, number)
        if unit:
            return self._quantity(number)
        return self._reject(start, start + 1, "word") if text.startswith(_HALVED, start) else start + 1

    def _fraction(self, start: int, found: tuple[Decimal, int, str]) -> int:
        value, end, code = found
        number = Number(start, end, value, "分之", chinese=True)
        second = ranges.RANGE.match(self.text, end)
        if second and (other := numerals.fraction(self.text, second.end())) and other[2] == code and other[0] > value:
            number.high, number.bound, end = other[0], "range", other[1]
        return self._accept(number, Unit("", code, ONE, "ratio"), end, number.high)

    def _quantity(self, number: Number) -> int:
        text, start = self.text, number.start
        if tally := bare.tallied(text, number, self.figures[-1] if self.figures else None):
            end = self._accept(number, Unit("", tally.code, ONE, "count"), number.end)
            self.figures[-1].counted = tally.word
            return end
        found = _half(text, number) or quantity.unit_after(text, number) or quantity.unit_apart(text, number)
        if found and found[0].word == "块" and self._paid(start):
            found = _YUAN, found[1]
        if found and ranges.negative(text, start, found[0].dimension):
            number.value = -number.value
        second = ranges.upper_end(text, number, found)
        if found is None and second is None:
            return self._bare(number)
        if start and _MISSET.at(text, start - 1) and self._is_misset(number):
            return self._reject(start, number.end, "malformed", number.value)
        unit, at = found or second[1]  # type: ignore[index]
        number.value = quantity.discounted(unit, number.value)
        if unit.dimension == "doubling":
            return self._doubling(number, at + len(unit.word))
        end = at + len(unit.word)
        before = text[start - 1] if start else ""
        if before.isascii() and before.isalpha() and not (unit.dimension in _AFTER_ACRONYM and _acronym(text, start)):
            return self._reject(start, number.end, "identifier", number.value)
        named = number.chinese and contexts.short_name(text, number, end)
        reason = "name" if named and self._has(named) else contexts.reason_with_unit(text, number, unit, end)
        if reason or (second and specified.bounds_a_class(text, second[1][1] + len(second[1][0].word))):
            reason = reason or "specification"
            last = second[0].end if second else number.end
            magnitude = last == at and unit.word[0] in numerals.SMALL  # the 千 of 35千伏
            done = self._reject(start, last + magnitude, reason, number.value)
            more = text[end : end + 1] == "半" and contexts.and_half(text, end, unit)  # 一年半来
            return self._reject(end, end + 1, reason) if more else done
        high = None
        if second:
            high, (unit, at) = second[2], second[1]
            end = at + len(unit.word)
            if found and found[0].factor != unit.factor:  # 500克至2千克: both ends in the second's unit
                number.value = quantity.convert(number.value, found[0].factor / unit.factor)
        unit, end = quantity.per_unit(text, unit, start, end)
        end = self._accept(number, unit, end, high)
        if (cell := self._cell(number, end)) is not None:
            _fill(self.figures[-1], cell)
        return end

    def _has(self, short: str) -> bool:
        """Whether the text names in full one of the counties that ``short`` may stand for."""
        if short not in self._named:
            self._named[short] = any([name in self.text for name in contexts.SHORT_NAMES[short]])
        return self._named[short]

    def _is_misset(self, number: Number) -> bool:
        """Whether a number is the rest of one that was set wrong (1,2345人, 1.2.3亿元), not the next of a list."""
        last = self.rejections[-1] if self.rejections else None
        if last is None or last.reason != "no_unit" or last.char_end != number.start - 1:
            return False
        if self.text[number.start - 1] == ",":
            return len(last.surface) <= _GROUP < len(number.raw) and f"{last.surface}{number.raw}".isdecimal()
        return "." in last.surface

    def _paid(self, start: int) -> bool:
        """Whether the figure before, near ``start``, is money in 块: 卖了3000块，比上月多500块, but 砌砖500块."""
        last = self.figures[-1] if self.figures else None
        if last is None or last.unit != "CNY" or last.classifier not in _SPOKEN or start - last.end >= _SOON:
            return False
        return not self.text.endswith(_PIECES, last.end, bounds.bound_before(self.text, start)[1])

    def _doubling(self, number: Number, end: int) -> int:
        """翻一番 is a growth by 100 per cent, 翻两番 one by 300; any other 番 counts nothing."""
        times = int(number.value)
        start = bounds.bound_before(self.text, number.start)[1]  # 翻了近一番
        if not 1 <= times <= _DOUBLINGS or not self.text.endswith(("翻", "翻了"), 0, start):
            return self._reject(number.start, number.end, "idiom")
        number.value = (Decimal(2) ** number.value - 1) * 100
        return self._accept(number, Unit("番", "%", ONE, "ratio"), end)

    def _bare(self, number: Number) -> int:
        """A number without a unit: a figure where a counted noun follows it or a counting subject precedes it."""
        text, start = self.text, number.start
        unit = bare.listed(text, number, self.figures[-1] if self.figures else None)
        if unit is not None:
            if ranges.negative(text, start, unit.dimension):
                number.value = -number.value
            return self._accept(number, Unit("", unit.code, unit.factor, unit.dimension), number.end)
        sign = None if number.chinese else quantity.sign_before(text, start)
        if sign is not None:
            return self._accept(number, sign, number.end, sign=len(sign.word))
        cell = None if number.chinese else self._cell(number, number.end)
        head = cell.head if cell is not None else None if number.chinese else tables.labelled(text, start)
        if head is not None:
            for magnitude in head.magnitude:
                number.value *= numerals.MAGNITUDES[magnitude]
            number.raw += head.magnitude
            if ranges.MINUS.at(text, start - 1) and head.unit.dimension in ranges.BELOW and not head.grows:
                number.value = -number.value
            end = self._accept(number, head.unit, number.end)
            figure = self.figures[-1]
            figure.named_unit, figure.grows, figure.cell = False, head.grows, cell
            return end
        least = 100 if number.chinese else 10
        substantial = number.bound != "exact" or number.magnitude or number.value >= least
        year = number.bound == "exact" and number.end - start == 4 and 1900 <= number.value <= 2100
        latin = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha() and not _acronym(text, start)
        if substantial and not year and not latin:
            code = bare.counted(text, number, self.figures[-1] if self.figures else None)
            if code and specified.is_class(text, number):
                return self._reject(start, number.end, "specification", number.value)
            vague = number.chinese and number.raw in "百千万亿" and number.bound == "exact"
            if code and not (vague and bounds.bound_before(text, start)[0] is None):  # 观看人数破千万
                return self._accept(number, Unit("", code, ONE, "count"), number.end)
        if bare.earned(text, number):
            return self._accept(number, _BARE_YUAN, number.end)
        last = self.rejections[-1] if self.rejections else None
        if last and last.reason == "identifier" and last.char_end == start - 1 and ranges.MINUS.at(text, start - 1):
            return self._reject(start, number.end, "identifier", number.value)  # 2024-0317
        return self._reject(
            start, number.end, contexts.reason_without_unit(text, start, number.end, number.chinese), number.value
        )

    def _cell(self, number: Number, end: int) -> tables.Cell | None:
        """The cell of a table that the number that ends at ``end`` fills."""
        text, start = self.text, number.start
        edge = start - ranges.SIGNS.at(text, start - 1)
        if (edge and text[edge - 1] not in _CELL_ENDS) or text[end : end + 1] not in _CELL_ENDS:
            return None
        if self._cells is None:
            self._cells = tables.cells(text)
        return self._cells.get(start)

    def _accept(self, number: Number, unit: Unit, end: int, high: Decimal | None = None, sign: int = 0) -> int:
        text = self.text
        high = number.high if high is None else high
        prefix, start = bounds.bound_before(text, number.start - sign)  # a sign of money stands before its number
        if number.value < 0:
            start = number.start - (2 if text[number.start - 1] == "下" else 1)
            if self.rejections and self.rejections[-1].char_start == start:
                self.rejections.pop()  # the 零 of 零下 is the figure's sign
        elif unit.dimension == "ratio" and text.endswith(_SPOKEN_MINUS, 0, start):
            start -= 1
        end = end if high is not None else smaller.added(text, number, unit, end)
        suffix, end = bounds.bound_after(text, end, measured=unit.dimension in _LIMITED)
        bound: Bound = "range" if high is not None else prefix or _stronger(suffix, number.bound)
        if bound == "exact" and number.raw in ("百", "千", "万", "亿"):
            return self._reject(number.start, number.end, "word", number.value)
        if bound == "exact":
            bound = bounds.bound_over(text, start, unit.dimension)
        code = "{visit}" if unit.word == "次" and _visited(text, start) else unit.code
        low = quantity.convert(number.value, unit.factor)
        top = quantity.convert(high, unit.factor) if high is not None else None
        self.figures.append(
            Figure(
                start,
                end,
                number.start,
                low,
                top,
                bound,
                code,
                unit.dimension,
                _classifier(number, unit),
                number.chinese,
                bool(unit.word) or unit.dimension == "ratio",
                _DAMAGE.at(text, start - 1) or _DAMAGE.at(text, end) or _LOST_BEFORE.at(text, number.start - 1),
            )
        )
        return end


def _fill(figure: Figure, cell: tables.Cell) -> None:
    """Give a figure with a unit of its own its cell, and what the head of that says of it."""
    figure.cell = cell
    if cell.head is not None and (figure.unit == "%" or cell.head.open):
        figure.grows, figure.rate = cell.head.grows, cell.head.rate
        figure.value = abs(figure.value) if cell.head.open else figure.value  # the sign is the direction


def _visited(text: str, start: int) -> bool:
    """Whether 次 behind the number at ``start`` counts persons: 走访300次, 访问量达到3万次."""
    while _REACHED.at(text, start - 1):
        start -= 1
    return text.endswith(_VISITS, 0, start)


def _acronym(text: str, start: int) -> bool:
    """Whether three letters end before ``start`` (安装AED120台); one or two begin an identifier (G1234次)."""
    letters = text[max(0, start - 3) : start]
    return len(letters) == 3 and letters.isascii() and letters.isalpha()


def _stronger(suffix: Bound | None, inside: Bound) -> Bound:
    """以上 and 以内 say more than 余 and 多; those more than 左右."""
    return suffix if suffix and (suffix != "about" or inside == "exact") else inside


def _word_end(text: str, start: int, end: int, word_end: int) -> int:
    """The end of the numeral inside a word, so that a numeral behind the word is read for itself."""
    if end <= word_end:
        return end
    at = start + 1
    while at < word_end and text[at] in numerals.CHINESE:
        at += 1
    return at


def _half(text: str, number: Number) -> tuple[Unit, int] | None:
    """三个半小时 is 3.5 hours, 一个半亿 150 million, 两个多月 more than two months."""
    end = number.end
    if text[end : end + 1] != "个" or text[end + 1 : end + 2] not in ("半", "多"):
        return None
    unit = UNITS.get("个" + text[end + 2 : end + 3]) or unit_at(text, end + 2)
    if unit is None or (unit.dimension != "duration" and unit.word != "个亿"):
        return None
    if text[end + 1] == "半":
        number.value += _HALF
    else:
        number.bound = "at_least"
    written = unit.word.removeprefix("个")
    return Unit(written, unit.code, unit.factor, unit.dimension), end + 2


def _classifier(number: Number, unit: Unit) -> str | None:
    """The unit as written: with its magnitude for money and physical units, without for counters."""
    if not unit.word:
        return None
    if unit.dimension in ("count", "ratio", "duration") or not number.magnitude:
        return unit.word
    ends = "万亿" if number.chinese else "十百千万亿"  # 三百万元 counts in 万元
    tail = len(number.raw) - len(number.raw.rstrip(ends))
    return (number.raw[-tail:] if tail < len(number.raw) else number.raw[-1:]) + unit.word
