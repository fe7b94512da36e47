"""Finds the names of administrative regions in a text and settles which region each name means.

One pass over the text by the first two characters of every known name; names that several regions share are
settled by the hierarchy: what stands right before, what else the text names, what the site is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.indicators_words import is_word
from minsheng.measure.places_gazetteer import COUNTRY, Gazetteer, Region, words
from minsheng.measure.places_scopes import any_of, is_compared
from minsheng.measure.seldom import Seldom

_NAME_MAX: Final = 15  # characters of the longest full name
_ZONE: Final = re.compile(
    "(?:国家级?|省级)?(?:经济技术|经济|高新技术产业|高新技术|高新|经|工业|产业)?(?:开发区|新区|园区|示范区|高新区|经开区)"
    r"|[^\W\d_]{2}(?:新区|高新区|经开区)"  # 南京江北新区
)


_INSIDE: Final = re.compile("区[域间块位划别]|市[场值价]|市民(?![政族营宗用生兵主办间革建盟进])|县[级域]|州[级]")
_WORD_MAX: Final = 4  # characters of the longest word of origin
_SHORT: Final = 2  # characters of a name that is easily part of a word
_WATERS: Final = words("water")
_WHOLE: Final = Seldom("全[省市县区州]")
_DATELINE: Final = re.compile(r"\s?(?:\d{1,2}月\d{1,2}日\s?(?:电|讯|消息|综合)|讯)")
_RIVER: Final = re.compile(  # rivers: 牡丹江、穆棱河, 嫩江干流, 嫩江、松花江干流, 嫩江与警戒水位相比
    r"(?:[、和与及][^\W\d_]{1,3}江){0,4}(?:干流|支流|流域|水位|水系|洪水|江段|河段|大堤|堤防)"
    r"|[、和与及](?:警戒|保证|[^\W\d_]{1,3}(?:河(?![南北])|湖(?![南北])|警戒|站水))"
)
_PARTS: Final = tuple(words("part"))
_LEVEL: Final = "级"  # 烟台市级 is a level
_SESSION: Final = Seldom("第[一二三四五六七八九十0-9]{1,3}[届次]")  # 荆门市第十届人民代表大会代表
_OPENING_MARKS: Final = Characters("，。；：！？\n")
_STAY: Final = Characters("在到往赴去")
_ROUTE: Final = frozenset("至到—－-")
_LINE: Final = Seldom(any_of("line"))
_JOINTS: Final = frozenset({"", "、", "和", "及", "与", "以及"})
_STATION: Final = re.compile(  # 武汉东站, 武汉东、 in a row, 武汉5座车站, 武汉为新建车站
    r"[东南西北]?站(?![长址区台场点在稳上起立位好牢])|[东南西北](?=[、和至])"
    r"|(?:\d{1,2}[座个]|[东南西北]?为[^\W\d_]{0,4}?)(?:火车|高铁|车)站"
)
_STATION_FIRSTS: Final = frozenset("站东南西北为0123456789")
_STATION_JOINTS: Final = frozenset("、和及与至东南西北")
_GAUGE_FIRSTS: Final = frozenset("站水桥闸（(")
_GAUGE: Final = Seldom(  # 松花江哈尔滨站水位: where it is measured
    r"(?:[（(][一二三][）)]|[桥闸])?(?:水文)?站[^，。；\n]{0,16}?(?:水位|流量|洪峰|雨量)"
)


class Mention:
    """A name in the text. ``aside``: an origin, a destination, a comparison, a list of those; ``part``: part of
    another name; ``quoted``: part of a quoted name; ``dateline``: where the reporter wrote it (新华社福州8月13日电);
    ``guest``: whose people or goods are elsewhere (广东客商, 海淀区对口支援的); ``sure``: what follows says that it is
    a place (南通全市); ``among``: in a list of asides (销往甲、乙); ``station``: a railway station (武汉东站);
    ``lost``: a name that nothing settles, in a list of places with their figures; ``opens``: a mark goes before."""

    def __init__(self, start: int, end: int, name: str, options: list[Region], full: bool) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.options = options
        self.full = full
        self.aside = False
        self.part = False
        self.station = False
        self.quoted = False
        self.dateline = False
        self.guest = False
        self.sure = False
        self.among = False
        self.lost = False
        self.opens = False
        self.region: Region | None = None


_SQUAD: Final = Seldom(rf"(?:{any_of('service')})[一-龥]{{0,4}}队")
_OFFICES: Final = frozenset("局厅委")


_THING: Final = re.compile(any_of("thing"))
_THING_FIRSTS: Final = Characters(word[0] for word in words("thing"))
_BODY: Final = re.compile("|".join(map(re.escape, (*words("organisation"), *words("media")))))
_BODY_FAR: Final = 6  # Chinese characters that may stand before the word for a body
_BODY_REACH: Final = _BODY_FAR + max(map(len, (*words("organisation"), *words("media"))))
_LIMITED: Final = "有限"
_COMPANY: Final = Seldom("[^的在于区内，。、；：\\s]{0,10}?有限(?:责任)?公司")
_COMPANY_REACH: Final = 12


def _thing(text: str, end: int) -> re.Match[str] | None:
    """The word for a thing right behind the name that ends there, or that for a body near behind it."""
    hit = _THING.match(text, end) if _THING_FIRSTS.at(text, end) else None
    if hit is None:
        hit = _BODY.search(text, end, end + _BODY_REACH)
        if hit and (hit.start() - end > _BODY_FAR or not all(["一" <= c <= "龥" for c in text[end : hit.start()]])):
            hit = None
    if hit is None and text.find(_LIMITED, end, end + _COMPANY_REACH) >= 0:
        hit = _COMPANY.match(text, end)
    return hit


def _names_thing(text: str, end: int) -> bool:
    """Whether the short name that ends there is part of a thing's or a body's (江陵路); the county's own offices and
    squads are the county (江陵消防大队)."""
    hit = _thing(text, end)
    if hit is None or _ZONE.match(text, end) is not None:
        return False
    named = text[end : hit.end()]
    last = named[-1]
    if last == "队" and _SQUAD.match(text, end) is not None:
        return False
    return last in "司团" or _OFFICES.isdisjoint(named)


_ORIGINS: Final = tuple(words("origin"))
_ORIGIN_ENDS: Final = Characters(word[-1] for word in _ORIGINS)
_GUESTS: Final = tuple(words("guest"))
_HELPING: Final = tuple(words("helping"))
_MARKETS: Final = tuple(words("market"))
_GUEST_FIRSTS: Final = Characters(word[0] for word in _GUESTS)
_WORKERS: Final = Seldom(  # the county's own: 江陵县务工人数, 公安县打工者7.1万人; in 公安县务工的 are others
    r"(?:务工|打工)(?:人数|规模|总数|总量|总?收入|(?:人员|者|劳动力)?(?:达|有|共|为|已)*\d)"
)
_SUCH: Final = Seldom("等?地区?的?")  # 武汉、宜昌等地的客商, 台湾地区旅客
_CORPS: Final = tuple(words("corps"))
_CORPS_FIRSTS: Final = frozenset(word[0] for word in _CORPS)
_TOGETHER: Final = Characters("和及、与")
_NOUNS: Final = words("noun")
WORDS: Final = words("word")  # names that say something else, too


def is_aside(text: str, start: int, end: int) -> bool:
    """Whether a word of origin, destination, comparison or exclusion stands right before ``start``, or behind ``end``
    that somebody helps (某街道的见证下), or it is compared with (高于甲市1.9个百分点、乙市1.2个百分点)."""
    if is_compared(text, start, end):
        return True
    if _ORIGIN_ENDS.at(text, start - 1) and text.endswith(_ORIGINS, max(0, start - _WORD_MAX), start):
        return True
    return text[end : end + 1] == "的" and text.startswith(_HELPING, end)


def _in_row(text: str, start: int, last: int) -> bool:
    """Whether a river that is no region goes before in a row (穆棱河、牡丹江); ``last``: where a region's name ends."""
    return last != start - 1 > 0 and _TOGETHER.at(text, start - 1) and text[start - 2] in "江河"


