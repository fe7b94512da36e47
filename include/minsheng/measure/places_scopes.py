"""Finds what names a region without its name (全县, 我市, 市教育局, 31个省) and how far what a place says reaches.

Where a clause opens, where a parenthesis closes, whether a figure stands right behind: all told from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.indicators_words import Word, segment
from minsheng.measure.places_gazetteer import OUTSIDE, words
from minsheng.measure.seldom import Seldom
from minsheng.measure.sentences import first_of, positions


def any_of(role: str) -> str:
    """The words of a role as alternatives, longest first."""
    return "|".join(map(re.escape, words(role)))


_PAUSES: Final = "，,；;（("
PAUSE: Final = re.compile(f"[{_PAUSES}]")
_FAR: Final = 120  # characters in which a parenthesis or a part of a sentence ends
_WHICH: Final = frozenset("全我本该")
_CUES: Final = "全我本该个省市县区镇乡州"  # what one of the three may begin with
_SURE: Final = frozenset("全我本该个")
_LOCAL: Final = frozenset("省市县州镇")  # 省里, 镇里
_SCOPE: Final = re.compile(
    r"(?P<which>[全我本该])(?P<kind>国|省|自治区|市|县|区|镇|乡|州|旗|盟|街道)(?![场域间块民值价])"
)
_PREFIX: Final = 16  # characters that may stand before the place that opens a clause
_MARKS: Final = Characters("，,。；;：:！？!?“”（）()")
_ITEM: Final = Characters("、.．")
_OPENING: Final = Characters(
    "在从根据目前今年以来截至底月年日份其中近当另此外同时而但则由使预计初步最大小高低多过去时点分午晚上下半季度一二三四来看"
)
_OPENERS: Final = tuple(words("opener"))
_OPENER_ENDS: Final = Characters(word[-1] for word in _OPENERS)
_BEHIND: Final = re.compile(  # a place with its figure: 江陵210户, 白云镇青山村18米/秒
    r"(?:各|有|共|为|达|以|，|[一-龥]{1,8}[村站镇乡库区])?(?:约|近|超)?(?:[0-9０-９]|[（(](?![一二三][）)])|[两二三四五六七八九十百]+[个家所座项名支])"
)
_OFFICE: Final = re.compile(  # 市教育局, 市级财政; no 市级企业技术中心
    r"[省市县区镇乡州](?![场民值价内外里域]|级(?!财政|机关|部门|单位|预算|领导)|[市县区镇乡校][联共协])[一-龥]{0,14}?(?:[委局厅办院会队部联长]|防指|政府|中心|公司|财政)"
)
_COUNTED: Final = re.compile(  # 31个省, 9个结对平原区
    rf"个?(?:[^\W\d_]{{0,4}}(?:{any_of('district')})(?=区))?"
    r"(?P<kind>省辖市|省|直辖市|自治区|设区市|地级市|地市|市州|州市|城市|市|县|旗|区|镇|乡|街道)"
    r"(?![域间块位划别场值民级直属管内外道村办公控城土])"
)
_DRAWING: Final = tuple(words("drawing"))
_DRAWING_ENDS: Final = Characters(word[-1] for word in _DRAWING)
_THERE: Final = Characters("在等有共达")
_WHOLES: Final = tuple(words("whole"))
_OTHERS: Final = ("其他", "其它", "其余", "另外", "其")
_DIGITS: Final = Characters("0123456789０１２３４５６７８９一二三四五六七八九十百两余多几")
_DIGITS_MAX: Final = 6
_RANK: Final = {"省": 1, "直辖市": 1, "自治区": 1, "市": 3, "县": 3, "旗": 3, "区": 3, "镇": 4, "乡": 4, "街道": 4}
_PREFECTURES: Final = 2
_COMPARED: Final = Seldom(r"[^，。；（(\n]{0,8}[（(](?=[0-9])")  # 快于全国水平（5.5%）: the figure is the whole's
_BEST: Final = Seldom(r"[^\W\d_]{0,4}?(?:\d{1,4}|[百千])强")  # a list that some are in: 全球500强企业
_RANKED: Final = re.compile(  # what follows a region that something is only ranked in: 全省首个, 在全国排名第一
    rf"{any_of('ranked')}|{any_of('first')}|第[一二三四五六七八九十\d]{{1,2}}(?![产季次批期])|{_BEST.pattern}"
    rf"|[^，。；\n]{{0,12}}?(?:{any_of('ranking')})"
)
_LEADS: Final = Seldom(  # the same where the region opens its clause: 全省首创, 全省排名第二; not 全省最低工资
    rf"{any_of('first')}|第[一二三四五六七八九十\d]{{1,2}}[位名家个]|{any_of('ranking')}"
)
_QUALIFYING: Final = Seldom(  # 全国文明村, 世界文化遗产, 世界机器人大会
    rf"{any_of('qualifying')}|[^\W\d_]{{0,8}}?(?:{any_of('gathering')})"
)
_ONE_OF: Final = re.compile(r"(?:仅有的?|首批)?[\d一二三四五六七八九十百]{1,4}[个家座所项][^，。；\n]{1,24}?之一")
_LISTED_BEFORE: Final = Seldom(r"\d[^\W\d_]{0,3}[，,；;、]\Z")
_ITEM_MAX: Final = 6
_ZONES: Final = words("zone")
_ZONE_FIGURE: Final = Seldom(r"[^\W\d_]{0,8}?\d")
_WORLD: Final = words("world")
_SUBJECT: Final = Seldom(r"[^\W\d_]{1,14}?(?:达到?|共有?|总数|总量)\d")
_COMPARISONS: Final = tuple(words("comparison"))
_MEMBER: Final = r"[^\W\d_]{2,10}(?:[（(][^（）()\n]{1,16}[）)])?(?:[约近]?\d[\d.]*(?:[%％‰]|[^\W\d_]{0,5}))?"
_LIST: Final = re.compile(  # what a list begins with, or goes on with, that something is compared with
    rf"(?:[高低快慢好优大多少]于|超过|占|比|较)(?:{_MEMBER}[、及]){{1,3}}\Z"
)
_LIST_MAX: Final = 50
_GOING_ON: Final = Characters("、及")
_COMPARABLE: Final = re.compile(r"(?:平均|水平|增速|增幅|的)*(?:[、和与及高低快慢]|分别|[约近（(]?\d)")
_REPORTS: Final = Seldom(rf"[^\W\d_]{{1,20}}?(?:{any_of('report')})")
_LENDS: Final = re.compile(  # 安徽省某有限公司, 某市委副部长某某表示, 在海关总署支持下, 在青海旅游期间
    rf"[^\W\d_]{{0,4}}期间|[^，。；：、“”\n]{{0,20}}?(?:有限(?:责任)?公司|(?:{any_of('help')})下)"
    rf"|[^，。；：“”\n]{{1,24}}?(?:{any_of('title')})[一-龥]{{2,4}}(?:{any_of('says')})"
)
_HELP_MAX: Final = 32
_HELPED: Final = Seldom(rf"[^，。；：“”\n]{{0,24}}?(?:{any_of('help')})下")
_HELPING: Final = Seldom(rf"等?地?(?:先后|总?共|已?累计|已经?)?(?:{any_of('aid')})")
_SITES: Final = any_of("site")
_TAKES_UP: Final = re.compile(
    rf"\s*(?:据(?:了解|介绍|悉)，)?(?:[该此本](?:{_SITES})"
    rf"|(?:{_SITES})(?:[一二三四]期|全部|正式)?(?:{any_of('site_verb')}))"
)
_TAKES_FIRSTS: Final = frozenset("据该此本 \u3000\t\n").union(word[0] for word in words("site"))
_TOTAL_MAX: Final = 12
_TOTAL: Final = Seldom(r"\d[万亿余多]*[^\W\d_]{1,6}$")  # 21人受伤, before a parenthesis
_NEAR: Final = 14
_MEASURED: Final = Seldom(r"\d[\d.]*[^\s\d，。；、：（）()]{1,6}$")
_PLACED: Final = Seldom(  # nothing but names, and days and hours: 甲县乙乡某村站，30日5时至6时
    r"[^\W\d_]{2,20}(?:[，,]?(?:\d{1,4}(?:[年月日时分]|:\d\d)|[至到—~－-]|[上下]午|[早晚凌]晨?))*"
)
_LENGTH: Final = "全长"
_ROUTE: Final = Seldom(rf"[东南西北]起|起[于点自]|(?<![已曾财])经(?![济营费验常理])|{any_of('route')}")
_JOINTS: Final = frozenset({"、", "和", "及", "以及", "，以及", "、以及", "，及"})
_JOINING: Final = frozenset("、和及")
_JOINT_MAX: Final = 18
_JOINT_THING: Final = Seldom(  # a village or a house in each of the places of a list, a remark
    r"[（(][^\W\d_]{1,8}[）)][、和及]|"
    r"(?:\d{2,4}[国省县]道|[A-Z]\d+(?:\+\d+)?|(?![一二三四五六七八九十百两几多各][个所家条处座名])[一-龥A-Za-z]){1,14}"
    rf"(?:{any_of('member')})[、和及]"
)
_GIVING: Final = Seldom(rf"[^\W\d_]{{0,6}}?(?:{any_of('giving')})")
_TELLING: Final = Seldom(rf"[^\W\d_]{{0,14}}?(?:{any_of('telling')})")
_ARRIVING: Final = tuple(words("arriving"))
_GOING: Final = tuple(words("going"))
_GOING_ENDS: Final = Characters(word[-1] for word in (*_ARRIVING, *_GOING))
_VISITING: Final = Seldom(rf"[^。；！？\n]{{0,20}}?(?:{any_of('visiting')})")
_LISTED: Final = 25  # characters of a list behind the place
_SUCH_AS: Final = re.compile(r"([\w、+]{0,24}?)等(\d)")


class Event:
    """A place in the text that says whose the next figures are; ``code`` None: nobody's in the seed.

    ``kind`` and ``which`` as written (全 and 县); ``until``: where what stood before holds again (0: not in this
    sentence); ``opens``: it heads its clause; ``rank``: of the regions that are counted (1 provinces, 4 townships);
    ``whole``: where a count begins of which this place holds only an example.
    """

    def __init__(
        self,
        start: int,
        code: str | None,
        kind: str = "",
        which: str = "",
        until: int = 0,
        opens: bool = True,
        rank: int = 0,
    ) -> None:
        self.start = start
        self.code = code
        self.kind = kind
        self.which = which
        self.until = until
        self.opens = opens
        self.rank = rank
        self.whole = 0


def _begins(text: str, start: int, character: str) -> bool:
    """Whether an office, a government or a counted region may begin there: no word goes before it (3县, 县里)."""
    before = text[start - 1] if start else "，"
    if not (before.isalnum() or before == "_"):
        return True
    if character in "市县" and before.isascii() and before.isdecimal():
        return True
    return character in _LOCAL and text.startswith("里", start + 1)


def find_scopes(text: str, outside: Sequence[tuple[int, str]]) -> list[Event]:
    """The scopes, offices, counted regions and 当地 of a text; and of what lies ``outside`` what opens a clause."""
    found: list[Event] = []
    for start in positions(text, _CUES):
        character = text[start]
        if character not in _SURE and not _begins(text, start, character):
            continue
        if character == "个" or text[start - 1 : start].isdecimal():
            event = _counted(text, start)
        else:
            event = _scope(text, start) if character in _WHICH else _office(text, start)
        if event is not None:
            found.append(event)
    at = text.find("当地")
    while at >= 0:
        if not text.startswith("时间", at + 2) and opens_clause(text, at):
            found.append(Event(at, None, "当地", until=parenthesis(text, at)))
        at = text.find("当地", at + 2)
    for start, name in outside:
        if name in _ZONES:
            if _LISTED_BEFORE.search(text, max(0, start - _ITEM_MAX), start) and _ZONE_FIGURE.match(
                text, start + len(name)
            ):
                found.append(Event(start, None, "zone", until=parenthesis(text, start)))
            continue
        if opens_clause(text, start) and not (name in _WORLD and _is_title(text, start + len(name))):
            found.append(Event(start, OUTSIDE[name], "outside", until=parenthesis(text, start)))
    return found


def _scope(text: str, start: int) -> Event | None:
    """全县, 我市: a region by its rank; none where it is only compared or ranked with (全省首个)."""
    match = _SCOPE.match(text, start)
    if match is None:
        return None
    end, kind = match.end(), match["kind"]
    opens = opens_clause(text, start)
    if not opens and (text.endswith(_COMPARISONS, 0, start) or is_compared(text, start, end)):
        inside = _COMPARED.match(text, end)
        return Event(inside.end(), None, kind, "whole", parenthesis(text, inside.end())) if inside else None
    if not opens:
        if _DRAWING_ENDS.at(text, start - 1) and text.endswith(_DRAWING, 0, start):  # 来自全省的选手
            return None
        if one := one_of(text, end):
            return Event(start, None, kind, "whole", one)
    if kind == "国" and not opens and _SUBJECT.match(text, end):  # 某公司全国工厂的装机容量达114兆瓦
        return Event(start, None, kind, match["which"], parenthesis(text, start))
    if kind == "国" and (not opens or _is_title(text, end)):
        return None
    if (_LEADS if opens and text[start - 1 : start] != "在" else _RANKED).match(text, end):
        return None
    return Event(start, None, kind, match["which"], parenthesis(text, start))


def is_compared(text: str, start: int, end: int) -> bool:
    """Whether what stands there goes on a list of what something is compared with: 高于全国1.9个、全省1.2个百分点."""
    return (
        _GOING_ON.at(text, start - 1)
        and _COMPARABLE.match(text, end) is not None
        and _LIST.search(text, max(0, start - _LIST_MAX), start) is not None
    )


def _is_title(text: str, end: int) -> bool:
    """Whether the country or the world before ``end`` only ranks or names something: 全国首个, 世界500强."""
    return _RANKED.match(text, end) is not None or _QUALIFYING.match(text, end) is not None


def _counted(text: str, at: int) -> Event | None:
    """31个省: regions that are counted, from their number on."""
    match = _COUNTED.match(text, at)
    if match is None:
        return None
    start = at
    while start > at - _DIGITS_MAX and _DIGITS.at(text, start - 1):
        start -= 1
    if start == at:
        return None
    opens = opens_clause(text, start)
    until = parenthesis(text, start) or (0 if opens else stop(text, start, within=True))
    whole = start - 2 if text.endswith(_WHOLES, 0, start) else start
    drawn = _DRAWING_ENDS.at(text, whole - 1) and text.endswith(_DRAWING, 0, whole)
    others = match["kind"].endswith("市") and text.endswith(_OTHERS, 0, start)  # of a city: its like
    if match["kind"] == "城市" and not others:  # 12个城市书房
        return None
    rank = _PREFECTURES if others else _RANK.get(match["kind"], _PREFECTURES)
    if rank == 1 and not opens and not _THERE.at(text, whole - 1):
        drawn = True  # 收到全国28个省的作品, 销往16个省: provinces inside a clause are where things come from or go to
    if not drawn and whole != start and text[start - 1] in "省市":  # 在全省136个县中居第8位: the province's
        return Event(start, None, text[start - 1], "whole", until, opens)
    return Event(start, None, match["kind"], "drawn" if drawn else "counted", until, opens, rank)


def _office(text: str, start: int) -> Event | None:
    """市教育局: the office of a region that a word begins with; its government, as 县里 and 市里 call it."""
    if text.startswith("里", start + 1):
        told = opens_clause(text, start) and not text.startswith(("程", "面", "外"), start + 2)
        return Event(start, None, text[start], "office", parenthesis(text, start)) if told else None
    match = _OFFICE.match(text, start)
    return Event(start, None, text[start], "office", parenthesis(text, start)) if match else None


def opens_clause(text: str, start: int) -> bool:
    """Whether nothing but words of time and the like stand between a mark and ``start``."""
    low = max(0, start - _PREFIX)
    while start > low and (_OPENING.at(text, start - 1) or text[start - 1].isdecimal()):
        start -= 1
    if _OPENER_ENDS.at(text, start - 1):
        start -= next((len(word) for word in _OPENERS if text.endswith(word, low, start)), 0)
    if start == 0 or _MARKS.at(text, start - 1) or text[start - 1].isspace():
        return True
    item = start - 1
    while item and text[item - 1].isdecimal():
        item -= 1
    numbered = _ITEM.at(text, start - 1) and item < start - 1  # 2、江陵: an item of a list
    return numbered and (item == 0 or _MARKS.at(text, item - 1) or text[item - 1].isspace())


def route_lengths(text: str) -> list[tuple[int, int]]:
    """Where the length of a line is told in a sentence that says where it goes, and where that sentence begins."""
    found: list[tuple[int, int]] = []
    at = text.find(_LENGTH)
    while at >= 0:
        low = max(0, at - _FAR)
        start = max(low, *(text.rfind(mark, low, at) for mark in "。！？；\n"))
        if _ROUTE.search(text, start, at) and not text.endswith("境内", 0, at):
            found.append((at, start))
        at = text.find(_LENGTH, at + 1)
    return found


def one_of(text: str, end: int) -> int:
    """Where the count ends of which the article's is one (全国4个试点之一), behind the whole that ends at ``end``."""
    hit = _ONE_OF.match(text, end)
    return hit.end() if hit else 0


