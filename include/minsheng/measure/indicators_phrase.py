"""The grammar of the phrase that names what a figure measures.

Lists share the verb of their first item (种植樟子松3010株、云杉287株); a bare verb takes the object of the figure
before (排查隐患542项，整改540项); a bare rate of change takes the subject of the figure before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.indicators_behind import LONGEST, NOUN, reaches
from minsheng.measure.indicators_clause import SHARES, Reading, has_change, is_change
from minsheng.measure.indicators_head import COUNTERS, PERSONS, SIZES
from minsheng.measure.indicators_lists import MEASURES, SKIP, VERBAL, deed, handed, is_place, linked, measures
from minsheng.measure.indicators_reading import JOINTS, read
from minsheng.measure.indicators_words import CHANGES, PARTS, Word, cut, words_of
from minsheng.measure.units import REGIONS
from minsheng.vocabulary import context

__all__ = ["LONGEST", "compose", "shorten"]

_DEGREES: Final = words_of("degree")
_CAUSES: Final = words_of("cause")
_MEANS: Final = words_of("mean")  # 平均缩短2天 names no noun of its own
_EACH: Final = words_of("each")
_WHOLE: Final = words_of("whole")
_AREAS: Final = words_of("area")
_SPENDS: Final = words_of("spends")  # what is spent is money or time, and no object of the clause before
_OF_PARTS: Final = words_of("parts")  # what is done to a whole, so that it is done to each part of it
_NAMED: Final = 2  # characters of a name at least
_PULLS: Final = words_of("pull")
_ON: Final = VERBAL | {"p", "u"}  # roles of words that lead on to the next figure: 从2万人增长到
_FATE_ENDS: Final = SKIP | {",", "、", "F", "u"}
_BODIES: Final = context("body")
_BUYERS: Final = (*_BODIES, *context("buyer"))
_COMPARED: Final = "相比"
_BACK_TO: Final = "恢复"  # to a share of what it was
_FOR: Final = ("为", "对", "向", "给")
_WHOM: Final = (*_FOR, "使", "让")  # 使300名失业人员实现再就业: the counted stand behind
_LOOSE: Final = Characters("个项件处条")  # counters of anything
_RATES: Final = ("%", "％", "百")  # what the unit of a rate begins with
_FOR_EACH: Final = frozenset(["每人", "每户", "每生", "每亩"])
_CLAUSE_OF_SHARE: Final = 3  # words before the amount: the end of the clause before, for whom, the verb
_POINTS: Final = "分点"
_MEANS_OF_OTHERS: Final = ("平均", "水平", "平均水平", "平均值")
_DAY: Final = "天"
_MONEY: Final = "元"
_PEOPLE: Final = frozenset(["户", "人", "口人"])
_PARTS_OF: Final = SHARES[1:]  # nouns that name a share
_STATED: Final = context("stated")  # what is said of a thing by these names is measured, not the thing
_ADDS: Final = words_of("adds")
_IN_ALL: Final = words_of("in_all")  # 累计, 总数
_SUMS: Final = words_of("sums")
_DEPLOYS: Final = words_of("deploys")
_EXCEEDS: Final = words_of("exceeds")
_HOLDS: Final = words_of("holds")  # what places do that have others: 辖
_REACH: Final = 40  # words before a figure in which the place of which it is all is named
_PLACES: Final = (*REGIONS, "小组", "社区")
_COUNTING: Final = COUNTERS | PERSONS | _PEOPLE
_SCOPES: Final = frozenset("全" + region for region in REGIONS)
_BAND: Final = "岁"  # what ends so is the class of age that a standard is for, not what it is
_BANDS: Final = 12  # of those, how many clauses are read back


def compose(words: Sequence[Word], figures: Sequence[int]) -> list[str]:
    """The phrase of each figure of a sentence; empty where nothing names it. ``figures`` are places in ``words``."""
    out: list[str] = []
    before: Reading | None = None
    seen: dict[str, Reading] = {}  # the last of each kind of unit
    things: Reading | None = None  # the last that counts things
    whole: Reading | None = None  # of which parts are told (其中)
    subjects: list[str] = []
    mine: list[str] = []
    for k, at in enumerate(figures):
        reading = read(words, at)
        if reading.shared >= 0:
            found, count = handed(words, reading.shared, figures, k)
            said = deed(words, reading.shared, at)
            rated = is_change(said) or said in _DEGREES or said == _BACK_TO or said.startswith(SHARES)
            if found or len(subjects) != count:  # else 新设企业5户、个体户9户，分别增长2%、3%
                silent = rated and 1 < count <= k and _silent(words[figures[k - 1] + 1 : reading.shared])
                subjects = found or (out[k - count :] if silent else [])
            mine = subjects[::-1]
            if not rated:
                subjects = [subject + said for subject in subjects]
        elif not reading.joined:
            again = subjects and not reading.noun and linked(words, figures, k) == len(subjects)
            mine = subjects[::-1] if again else []
        if mine:
            _hand_out(reading, before, words, at, mine.pop())
        else:
            subjects = []
            if before and not reading.owner and reading.verb.startswith("占"):
                reading.owner = before.subject
            rated = reading.unit.startswith(_RATES)
            reading.kin = before if rated else seen.get(_counts(reading.unit))
            if before and words[at].text == words[figures[k - 1]].text:
                _share_quantity(reading, before)
            elif reading.among and reading.kin and not rated:
                _share_quantity(reading, reading.kin)
            whole = None if rated else _part(reading, reading.kin if reading.among else whole)
            reading.counted = things if reading.unit in COUNTERS and reading.unit not in PERSONS else None
            reading.phrase = _compose(reading, before, words, at)
        reading.phrase = _summed(reading.phrase, out, words, figures[k - 1] if k else 0, at)
        out.append(reading.phrase)
        seen[_counts(reading.unit)] = reading
        if reading.unit in COUNTERS and reading.unit not in PERSONS:
            things = reading
        if not (reading.bracket and reading.compared):
            before = reading
    return out


def _summed(phrase: str, out: list[str], words: Sequence[Word], last: int, at: int) -> str:
    """The phrase of the figure at ``at``, behind that at ``last``; of the sum of a list what its members end in: 补贴
    behind 购房补贴 and 育儿补贴."""
    if len(out) < 2 or phrase != out[-1] or phrase == out[-2]:
        return phrase
    if not any([w.text in _SUMS for w in words[last + 1 : at]]):
        return phrase
    size = 0
    while size < min(len(phrase), len(out[-2])) and phrase[-size - 1] == out[-2][-size - 1]:
        size += 1
    return phrase[len(phrase) - size :] if size > 1 else phrase


def _counts(unit: str) -> str:
    """What figures of a unit count, by its first character: 排查隐患5处，整改3项 the same, 查扣汽车5辆，立案3起 not."""
    return "项" if _LOOSE.at(unit, 0) else "人" if unit[:1] in PERSONS else unit[:1]


def _silent(words: Sequence[Word]) -> bool:
    """Whether words name nothing: 较上年, but neither 增速 nor 其中进口."""
    return all(w.role in SKIP or w.role in (",", "p", "u", "f") for w in words)


def _hand_out(r: Reading, before: Reading | None, words: Sequence[Word], at: int, subject: str) -> None:
    """Names the figure by the subject that 分别 gives it, with what is said of all of them."""
    if r.shared >= 0:
        r.tail = deed(words, r.shared, at)
    elif r.joined and before and not r.tail:
        r.tail = before.tail
    r.noun = subject
    r.phrase = subject + r.tail


def _share_quantity(r: Reading, before: Reading) -> None:
    """A noun that names no quantity is of the one before it, which has the same unit: 甲站雨量3毫米，乙站5毫米."""
    if not r.parts or r.verb or r.tail or r.head or r.case or r.parts[0].role not in ("n", "q", "x"):
        return
    if before.tail:
        # 牲畜存栏30万头，增长2%，其中牛9万头; of 监测181天，其中优良178天 each has its own name.
        own = not r.among or has_change(before.tail) or r.unit == _DAY or (before.head and not r.after)
        r.tail = "" if own else before.tail
        return
    if r.noun in _AREAS and before.phrase:  # 甲地区发送旅客3万人次，乙地区2万人次
        r.verb, r.noun, r.tail, r.head = before.verb, before.noun, before.tail, before.head
    elif before.quantify() and not r.quantify():
        r.noun = before.qualified if is_place(r.parts) else r.noun + before.quantity
        r.quantity, r.qualified = before.quantity, before.qualified


def _part(r: Reading, whole: Reading | None) -> Reading | None:
    """The whole that a figure is a part of, which counts the same; its deed is shared with the part."""
    if whole is None or r.kin is None or _counts(whole.unit) != _counts(r.unit):
        return None
    _share_deed(r, whole)
    return whole


def _share_deed(r: Reading, whole: Reading) -> None:
    """A thing is of those to which was done what the verb of the whole says: 新登记主体9户，其中企业5户; whose it is
    goes before where that is no thing itself: 新增就业9人，其中失业人员5人."""
    if len(r.noun) < _NAMED or r.verb or r.tail or r.head or r.case or r.of or not r.parts or r.parts[0].role in VERBAL:
        return
    if (whole.tail and not whole.head) or r.after:
        return
    deed = (whole.tail or whole.verb)[-2:]
    if deed not in _OF_PARTS:
        return
    if whole.parts and whole.parts[0].role in VERBAL and not whole.head:
        r.noun += whole.phrase
    else:
        r.verb = deed


def shorten(phrase: str) -> str:
    """A phrase that is too long, as its verb and the last of its words that fit: cut between words, in a list between
    its members."""
    words, _ = cut(phrase, [])
    kept = words[0].text if words and words[0].role in ("v", "vn", "h") else ""
    at, size = len(words), len(kept)
    while at and size + len(words[at - 1].text) <= LONGEST:
        at -= 1
        size += len(words[at].text)
    member = next((k for k in range(at, len(words) - 1) if words[k].role == "、"), at - 1)
    while member + 1 < len(words) and words[member + 1].role in JOINTS:
        member += 1
    return kept + "".join([w.text for w in words[member + 1 :]]) if len(words) > 1 else phrase[:LONGEST]


def _fate(r: Reading, words: Sequence[Word], at: int) -> str:
    """The verb behind a figure that says all by itself (2人死亡、16人失联); empty where it stands before (死亡2人)."""
    if at + 1 == len(words) or words[at + 1].text not in _WHOLE or (r.tail in _WHOLE and not r.adjacent):
        return ""
    ends = at + 2 == len(words) or words[at + 2].role in _FATE_ENDS
    return words[at + 1].text if ends or r.tail in _WHOLE else ""  # 3人遇难2人失联: each its own


def _compose(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    if said := _fate(r, words, at) or (r.bracket and _bracketed(r, before, words, at)):
        return said
    if r.noun.endswith(_BAND) and not r.verb:
        r.noun = ""
    if said := _elsewhere(r, before, words) or _stated(r, words, at):
        return said
    if r.parts and r.parts[0].text in _DEGREES and not r.tail and not r.quantify():
        _compare(r, before, words, at)
    if r.tail:
        return _share(r, words, at) or _with_tail(r, before, words, at)
    if r.noun in _MEANS and (of := r.kin or before) and not (r.verb or r.head):  # 接待游客360万人次，日均2万人次
        named = of.phrase.removesuffix(of.noun) if of.noun in _MEANS else of.phrase
        return named if r.noun in named else named + r.noun
    if r.noun in SHARES and before and not r.verb:
        return before.subject + r.noun
    if r.noun and not (r.head and not r.verb):
        if not (r.verb or r.qualified_by) and before and r.joined and not has_change(before.tail):
            r.verb = before.verb or (before.tail if before.head else "")
        return r.verb + (r.head if r.head and r.verb else r.noun)
    if r.head:
        return _with_head(r, before)
    if r.verb:
        return r.verb + r.after
    return (r.rest if r.joined and not r.after else "") or _carry(r, before, words, at)


def _stated(r: Reading, words: Sequence[Word], at: int) -> str:
    """The quantity of a thing that a figure states beside it (开工总投资3亿元的项目), else empty."""
    stated = r.head and r.noun.endswith(_STATED) and words[at + 1].role == "u" and not r.unit.startswith(_RATES)
    return r.quantify() if stated else ""


def _elsewhere(r: Reading, before: Reading | None, words: Sequence[Word]) -> str:
    """The phrase of a figure of which the noun before it is no part, or not all; empty for any other."""
    if r.case == "以" and r.unit.endswith("元") and r.after:  # 由甲公司以3亿元竞得
        return ("" if r.noun.endswith(_BUYERS) else r.noun) + r.after
    if r.whole and r.noun and r.unit.endswith("%") and not (r.head or r.joined or r.tail or r.bracket):
        r.owner = r.owner or (before.topic if before else "")
        return r.owner + "为" + r.noun
    if r.of and (r.head or r.unit in PERSONS) and not reaches(words, r.end, _ON) and r.after:  # 收购的57套设备投用
        return r.head + r.after
    if before is None or r.head:
        return ""
    if r.among and r.of and r.kin and r.unit:  # 建议90件，其中涉及交通的36件
        return r.verb + r.noun + r.tail + r.kin.topic
    return _next_deed(r, before) if r.follows and (r.tail or r.verb) and r.after else ""


def _next_deed(r: Reading, before: Reading) -> str:
    """The phrase of a figure behind 、 that only what is done names: what stands between the two is said of the one
    before, whose verb or subject it has too (国道3处损毁、5处受损)."""
    end = before.end
    acts = before.head and end < len(before.words) and before.words[end].role in VERBAL
    noun = before.head if acts else "" if before.verb else before.noun
    r.tail, r.verb, r.noun = before.tail, "", ""
    return (before.tail or noun) + r.after


def _compare(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> None:
    """Gives a figure that only says how much higher or lower the quantity that is compared: 与保证水位相比，低3米."""
    r.verb = "" if r.verb == _COMPARED else r.verb
    own, degree = r.noun[: -len(r.parts[0].text)], r.parts[0].text
    if before and before.phrase and r.unit.endswith(_POINTS) and own in _MEANS_OF_OTHERS:
        r.noun = before.phrase + ("" if has_change(before.phrase) else degree)  # 还田率7%，比平均水平高6个百分点
        return
    if before and before.quantity and before.parts and before.parts[0].text in _DEGREES:
        r.quantity = before.quantity
    elif not r.joined:
        i = at - 1
        while i >= 0 and words[i].role != "F" and words[i].text != _COMPARED:
            i -= 1
        if i > 0 and words[i].text == _COMPARED and measures(words[i - 1].text):
            r.quantity = words[i - 1].text
        if r.quantity[-2:] in MEASURES:
            r.quantity = r.quantity[-2:]  # not what it is compared with: 警戒水位
    r.noun = own + r.quantity + degree


def _with_head(r: Reading, before: Reading | None) -> str:
    """The phrase of a figure that its noun stands behind."""
    if r.case in _FOR and r.after and r.verb not in _CAUSES:
        return r.case + r.head + r.after
    if r.joined and before and (before.tail or before.verb) and r.verb not in _CAUSES:
        r.verb = before.tail or before.verb
    if r.verb:
        return r.head + r.after if r.verb in _CAUSES and r.after else r.verb + r.head
    if r.after or r.noun.endswith(_BUYERS):  # 供电公司3支抢险队伍
        return r.head + r.after
    return r.noun + r.head


def _with_tail(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    if r.owner and r.verb.startswith("占") and r.tail.startswith(SHARES):
        return r.owner + r.verb + r.noun + r.tail  # 木材出口额占出口总值的比重: else every share of a total is one
    if is_change(r.tail) or r.tail.startswith(SHARES):
        return _with_change(r, before, words, at)
    if r.tail in _EXCEEDS and r.adjacent and before and before.head:  # 水库超汛限0.5米运行
        return before.head.removesuffix(r.tail) + r.tail
    if r.head:
        return r.head + r.after if r.tail in _CAUSES and r.after else r.tail + r.head
    each = r.noun if r.noun in _EACH and r.kin and r.kin.topic else ""
    if each:
        r.noun = ""
    if r.noun and not r.noun.endswith(_BODIES):
        return r.verb + r.noun + r.tail
    if r.tail in _WHOLE:
        return r.tail
    if words[at].text in REGIONS:  # 下辖8镇: the unit is the noun
        return r.tail + words[at].text
    if r.after:
        return r.tail + r.after
    if r.tail in _SPENDS and r.unit not in COUNTERS and r.unit not in PERSONS:
        return r.tail
    if r.kin and r.kin.topic and not (r.kin.verb in _DEPLOYS and r.unit in PERSONS):  # 出动警力9人次，拘留3人
        again = r.kin.tail != "" or r.kin.noun.endswith(_BODIES)
        r.noun = r.kin.head if r.kin.head and again else r.kin.topic
        return each + r.tail + r.noun
    topic = _clause_before(words, at) if before is None or before is r.kin else None
    return r.tail + topic.noun if topic else r.tail


def _share(r: Reading, words: Sequence[Word], at: int) -> str:
    """The phrase of an amount of which its clause says only for whom it is (每户补贴3000元); else empty."""
    if at < _CLAUSE_OF_SHARE or r.noun or r.head or is_change(r.tail) or not r.unit.endswith(_MONEY):
        return ""
    each = words[at - 2].text
    return each + r.tail if each in _FOR_EACH and words[at - 3].role in (",", "F") else ""


def _with_change(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    """The phrase of a figure behind a word of growth or of a share: with what has grown."""
    counts = r.tail in CHANGES and not (r.case or r.joined or r.unit.startswith(_RATES))
    if r.head and counts and not reaches(words, r.end, SKIP):  # 企业减少300吨碳排放量
        return r.tail + r.head
    mean = r.noun if r.noun in _MEANS else ""
    if not r.noun or mean:
        topic = None if r.joined else _clause_before(words, at)
        if topic and not topic.verb and not is_change(topic.tail) and topic.quantify():
            r.noun = topic.qualified
        elif topic and topic.noun and _parted(words, at) and not any(w.role in JOINTS for w in topic.parts):
            r.noun = topic.noun + topic.tail  # 民间投资，增长3%
        elif before:
            # It is the share that rose by 2个百分点, or to 12%; the part that grew by 5%.
            share = (before.owner or before.tail in _PARTS_OF) and (
                words[at].text.endswith(_POINTS) or r.case in ("到", "至")
            )
            of = r.kin if r.kin and before.unit.startswith(_RATES) and not r.unit.startswith(_RATES) else before
            r.noun = before.phrase if share else of.subject  # 优良天数256天，优良率84%，同比增加11天
        r.noun = r.noun if mean in r.noun else r.noun + mean
    elif before and r.noun in _SPENDS and not r.verb and before.unit in COUNTERS and before.unit not in PERSONS:
        r.noun = before.topic + r.noun  # 大项目90个，投资增长3%
    pulls = r.verb if r.verb in _PULLS else ""  # 拉动经济增长: that much of the growth
    return pulls + r.noun + r.tail + ("" if r.noun else r.head)


def _parted(words: Sequence[Word], at: int) -> bool:
    """Whether another part of the sentence begins before a figure (产蜂蜜20吨；项目年增收5万元)."""
    while at and words[at - 1].role != "F":
        at -= 1
        if words[at].text == PARTS:
            return True
    return False


def _bracketed(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    """What a figure between brackets measures, where not the noun before them says it."""
    if r.verb or r.tail:
        return ""
    if before and before.bracket and (before.listed or not r.noun):
        r.verb, r.noun, r.tail, r.listed = before.verb, before.noun, before.tail, before.listed
        return before.phrase
    if not r.noun:
        r.noun = _behind_brackets(words, at)
        return r.noun
    return ""


def _behind_brackets(words: Sequence[Word], at: int) -> str:
    """The noun behind a list of names with their values between brackets: 甲（3吨）、乙（2吨）产量均居前."""
    while at + 2 < len(words) and words[at].role == "F" and words[at + 1].text == "）":
        at = next((k for k in range(at + 2, min(at + 8, len(words))) if words[k].role == "F"), at + 2)
        if words[at].role != "F":
            break
    noun: list[str] = []
    for word in words[at : at + 10]:
        if word.role not in NOUN - {"、", "c"} and (noun or word.role not in SKIP):
            break
        if word.role not in SKIP | {"u"}:
            noun.append(word.text)
    return "".join(noun)


def _clause_before(words: Sequence[Word], at: int) -> Reading | None:
    """The reading of the clause before the figure's own (past classes of age), as if the figure stood at its end."""
    for _ in range(_BANDS):
        at, reading = _back(words, at)
        if reading is None or reading.verb or not reading.noun.endswith(_BAND):
            return reading
    return None