def _inside_word(text: str, start: int, name: str, options: list[Region], full: bool) -> bool:
    """Whether the name begins inside another word (示范|县 is no 范县, 水|平和 no 平和) or goes on as one (周口店),
    or ends one and begins the next (其中|卫生 is no 中卫, 新增|城区 no 增城区, 黄河|南岸 no 河南)."""
    if not full and is_word(text[start : start + len(name) + 1]):
        return True
    two = text[start - 1 : start + 1]
    water = two in _WATERS
    if start == 0 or not (water or is_word(two)):
        return False
    if len(name) == _SHORT + full and is_word(text[start + 1 : start + 3]):
        return True
    large = ("province",) if water else ("province", "prefecture")
    return not (full and len(name) > _SHORT) and all(o.level not in large for o in options)


def find(text: str, gazetteer: Gazetteer) -> tuple[list[Mention], list[tuple[int, str]]]:
    """The names of provinces, prefectures and counties in ``text``, in order, none settled yet; and what lies outside
    them, where it begins and its name, but for guests from there."""
    mentions: list[Mention] = []
    outside: list[tuple[int, str]] = []
    for number, start, end in gazetteer.finder.find_matches_as_indexes(text):
        name = text[start:end]
        if number >= gazetteer.ours:
            if not (text.startswith(_GUESTS, end) or text.startswith(_PARTS, end - 1)):  # 韩国游客, 水利部门
                outside.append((start, name))
            continue
        if name not in gazetteer.full and (cut := _full_inside(text, start, end, gazetteer)):
            start, name = cut
        last = mentions[-1].end if mentions else -1
        if mention := _mention(text, start, name, gazetteer, last):
            mentions.append(mention)
    spread(text, mentions)
    return mentions, outside


