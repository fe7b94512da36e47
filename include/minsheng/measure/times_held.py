"""Which time, said once, holds for the sentences behind it that name none.

A sentence goes on with the time of the one before where it takes that apart (其中, 分产业看) or reports growth; with an
as-of date where it adds up, too (截至6月底，…。已有3家); the hour of a bulletin and the period of a report hold until
another time is named. Everything else says nothing of when: a wrong time is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.contracts import Status
from minsheng.measure import periods
from minsheng.measure.context import clause_start
from minsheng.measure.figure import Figure
from minsheng.measure.periods_days import Days, days
from minsheng.measure.plans import HEADING, Numbered, Plans, introduction
from minsheng.measure.seldom import Seldom
from minsheng.measure.sentences import first_of, positions
from minsheng.measure.times import OF_THESE, is_past, settle

_NEWER: Final = Seldom(  # ends what an hour before it held for; 比昨日上涨 does not
    f"\n|(?:[0-9][日时点]|当[日天晚]|(?<![比较])昨)(?![均常])|{'|'.join(vocabulary.context('standing'))}"
)
_YEAR_LAST: Final = "上年"
_YEAR_ENDS: Final = frozenset("末底")
_CONTINUES: Final = re.compile(r"其中|同期|(?:分|从|按)[^，。；：\n]{1,10}(?:看|分)[，：]|[^，。；：\n]{1,4}层面，")
_CLOCK: Final = frozenset("时点分半")
_MINUTES: Final = frozenset(":：")
_HOUR_SAID: Final = "时，"
_LULL: Final = 60  # characters without a figure that end a bulletin
_COUNTED: Final = ("count", "ratio")
_YEAR_BEFORE: Final = "same_period_last_year"
_GAP: Final = 150  # characters without a figure over which growth goes on
_UNTIL: Final = "截"
_DONE: Final = vocabulary.context("done")
_ADDS_UP: Final = ("已", "累计")
_STANDING: Final = vocabulary.context("standing")
_SPANS: Final = frozenset(("half", "quarter", "months", "month", "year", "until"))
_REPORTED: Final = frozenset(("half", "quarter", "months", "month", "year"))
_REPORTS: Final = vocabulary.context("report")
_DELIVERED: Final = vocabulary.context("delivered")  # of the year that it is given in, not of that reported on
_YEARLY: Final = vocabulary.context("yearly")
_OPENING_REACH: Final = 600  # characters of a yearly report in which its first paragraphs name its year
_YEARS: Final = ("year", "relative")
_LINE_ENDS: Final = frozenset(("", "\n"))
_COMMAS: Final = ("，", ",")
_REPORT_ENDS: Final = "".join(sorted({word[-1] for word in _REPORTS}))
_TOLD: Final = Seldom(  # 发布上半年经济运行情况, no paper (《》) of it
    rf"(?:{'|'.join((*vocabulary.context('announces'), *vocabulary.context('tells')))})了?[^，。；：《“\n]*\Z"
)
_TOLD_REACH: Final = 45  # characters before what is reported on
_THIS_ONCE: Final = "次"
_EVENT_BEGINS: Final = 5  # characters of a sentence in which 本次 may stand
_EVENT: Final = Seldom(rf"\s*[本此这]次[^，。；：\n的0-9]{{0,10}}?(?:{'|'.join(vocabulary.context('event'))})(?!的)")
_SO_MANY: Final = Seldom(  # 本次共有9个项目, 此次集中开工的项目9个
    rf"\s*[本此这]次(?:{'|'.join(vocabulary.context('in_all'))}|(?:集中)?(?:{'|'.join(vocabulary.context('event_act'))}))"
)
_EVENT_REACH: Final = 800  # characters before what is told of an event in which its day may be named
_EVENT_DAYS: Final = ("day", "date", "today")
_DAMAGE: Final = re.compile(  # no quality of a thing: 受灾群众, 受灾严重村
    rf"(?:{'|'.join(vocabulary.context('damage'))})(?![群村车家地企农居乡镇区]|严重)"
)
_PAUSE: Final = Seldom("[，。；：\n]")
_RECENT: Final = 31  # days
_STRUCK: Final = Seldom(rf"[^。\n]{{0,60}}?(?:{'|'.join(vocabulary.context('disaster'))})")
_HELD: Final = Seldom(rf"[^。\n]{{2,60}}?(?:{'|'.join(vocabulary.context('takes_place'))})")
_IN_ALL: Final = Seldom("|".join(vocabulary.context("in_all")))
_ENDS: Final = frozenset(("", *"，。；,;、和及与\n "))
_JOINS: Final = frozenset("至到—-")
_WILL: Final = frozenset("将拟")


class Time(NamedTuple):
    """The words that fix a time, and the days that they mean."""

    phrase: str
    days: Days


class Report(NamedTuple):
    """Of which time figures are from ``at`` on that name none, and which of them: those reported or those planned."""

    at: int
    time: Time
    status: Status = "actual"


class Held:
    """The times of one article that hold on; ``read`` takes its sentences with figures in their order."""

    def __init__(
        self, title: str, body: str, published: date | None, plans: Plans, lists: Sequence[Numbered] = ()
    ) -> None:
        self.body = body
        self.published = published
        self.ended = 0  # where the sentence before ends, and its last figure
        self.last: Figure | None = None
        self.lead: Figure | None = None  # its first
        self.done: Figure | None = None  # its last figure that reports
        self.passed: Time | None = None  # the time before a sentence that has none and compares with its year before
        self.hour: Time | None = None  # the hour of a bulletin
        self.report = _titled(title, published)
        self.open = self.report is not None  # whether no other time was named since
        self.resumes = False  # whether it is open again with the next paragraph
        self.reported: Status = "actual"  # of the figures that are of the report's time
        self.reports = _reports(body, published)
        if self.report is None and any([word in title for word in _YEARLY]):
            self.reports += _opened(body, published)
        if plans.headings:
            self.reports += _planned_under(plans.headings, body, published)
        self.reports.sort()
        self.lists = lists
        self.planned = _planned(title, published) if self.lists else None
        self.seen = 0  # how far times were looked for behind a report

    def follows(self, start: int) -> bool:
        """Whether the sentence that begins there stands right behind the last one, in its paragraph."""
        return self.ended == start and self.body[start - 1 : start] != "\n"

    def read(self, span: tuple[int, int], group: list[Figure], marks: list[periods.Mark]) -> None:
        """Give the figures of a sentence, which names the times ``marks``, the time that holds for them."""
        if group[0].cell is None:
            if self.ended == span[0] and _CONTINUES.match(self.body, span[0]):
                self._give(self._last() or _time_of(self.done), group)
                self._plans_on(span[0], group)
            elif marks and group[0].end < marks[0].at:
                before = [figure for figure in group if figure.end < marks[0].at]
                if _silent(before) and _grows(before) and self._closes(marks[0]):
                    self._goes_on(span[0], before)  # 产油9万吨，增长3%，年末存栏猪8万头
            elif not marks and _silent(group):
                if self.lists:
                    self._of_list(group)
                self._goes_on(span[0], group)
                if self.body.find(_THIS_ONCE, span[0], span[0] + _EVENT_BEGINS) >= 0:
                    self._of_event(span[0], group)
        if self.report is not None or self.reports:
            self._of_report(span, group, marks)
        self._of_bulletin(group, marks)
        if not marks and _silent(group) and group[0].cell is None:
            self._of_disaster(span, group)
        compares = not marks and _silent(group) and any([f.basis == _YEAR_BEFORE for f in group])
        self.passed = self._last() or self.passed if compares and self.follows(span[0]) else None
        self.ended, self.last, self.lead = span[1], group[-1], group[0]
        self.done = next((f for f in reversed(group) if f.status == "actual"), self.last)

    def _last(self) -> Time | None:
        """The time of the last figure."""
        return _time_of(self.last)

    def _closes(self, mark: periods.Mark) -> bool:
        """Whether a time is the last day of another, on which stocks are counted: 年末, 6月末."""
        return mark.phrase[-1] in _YEAR_ENDS and self._meant(mark).days.as_of is not None

    def _lasting(self) -> Time | None:
        """The time of the sentence before: that of its last figure, but no date on which only its last were counted
        (全年产油9万吨，增长3%，年末存栏猪8万头。)."""
        last = self._last()
        if last is None or last.days.as_of is None or last.phrase[0] == _UNTIL:
            return last
        lead = _time_of(self.lead)
        return last if lead == last else lead

    def _goes_on(self, start: int, group: list[Figure]) -> None:
        """Growth goes on with the last time, what adds up with an as-of date."""
        follows = self.follows(start)
        if _grows(group):
            self._give(self._lasting() or self.passed if follows else self._over_gap(start), group)
        elif follows and self.last is not None and (self.last.time_phrase or " ")[0] == _UNTIL:
            at = group[0].start
            clause = clause_start(self.body, start, at)
            if any([self.body.find(word, clause, at) >= 0 for word in _ADDS_UP]):
                self._give(self._last(), [f for f in group if f.status == "actual"])

    def _plans_on(self, start: int, group: list[Figure]) -> None:
        """What a plan holds is planned: 2024年，支出安排44亿元。其中安排“三保”支出26亿元; but not 其中已安排."""
        if self.done is None or self.done.status != "target" or not self.body.startswith(OF_THESE, start):
            return
        for figure in group:
            if any([self.body.find(word, start, figure.start) >= 0 for word in _DONE]):
                return
            figure.status = "target"

    def _of_list(self, group: list[Figure]) -> None:
        """The members of a numbered list are of the time that its introduction names (2024年将办好3件实事：), what is
        planned in one of that in the title (2024年将办好3件实事)."""
        those = introduction(self.lists, group[0].start)
        if those is None:
            return
        if marks := periods.find(self.body, (those.first, those.last)):
            self._give(self._meant(marks[-1]), group)
        else:
            self._give(self.planned, [f for f in group if f.status == "target"])

    def _over_gap(self, start: int) -> Time | None:
        """The span of time last named in the paragraph, where sentences without figures stand between."""
        if start - self.ended > _GAP or self.body.find("\n", max(0, self.ended - 1), start) >= 0:
            return None
        marks = periods.find(self.body, (self.ended, start))
        if marks:
            return self._meant(marks[-1]) if marks[-1].kind in _SPANS else None
        last = self._last()
        lasts = last is not None and (last.days.start != last.days.end or last.phrase[0] == _UNTIL)
        return last if lasts else None

    def _of_event(self, start: int, group: list[Figure]) -> None:
        """What is told of an event is of the day that it was held on: 8月9日，甲县举办招聘会。本次活动共吸引90人."""
        if _SO_MANY.match(self.body, start) is None:
            event = _EVENT.match(self.body, start)
            if event is None or _IN_ALL.search(self.body, event.end(), group[0].start) is None:
                return
        for mark in reversed(periods.find(self.body, (max(0, start - _EVENT_REACH), start))):
            end = mark.at + len(mark.phrase)
            if mark.kind in _EVENT_DAYS and _HELD.match(self.body, end, start):
                self._give(self._meant(mark), [f for f in group if f.status == "actual"])
                return

    def _of_disaster(self, span: tuple[int, int], group: list[Figure]) -> None:
        """Damage is of the days of what did it, the last time named in the paragraph and not long ago: 8月9日，甲县遭遇
        暴雨。造成9人受灾."""
        if _DAMAGE.search(self.body, *span) is None:
            return
        start = span[0]
        low = max(self.body.rfind("\n", 0, start), start - _EVENT_REACH, 0)
        marks = periods.find(self.body, (low, start))
        if not marks or marks[-1].kind not in _EVENT_DAYS:
            return
        struck = self._meant(marks[-1])
        began, end = struck.days.start, marks[-1].at + len(marks[-1].phrase)
        recent = self.published is None or (began is not None and (self.published - began).days <= _RECENT)
        if recent and _STRUCK.match(self.body, end, start):
            self._give(struck, [f for f in group if f.status == "actual" and self._is_damage(f, start)])

    def _is_damage(self, figure: Figure, start: int) -> bool:
        """Whether the clause of a figure tells of damage: 道路受损9米."""
        pause = _PAUSE.search(self.body, figure.end)
        end = pause.start() if pause else len(self.body)
        return _DAMAGE.search(self.body, clause_start(self.body, start, figure.start), end) is not None

    def _meant(self, mark: periods.Mark) -> Time:
        return Time(mark.phrase, days(mark.means or mark.phrase, mark.kind, self.published))

    def _of_report(self, span: tuple[int, int], group: list[Figure], marks: list[periods.Mark]) -> None:
        """Give figures that name no time that of the report, unless another was named since."""
        while self.reports and self.reports[0][0] <= span[0]:
            self.seen, self.report, self.reported = self.reports.pop(0)
            self.open = True
        if self.report is None:
            return
        if self.resumes and self.body.find("\n", self.seen - 1, span[0]) >= 0:
            self.open = True
        if self.seen < span[0]:
            self._hear(periods.find(self.body, (self.seen, span[0])))
        self.seen = span[1]
        if marks and self.open and all([mark.phrase.startswith(_YEAR_LAST) for mark in marks]):
            self._of_year_before(group, self.report)
            return
        self._hear(marks)
        if self.open and not marks and group[0].cell is None and _silent(group):
            start, end = span
            if all([self.body.find(word, start, end) < 0 for word in _STANDING]):
                self._give(self.report, [f for f in group if f.status == self.reported])

    def _of_year_before(self, group: list[Figure], report: Time) -> None:
        """In a report of a year 上年 is the one before that, and what something grew to is of its own: 由上年的9%提高到
        12%."""
        year = report.days.end.year if report.days.end else 0
        for figure in group:
            said = figure.time_phrase
            if said is None:
                self._give(report, [figure] if figure.status == "actual" else [])
            elif year and said.startswith(_YEAR_LAST):
                means = periods.before_that(said, f"{year}年")
                kind = "month" if means[-1] in _YEAR_ENDS else "year"
                figure.period_start, figure.period_end, figure.as_of = days(means, kind, self.published)

    def _hear(self, marks: list[periods.Mark]) -> None:
        """Another time suspends a report, its own resumes it in the words said last; its last day, of which stocks are
        told, and a part of it (1—2月 in a report on the first quarter) suspend it to the end of the paragraph."""
        if marks and self.report is not None:
            time = self._meant(marks[-1])
            self.open = time.days == self.report.days
            self.resumes = time.days.as_of is not None and time.days.as_of == self.report.days.end
            self.resumes = self.resumes or _within(time.days, self.report.days)
            self.report = time if self.open else self.report

    def _of_bulletin(self, group: list[Figure], marks: list[periods.Mark]) -> None:
        """Give reported figures that name no time the hour that those before them have (8月15日8时，甲站水位9米。
        乙站8米。)."""
        said = group[-1]
        if said.time_phrase is not None and _hourly(said.time_phrase):
            self.hour = Time(said.time_phrase, Days(said.period_start, said.period_end, said.as_of))
        elif not _silent(group):
            self.hour = None
        elif marks:
            self.hour = self._meant(marks[-1]) if _hourly(marks[-1].phrase) else None
        else:
            self._rings_on(group)

    def _rings_on(self, group: list[Figure]) -> None:
        """Give figures the hour of the bulletin, where it goes on."""
        start = group[0].start
        if self.body.find(_HOUR_SAID, self.ended, start) >= 0:
            self.hour = self._said_apart(start)
        elif self.hour is None or self.last is None:
            return
        elif start - self.ended > _LULL or _NEWER.search(self.body, self.last.end, start) is not None:
            self.hour = None
        if self.hour is not None and self.hour.phrase[0] != _UNTIL and all([f.dimension in _COUNTED for f in group]):
            self.hour = None  # 8月2日8时至5日8时 is of the rain, not of what it destroyed
        self._give(self.hour, [f for f in group if f.status == "actual"])

    def _said_apart(self, start: int) -> Time | None:
        """The hours that a sentence without figures names: 8月2日8时至5日8时，全市普降暴雨。甲站90毫米。"""
        marks = periods.find(self.body, (self.ended, start))
        if not marks or not _hourly(marks[-1].phrase) or _JOINS.isdisjoint(marks[-1].phrase):
            return None
        end = marks[-1].at + len(marks[-1].phrase)
        near = start - end <= _LULL and _NEWER.search(self.body, end, start) is None
        return self._meant(marks[-1]) if near else None

    def _give(self, time: Time | None, group: list[Figure]) -> None:
        if time is None:
            return
        estimates = False
        for figure in group:
            if figure.time_phrase is None:
                figure.time_phrase = time.phrase
                figure.period_start, figure.period_end, figure.as_of = time.days
                estimates = estimates or figure.estimated
                if estimates and is_past(figure, self.published):
                    figure.status = "actual"  # in January: 2023年，成效显著。预计产值9亿元，增长4%；收入3亿元
                settle(figure, self.published)


def _time_of(figure: Figure | None) -> Time | None:
    if figure is None or figure.time_phrase is None:
        return None
    return Time(figure.time_phrase, Days(figure.period_start, figure.period_end, figure.as_of))


def _silent(group: list[Figure]) -> bool:
    return all([figure.time_phrase is None for figure in group])


def _grows(group: list[Figure]) -> bool:
    return any([figure.kind == "change" and figure.unit == "%" for figure in group])


def _within(part: Days, whole: Days) -> bool:
    """Whether days are a part of others, more than one."""
    if part.start is None or part.end is None or whole.start is None or whole.end is None:
        return False
    return whole.start <= part.start < part.end <= whole.end


def _hourly(phrase: str) -> bool:
    """Whether a time is of one hour, as those of a bulletin are: 8月15日8时, 截至8月4日12时."""
    return phrase[-1] in _CLOCK or phrase[-3:-2] in _MINUTES


def _reports(body: str, published: date | None) -> list[Report]:
    """The periods that the text says it reports on, and where it says so: 发布上半年经济运行情况, or in a heading:
    一、2022年工作回顾."""
    found: list[Report] = []
    for last in positions(body, _REPORT_ENDS):
        end = last + 1
        if body[end : end + 1] not in _ENDS or not body.endswith(_REPORTS, 0, end):
            continue
        at = max([end - len(word) for word in _REPORTS if body.endswith(word, 0, end)])
        told = _TOLD.search(body, max(0, at - _TOLD_REACH), at)
        start = told.start() if told else _heading(body, at, end)
        time = _period(body, start, at, published) if start is not None else None
        if time is not None:
            found.append(Report(end, time))
    return found


def _heading(body: str, at: int, end: int) -> int | None:
    """Where the heading begins that ends with the word of a report between; None where it stands in no heading."""
    if body[end : end + 1] not in _LINE_ENDS or body.endswith(_DELIVERED, 0, end):
        return None
    start = body.rfind("\n", 0, at) + 1
    return start if end - start <= HEADING and body.find("。", start, end) < 0 else None


def _opened(body: str, published: date | None) -> list[Report]:
    """The year that a yearly report begins its first paragraphs with, where it is over: 2022年，在县委领导下，."""
    for mark in periods.find(body, (0, min(len(body), _OPENING_REACH))):
        end = mark.at + len(mark.phrase)
        if mark.kind in _YEARS and body[mark.at - 1 : mark.at] in _LINE_ENDS and body[end : end + 1] in _COMMAS:
            meant = days(mark.means or mark.phrase, mark.kind, published)
            over = meant.end is not None and published is not None and meant.end < published
            return [Report(end, Time(mark.phrase, meant))] if over else []
    return []


def _planned_under(headings: Sequence[tuple[int, int]], body: str, published: date | None) -> list[Report]:
    """The times that planning headings name, where they are not over: 二、2023年工作安排."""
    found: list[Report] = []
    for start, end in headings:
        marks = periods.find(body, (start, end))
        if len(marks) == 1 and marks[0].kind in _REPORTED:
            meant = days(marks[0].means or marks[0].phrase, marks[0].kind, published, True)
            if meant.end is not None and (published is None or meant.end >= published):
                found.append(Report(end, Time(marks[0].phrase, meant), "target"))
    return found


def _titled(title: str, published: date | None) -> Time | None:
    """The period that a title says it reports on, before the word of that or in brackets behind: 运行情况（1—4月）."""
    for word in _REPORTS:
        at = title.find(word)
        if at >= 0 and not title.endswith(_DELIVERED, 0, at + len(word)):
            opens = first_of(title, "（(", at, len(title))
            behind = _period(title, opens + 1, len(title), published) if opens >= 0 else None
            return _period(title, 0, at, published) or behind
    return None


def _planned(title: str, published: date | None) -> Time | None:
    """The time for which a title says that something is planned: 2024年将办好3件实事."""
    for mark in periods.find(title, (0, len(title))):
        if title[mark.at + len(mark.phrase) :][:1] in _WILL:
            return Time(mark.phrase, days(mark.means or mark.phrase, mark.kind, published, True))
    return None


def _period(text: str, start: int, end: int, published: date | None) -> Time | None:
    """The only period named there (2023年上半年, 2023年全县上半年), where it is over, as far as is known."""
    marks = periods.find(text, (start, end))
    if not marks or marks[-1].kind not in _REPORTED or text[marks[-1].at - 1 : marks[-1].at] in _JOINS:
        return None
    meant = [days(mark.means or mark.phrase, mark.kind, published) for mark in marks]
    if len(marks) > 1 and not (len(marks) == 2 and marks[0].kind == "year" and _same_year(meant[0], meant[1])):
        return None
    over = meant[-1].end is not None and (published is None or meant[-1].end < published)
    return Time(marks[-1].phrase, meant[-1]) if over else None


def _same_year(one: Days, other: Days) -> bool:
    return one.end is not None and other.end is not None and one.end.year == other.end.year
