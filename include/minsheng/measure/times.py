"""Which time of its sentence each figure has, and what that says about a figure reported or planned.

The last phrase before a figure holds for it; one behind it where that is all there is (3件将于12月底前完成) or stands
in a parenthesis of its own (新增30家（截至7月底）).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from minsheng import vocabulary
from minsheng.measure import periods
from minsheng.measure.characters import Characters
from minsheng.measure.figure import Figure
from minsheng.measure.periods_days import Days, days, moved
from minsheng.measure.seldom import Seldom
from minsheng.measure.times_in_turn import in_turn

_PAUSE: Final = Seldom(r"[，。；;,！？!?\n：:、0-9（(]")
_DONE_BY: Final = Seldom(r"[^\W\d_]{2,12}(?:[，。；！\s]|\Z)")  # 年底前全部完工，
_UNLIKE_PLAN: Final = Seldom("[已；]")
_OPENING: Final = ("（", "(")
_AND: Final = frozenset({"、", "和", "及", "与"})
_STOCK: Final = "现有"
_ADDED: Final = "新增"
_ADDED_REACH: Final = 24  # characters before a figure in which that may stand
_IN_ALL: Final = "累计"
_WITH: Final = Characters("在对与用足于活从以把将的")
_SPANS: Final = frozenset(("half", "quarter", "months", "month", "season", "year", "years", "since", "relative"))
_ELAPSED: Final = frozenset(("half", "quarter", "months", "month", "season", "year", "full", "vague"))
_NEAR: Final = ("onward", "today")
_DAYS: Final = ("day", "date", "today")
_PAID: Final = ("from", "year")
_OF_ACCOUNT: Final = "年度"
_DONE: Final = ("已", "共", "累计")  # before what is done, with a season that may be the last or the next
_BEFORE_AUTUMN: Final = 8
OF_THESE: Final = "其中"
_PAUSE_BEFORE: Final = Seldom("[，；]")
_FROM: Final = ("由", "从")
_TO: Final = Seldom("[^，。；：、\n0-9]{0,8}[到至为][^，。；：、\n0-9]{0,3}")
_WITHIN_YEAR: Final = frozenset(vocabulary.words("time_words", kind="within_year"))
_NEARLY: Final = 3  # days
_BEHIND: Final = 14  # characters between a figure and the time behind it


class Times:
    """The time phrases of one sentence and which figure each is of."""

    def __init__(self, body: str, span: tuple[int, int], group: list[Figure], published: date | None) -> None:
        self.body = body
        self.first = span[0]
        self.group = group
        self.published = published
        self.marks = periods.find(body, span)
        self.until = [mark.at for mark in self.marks if mark.kind == "until"]
        self.own = in_turn(body, group, self.marks, published) if self.marks and len(group) > 1 else {}

    def fill(self, number: int, clause: int) -> periods.Mark | None:
        """Give the ``number``-th figure, whose clause begins at ``clause``, its time phrase and days."""
        figure = self.group[number]
        mark = self._base(number) if self.body[figure.start - 1 : figure.start] in _FROM else None
        if not self.marks and mark is None:
            return None
        mark = mark or (self.own.get(number) if self.own else None)
        if mark is None and self.body[figure.end : figure.end + 1] in _OPENING:
            mark = self._enclosed(figure)
        if mark is None:
            mark = self._before(number, clause)
        if figure.status == "target" and (mark is None or mark.at < clause):
            mark = self._behind(figure) or mark
        if (mark is None or mark.at < clause) and (deadline := self._deadline(figure)) is not None:
            mark, figure.status = deadline, "target"
        if mark is None:
            return None
        figure.time_phrase = mark.phrase
        ahead = figure.status == "target" or mark.phrase.endswith("前")  # 6月底前 is a deadline
        found = days(mark.means or mark.phrase, mark.kind, self.published, ahead)
        if ahead and mark.means and self._past(found):  # 去年产值9亿元，全年有望突破10亿元
            found = days(mark.phrase, mark.kind, self.published, True)
        if mark.kind == "full" and figure.estimated and found.start and self._begins_year(mark):
            found = days(f"{found.start.year - 1}年", "year", self.published)
        if mark.kind == "season" and not ahead:
            found = self._season_of_done(mark, found, figure.start)
        if self.published and found.start and self.body.startswith(periods.SAME_PERIOD, _end(mark)):
            found = self._same_period(mark, found, self.published)
        figure.period_start, figure.period_end, figure.as_of = found
        ahead = found.end is not None and self.published is not None and found.end > self.published
        if (ahead and mark.kind in _NEAR) or (
            mark.phrase in _WITHIN_YEAR and _UNLIKE_PLAN.search(self.body, mark.at, figure.start) is None
        ):  # 即日起至9月底, 今天夜里到明天, 年内再改造; not 年内已改造
            figure.status = "target"
        return mark

    def _begins_year(self, mark: periods.Mark) -> bool:
        """Whether a whole year that is estimated is the one that has just ended: 预计全年产值9亿元, in January."""
        return self.published is not None and self.published.month == 1 and not mark.means

    def _base(self, number: int) -> periods.Mark | None:
        """The time that all is compared with, of the figure that something grew from: 与2020年相比，由8家增至9家; that
        of another such figure, where the two say no times: 甲由2015年的3家增至2020年的5家，乙由8家增至9家."""
        if number + 1 == len(self.group):
            return None
        low, high = self.group[number].end, self.group[number + 1].start
        if not _TO.fullmatch(self.body, low, high):
            return None
        before = [mark for mark in self.marks if mark.at < high]
        if len(before) > 1 and before[-2].once and self.body[before[-2].at - 1] in _FROM and before[-1].at < low:
            return before[-2]
        return periods.base(self.body, self.first, low)

    def _past(self, found: Days) -> bool:
        """Whether the days had ended when the article came out."""
        end = found.end or found.as_of
        return end is not None and self.published is not None and end <= self.published

    def _season_of_done(self, mark: periods.Mark, season: Days, end: int) -> Days:
        """The days of a season that a figure reported by ``end`` names: 今冬 said before its autumn ended in this year;
        what is 已 done in one ahead is of no known days."""
        if self.published is None or season.start is None or season.start <= self.published:
            return season
        last = season.start.month == 12 and self.published.month <= _BEFORE_AUTUMN
        if not any([self.body.find(word, mark.at, end) >= 0 for word in (_DONE if last else _DONE[:1])]):
            return season
        return Days(*[day and moved(day, -1) for day in season]) if last else Days(None, None, None)

    def _before(self, number: int, clause: int) -> periods.Mark | None:
        """The last time phrase before the figure in its sentence; 每月 holds in its own clause and its 其中
        only, 自7月29日 gives way to a 截至."""
        figure = self.group[number]
        until = bool(self.until) and self.until[0] < figure.number_start
        at = self.body.find(_STOCK, clause, figure.start)
        stock = at >= 0 and not _WITH.at(self.body, at - 1)  # 上半年卖出3件；现有店铺20处; not 在现有地块种植
        stock = stock or (number > 0 and self._summed(figure, self.group[number - 1], clause))
        for mark in reversed(self.marks):
            if mark.at >= figure.number_start:
                continue
            if mark.phrase[0] == "每" and _end(mark) == figure.start and self._begun(mark.at):
                continue
            if mark.at < clause and mark.phrase[0] == "每" and not self._divides(mark.at, figure.start):
                continue
            if stock and mark.at < clause and mark.kind in _SPANS:
                continue
            if until and (mark.begins or (self.until[0] < mark.at and self._within(mark))):
                continue
            if mark.until and mark.until < figure.number_start:
                continue
            if mark.kind in _DAYS and self._is_one_of_many(mark, figure.start):
                continue
            if mark.once and number > 0 and self.group[number - 1].number_start > mark.at and not self._joined(number):
                continue
            return mark
        return None

    def _summed(self, figure: Figure, new: Figure, clause: int) -> bool:
        """Whether the figure is all there is, of which only the ``new`` are of the time: 上半年新增3家，累计90家."""
        if new.unit != figure.unit or new.value >= figure.value or new.end > clause:
            return False
        added = self.body.rfind(_ADDED, max(0, new.start - _ADDED_REACH), new.start) >= 0
        return added and self.body.find(_IN_ALL, clause, figure.start) >= 0

    def _within(self, mark: periods.Mark) -> bool:
        """Whether a time behind a 截至 is of it: 截至12月25日，2024年度已参保9人; 截至6月底，建桥9座，目前通车3座."""
        if mark.phrase.endswith(_OF_ACCOUNT):
            return True
        return mark.kind == "now" and self.body.find("；", self.until[0], mark.at) < 0

    def _is_one_of_many(self, day: periods.Mark, end: int) -> bool:
        """Whether a day lies in a longer time named before it, and its part of the sentence has ended by ``end``:
        “五一”假期接待9万人次，5月2日3万人次；西湖景区接待2万人次."""
        if self.body.find("；", day.at, end) < 0:
            return False
        start = days(day.means or day.phrase, day.kind, self.published).start
        for mark in self.marks:
            if mark.at < day.at and mark.kind not in _DAYS:
                whole = days(mark.means or mark.phrase, mark.kind, self.published)
                if start and whole.start and whole.end and whole.start <= start <= whole.end:
                    return True
        return False

    def _same_period(self, mark: periods.Mark, year: Days, published: date) -> Days:
        """The days of 去年同期: those of the time named before it, moved to that year, else those of the year."""
        for before in reversed(self.marks):
            if before.at >= mark.at or before.kind not in _SPANS:
                continue
            start, end, _ = days(before.means or before.phrase, before.kind, published)
            if start is None or end is None or year.start is None or start > published:
                return year
            end = min(end, published)
            by = year.start.year - end.year
            return Days(moved(start, by), moved(end, by)) if by < 0 else year
        return year

    def _begun(self, at: int) -> bool:
        """Whether a time before ``at`` is one since when or a year in which so much is paid: 2024年1月起，
        每人每月680元, 2023年补助标准为每人每年640元."""
        return any([mark.kind in _PAID and mark.at < at for mark in self.marks])

    def _joined(self, number: int) -> bool:
        """Whether only 、 or 和 stands between the ``number``-th figure and the one before it."""
        return self.body[self.group[number - 1].end : self.group[number].start] in _AND

    def _divides(self, at: int, end: int) -> bool:
        """Whether the clause at ``at`` is followed by 其中 before ``end``: 每年办结900件，其中刑事150件."""
        found = self.body.find(OF_THESE, at, end)
        return found > 0 and _PAUSE_BEFORE.search(self.body, at, found - 1) is None

    def _enclosed(self, figure: Figure) -> periods.Mark | None:
        """The time in a parenthesis right behind the figure: 新增30家（截至7月底）."""
        return next((mark for mark in self.marks if mark.at == figure.end + 1 and mark.kind == "until"), None)

    def _deadline(self, figure: Figure) -> periods.Mark | None:
        """The deadline or season to come that ends the clause of the figure, none behind it: 7个年底前完工,
        4所学校今秋投用."""
        for mark in self.marks:
            if mark.at < figure.end:
                continue
            ahead = mark.phrase[-1] == "前" or mark.kind == "season"
            ahead = ahead and self.published is not None and mark.at - figure.end <= _BEHIND
            if not ahead or self.body[figure.end] == "的" or _PAUSE.search(self.body, figure.end, mark.at):
                return None
            found = days(mark.means or mark.phrase, mark.kind, self.published, True)
            day = found.start or found.as_of
            if day is None or self.published is None or day <= self.published:
                return None
            return mark if _DONE_BY.match(self.body, _end(mark)) else None
        return None

    def _behind(self, figure: Figure) -> periods.Mark | None:
        """The time behind a planned figure in its own clause: 3件将于12月底前完成."""
        for mark in self.marks:
            if mark.at >= figure.end:
                between = self.body[figure.end : mark.at]
                near = len(between) <= _BEHIND and "将" in between and _PAUSE.search(between) is None
                return mark if near else None
        return None


def _end(mark: periods.Mark) -> int:
    return mark.at + len(mark.phrase)


def _is_nearly_over(figure: Figure, published: date) -> bool:
    """Whether the figure is as of a day right behind the publication: 截至8月底, said on 30 August."""
    until, day = figure.time_phrase is not None and figure.time_phrase[0] == "截", figure.as_of
    return until and day is not None and (day - published).days <= _NEARLY


def settle(figure: Figure, published: date | None) -> None:
    """A reported figure's time ends on the day of publication at the latest; one wholly behind it makes a plan."""
    if published is None or figure.status == "target":
        return
    begins = figure.period_start or figure.as_of
    if begins is not None and begins > published:
        if not _is_nearly_over(figure, published):
            figure.status = "target"
    elif figure.period_end is not None and figure.period_end > published:
        figure.period_end = published


def is_over(mark: periods.Mark, figure: Figure, published: date | None) -> bool:
    """Whether a span of months or years had ended before the article came out, so that what is estimated of it is no
    forecast."""
    end = figure.period_end
    return mark.kind in _ELAPSED and end is not None and published is not None and end < published


def is_past(figure: Figure, published: date | None, mark: periods.Mark | None = None) -> bool:
    """Whether the figure's time had ended when the article came out, or is called past (去冬今春)."""
    if mark is not None and mark.kind == "season" and mark.phrase[0] == "去":
        return True
    end = figure.period_end or figure.as_of
    return end is not None and published is not None and end <= published