def _back(words: Sequence[Word], at: int) -> tuple[int, Reading | None]:
    """Where the clause before that of ``words[at]`` ends, and its reading; none where a figure stands there."""
    i = at - 1
    while i >= 0 and words[i].role not in (",", "F"):
        i -= 1
    while i >= 0 and words[i].role == ",":
        i -= 1
    if i < 0 or words[i].role == "F":
        return i, None
    return i, read([*words[max(0, i - 40) : i + 1], Word("", "F")], min(i, 40) + 1)


def _carry(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    """What a bare figure is about: the figure before it, the clause before it, or what follows."""
    if r.after and not r.joined and words[r.end].role not in JOINTS and (not r.case or r.case in _WHOM):
        part = before is not None and r.among and words[at].text in COUNTERS and before.unit == words[at].text
        return (before.head or before.noun if before and part else "") + r.after
    topic = None if r.joined else _clause_before(words, at)
    if topic and topic.joined and before and r.unit in _PEOPLE and (said := _fitting(r, before, words, at)):
        return said
    if topic and (topic.noun or topic.tail):
        r.verb, r.noun = topic.verb, topic.noun
        return topic.verb + topic.noun + topic.tail
    if before and words[at].text in REGIONS and before.unit in REGIONS:  # 下辖8镇2乡
        r.tail = before.tail
        return r.tail + words[at].text
    if before:
        if before.beside and r.unit not in _COUNTING:  # 年交易规模超过百亿元，其中6家超过千亿元
            before = before.beside
        if r.unit in _COUNTING and (said := _fitting(r, before, words, at)):
            return said
        if before.verb in _ADDS and r.shared < 0 and (noun := _in_all(before, words, at)):
            r.noun = noun
            return noun
        r.verb, r.noun, r.tail, r.head = before.verb, before.noun, before.tail, before.head
        return before.phrase
    return r.after


def _in_all(before: Reading, words: Sequence[Word], at: int) -> str:
    """The noun of which a figure is all there are, and not what came new (新建5G基站426个，累计1985个); else empty."""
    total = any([w.text in _IN_ALL for w in words[before.end : at]])
    parts = before.parts or before.words[before.end - 1 : before.end]
    if not total or any([w.role in VERBAL or w.role in JOINTS for w in parts]):
        return ""
    return before.head or before.noun


def _fitting(r: Reading, before: Reading, words: Sequence[Word], at: int) -> str:
    """What a bare count is of behind a size, whose noun is measured and not counted; empty where that noun fits.

    耕地2000亩，300户 are all households of the place, 改造建筑面积5万平方米，共20栋 the buildings.
    """
    people = r.unit in _PEOPLE
    said = before.verb or (before.tail if before.tail not in _HOLDS else "")
    places = before.topic.endswith(_PLACES) and not said
    if people and (before.scope or places or (before.unit in SIZES and not (said or before.head))):
        r.scope = before.scope or next(
            (w.text for w in reversed(words[max(0, at - _REACH) : at]) if w.text in _SCOPES), ""
        )
        return r.scope + r.unit if r.scope else ""
    money = before.unit.endswith(_MONEY)
    if not (before.unit in SIZES or money) or before.head or not before.quantify():
        return ""
    if people and money:  # 发放贷款9万元，3户: they got it
        return ""
    r.beside = before
    own = [w.text for w in before.parts if not measures(w.text)]
    if r.counted and not (before.verb and own):
        r.verb, r.noun, r.tail, r.head = r.counted.verb, r.counted.noun, r.counted.tail, r.counted.head
        return r.counted.phrase
    own.reverse()
    noun = "".join(own) + (before.quantity[:-2] if len(before.quantity) > 3 else "")  # the 建筑 of 建筑面积
    if not noun:
        return ""
    r.verb, r.noun = before.verb, noun
    return r.verb + r.noun