def has_figure(text: str, end: int) -> bool:
    """Whether a figure stands right behind the place that ends at ``end``."""
    return _BEHIND.match(text, end) is not None


def is_joint(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places makes one list of them: 甲镇、乙镇, 甲镇某村和乙镇某村."""
    if end - start <= _JOINT_MAX:
        between = text[start:end]
        return between in _JOINTS or (between[-1:] in _JOINING and _JOINT_THING.fullmatch(between) is not None)
    return False


def is_giving(text: str, end: int) -> bool:
    """Whether something is given to the regions that end there: 向甲县、乙县等地紧急调拨."""
    return _GIVING.match(text, end) is not None


def comes(text: str, start: int) -> bool:
    """Whether a national office only helps, or comes to see: 在海关总署支持下, 国务院督导组实地查看."""
    return lends(text, start) or (_VISITING.match(text, start) is not None and not is_telling(text, start))


def is_telling(text: str, end: int) -> bool:
    """Whether a reporter learns something from what ends there: 记者从甲县水利局获悉."""
    return _TELLING.match(text, end) is not None


def is_visit(text: str, start: int, end: int) -> bool:
    """Whether somebody is where the names between the two lie: 来到甲镇某村; 到甲镇 and 赴甲县 only with what for."""
    if not _GOING_ENDS.at(text, start - 1):
        return False
    return text.endswith(_ARRIVING, 0, start) or (
        text.endswith(_GOING, 0, start) and _VISITING.match(text, end) is not None
    )


def example(text: str, end: int) -> int:
    """Where the count of a list begins of which the thing at the place is an example (某区某泵站等4项), else 0."""
    hit = _SUCH_AS.match(text, end) if text.find("等", end, end + _LISTED) >= 0 else None
    if hit is None:
        return 0
    named = list[Word]()
    segment(hit[1], named)
    acts = any(word.role == "v" for word in named) or (named and named[0].role == "vn")
    return 0 if acts else hit.start(2)


def stop(text: str, start: int, *, within: bool) -> int:
    """Where the part of the sentence (``within``: the clause) around ``start`` ends, 0 where nothing near ends it."""
    return max(0, first_of(text, _PAUSES if within else "；;", start, start + _FAR))


def takes_up(text: str, start: int) -> bool:
    """Whether a sentence goes on about the project or site of those before: 该项目, 项目建成后."""
    first = text[start : start + 1]
    return first in _TAKES_FIRSTS and _TAKES_UP.match(text, start) is not None


def reports(text: str, start: int, end: int) -> bool:
    """Whether the office whose region stands there only tells what follows: 据某省地震局消息."""
    return text[start - 1 : start] == "据" and _REPORTS.match(text, end) is not None


def lends(text: str, end: int) -> bool:
    """Whether the region that ends there only lends its name to a company, its word, its help or a stay."""
    return _LENDS.match(text, end) is not None


def is_helped(text: str, end: int) -> bool:
    """Whether what ends there only helps what follows: 在全国各地、各单位支援下."""
    return text.find("下", end, end + _HELP_MAX) > 0 and _HELPED.match(text, end) is not None


def is_helping(text: str, end: int) -> bool:
    """Whether the region that ends there helps another: 甲市援建学校4所, 甲市等地派驻干部3名, 在甲市支援下."""
    return _HELPING.match(text, end) is not None or is_helped(text, end)


def shared_before(text: str, at: int) -> tuple[int, int] | None:
    """The clause that ends with a figure right before the parenthesis around ``at``."""
    low = max(0, at - _FAR)
    opened = max(text.rfind("（", low, at), text.rfind("(", low, at))
    if opened < 0 or not _TOTAL.search(text, max(low, opened - _TOTAL_MAX), opened):
        return None
    start = max(text.rfind(mark, low, opened) for mark in "，；。：\n")
    return (start + 1, opened) if start >= 0 else None


def placed_before(text: str, at: int, shut: int) -> tuple[int, int] | None:
    """The figure right before the parenthesis that ends at ``shut`` and holds but the place at ``at``, and when."""
    if text[at - 1] not in "（(" or _PLACED.fullmatch(text, at, shut) is None:
        return None
    low = max(0, at - _NEAR)
    figure = _MEASURED.search(text, low, at - 1)
    return (figure.start(), at - 1) if figure else None


def parenthesis(text: str, at: int) -> int:
    """Where the parenthesis around ``at`` closes, 0 where there is none."""
    low = max(0, at - _FAR)
    opened = max(text.rfind("（", low, at), text.rfind("(", low, at))
    if opened < 0 or max(text.rfind("）", opened, at), text.rfind(")", opened, at)) >= 0:
        return 0
    return min((c for c in (text.find(mark, at, at + _FAR) for mark in "）)") if c >= 0), default=0)