def spread(text: str, mentions: list[Mention]) -> None:
    """A list of names, or a name behind the one it lies in, is in one role: 来自四川、重庆的; 从山东寿光. The ends of a
    route are part of its name: 武汉至天门高速公路."""
    for before, after in pairwise(mentions):
        joint = text[before.end : after.start]
        if before.aside and joint in _JOINTS:
            after.aside = True
            before.among = after.among = before.among or after.among or bool(joint)
        if joint in _ROUTE and _LINE.match(text, after.end):
            before.part = after.part = True
    for i in range(len(mentions) - 1, 0, -1):
        before, after = mentions[i - 1], mentions[i]
        joint = text[before.end : after.start]
        if after.guest and joint in _JOINTS and (joint or not _generic(after.name, after.full)):
            before.guest = before.aside = True
        if after.station and 0 < len(joint) < 3 and _STATION_JOINTS.issuperset(joint):  # 甲、甲东、乙站
            before.part = before.station = True


def _full_inside(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, str] | None:
    """The full name that begins inside the short one and where: 其中江陵县 is no 中江."""
    for at in range(start + 1, end):
        if text[at : at + 2] in gazetteer.heads:
            for size in range(_NAME_MAX, 2, -1):
                if text[at : at + size] in gazetteer.full:
                    return at, text[at : at + size]
    return None


def _mention(text: str, start: int, name: str, gazetteer: Gazetteer, last: int) -> Mention | None:
    end = start + len(name)
    options = gazetteer.full.get(name)
    full = options is not None
    if full and name[-1] in "区市县州" and _INSIDE.match(text, end - 1):
        name, end, full = name[:-1], end - 1, False
    if not full:
        options = gazetteer.short.get(name)
        if name[-1] in "江河" and (_RIVER.match(text, end) or _in_row(text, start, last)):
            return None
    if (
        not options
        or (not full and name in _NOUNS)
        or (start != last and _inside_word(text, start, name, options, full))
    ):
        return None
    mention = Mention(start, end, name, options, full)
    after = text[end : end + 1]
    mention.sure = after == "全" and name not in WORDS and _WHOLE.match(text, end) is not None
    mention.dateline = (after == "讯" or after.isascii()) and _DATELINE.match(text, end) is not None
    things = end
    if after in "等地" and (such := _SUCH.match(text, end)):
        things = such.end()
    guests = _GUEST_FIRSTS.at(text, things) and text.startswith(_GUESTS, things)
    guests = guests or (things > end and text.startswith(_MARKETS, things))
    mention.guest = guests and not _own_workers(text, mention)
    listed = (
        after in _CORPS_FIRSTS and text.startswith(_CORPS, end) and text[start - 1 : start] in ("和", "及", "、", "与")
    )
    mention.opens = _OPENING_MARKS.at(text, start - 1)
    mention.aside = mention.guest or mention.dateline or listed or is_aside(text, start, end)
    if full and (after == _LEVEL or (after == "第" and _SESSION.match(text, end))):
        mention.aside = True
    gauged = after in _GAUGE_FIRSTS and _GAUGE.match(text, end) is not None
    mention.station = not gauged and after in _STATION_FIRSTS and _STATION.match(text, end) is not None
    mention.part = mention.station or (not gauged and not full and _names_thing(text, end))
    return mention


def _own_workers(text: str, m: Mention) -> bool:
    """Whether those who work elsewhere are counted as the region's own: 江陵县务工人数, not 在江陵县务工人数."""
    return m.full and m.name[-1] != "省" and not _STAY.at(text, m.start - 1) and bool(_WORKERS.match(text, m.end))


def settle(mentions: list[Mention], hints: Mapping[str, int], gazetteer: Gazetteer, title: int = 0) -> None:
    """Gives each mention its region, or leaves None: a name is taken only where something decides for it.

    ``hints`` are codes the article is known to be about (forced, the site's region, the publisher's) and what each
    counts for; the first ``title`` characters of the text are its title.
    """
    support: dict[str, int] = {}
    for code, weight in hints.items():
        for above in gazetteer.chain(code):
            support[above] = support.get(above, 0) + weight
    said = {m.name for m in mentions if m.full and m.name not in WORDS}
    often = _often(mentions, title)
    for m in mentions:
        if len(m.options) == 1 and (m.sure or (not _generic(m.name, True) if m.full else _plain(m))):
            m.region = m.options[0]
            for above in gazetteer.chain(m.region.code):
                support[above] = support.get(above, 0) + 1
    last: Mention | None = None
    for m in mentions:
        if m.region is None:
            m.region = _choose(m, last, support, said, gazetteer)
            if m.region is None and not support and m.name in often and len(m.options) == 1 and not is_word(m.name):
                m.region = m.options[0]  # nothing else is named: a rare name in the title or said again
        last = m
    _settle_lists(mentions)


def _often(mentions: list[Mention], title: int) -> set[str]:
    """The names that stand more than once, or in the title."""
    once, often = set[str](), set[str]()
    for m in mentions:
        if not m.part:
            if m.name in once or m.end <= title:
                often.add(m.name)
            once.add(m.name)
    return often


def _settle_lists(mentions: list[Mention]) -> None:
    """A、B: a name in a list is of its neighbour's kind, though by itself it says something else, too; and where it
    opens a clause of that text (红河、大理等地的做法。大理交警)."""
    settled: dict[str, Region] = {}
    for before, after in pairwise(mentions):
        if after.start - before.end != 1:
            continue
        for unclear, clear in ((before, after.region), (after, before.region)):
            if unclear.region is None and clear is not None:
                unclear.region = next((o for o in unclear.options if _kin(o, clear)), None)
                if unclear.region is not None:
                    settled[unclear.name] = unclear.region
    if settled:
        for m in mentions:
            if m.region is None and m.opens:
                m.region = settled.get(m.name)


def _kin(one: Region, other: Region) -> bool:
    return one.level == other.level and one.parent == other.parent and one.level != "province"


def _generic(name: str, full: bool) -> bool:
    """Whether a name also says something else (和平, 城区, 兴县) and needs its full form or prefecture near."""
    return name in WORDS or (not full and is_word(name))


def _plain(m: Mention) -> bool:
    """Whether a short name needs no support: of a province or prefecture, and no other word."""
    return m.options[0].level in ("province", "prefecture", "country") and not _generic(m.name, m.full)


def _choose(
    m: Mention, last: Mention | None, support: dict[str, int], said: set[str], gazetteer: Gazetteer
) -> Region | None:
    if last is not None and last.region is not None and m.start - last.end <= 1:
        inside = [o for o in m.options if last.region.code in gazetteer.chain(o.code)[1:]]
        if inside:
            return min(inside, key=lambda o: len(gazetteer.chain(o.code)))
    if not m.full:
        spelled = [o for o in m.options if o.name in said]
        if len(spelled) == 1:
            return spelled[0]
        top = [o for o in m.options if o.level in ("province", "prefecture")]
        top = [o for o in top if o.level == "province"] or top
        if len(top) == 1 and (m.sure or not _generic(m.name, m.full)):
            if top[0].level == "province" or not support:
                return top[0]
            nearest = max(m.options, key=lambda o: (_weight(o, support, gazetteer), o is top[0]))
            return nearest if _weight(nearest, support, gazetteer) else None
        if _generic(m.name, m.full):
            return None
    elif _generic(m.name, m.full) and m.name[:-1] not in WORDS:  # 平房区 is one near Harbin
        return None
    weights = [(_weight(o, support, gazetteer), o) for o in m.options]
    best = max(w for w, _ in weights)
    if best == 0:
        return None
    leaders = [o for w, o in weights if w == best]
    return leaders[0] if len(leaders) == 1 else None


def _weight(option: Region, support: dict[str, int], gazetteer: Gazetteer) -> int:
    """How much speaks for a region: its county or prefecture named counts for more than its province."""
    chain = gazetteer.chain(option.code)
    return sum([support.get(code, 0) * (1 if code.endswith("0000") else 4) for code in chain if code != COUNTRY])
