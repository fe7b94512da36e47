"""What `repair` promises of any text: clean ones unchanged, every repair undoable, no exception, linear time."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.clean.repair import repair, undo

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the shared seeds, gold and articles beside the checkout, no part of the project"
)

PIECES = """\
全县 完成 發(fā)現(xiàn) ?dòng)浾? ？ ? \ufffd 。 。。 …… —— ！耙焕弦恍 “ ” 實(shí) 縣 著 鄌郚 &nbsp; &amp; amp;lt;
锟斤拷 鈥溿€ 涓\ue15e浗 ä¸\xadå›½ ÖÐ¹ú ２０２３ ．５％ Ａ \u200b \u3000 \ud800 \x00 \x94 , 12.5 abc ( ) é"""
TEXTS = st.lists(st.sampled_from([*re.split("[ \n]", PIECES), " ", "\xa0", "\n"]), max_size=30).map("".join) | st.text(
    max_size=60
)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_every_repair_can_be_undone_and_none_is_left_to_make(text: str) -> None:
    mended, repairs = repair(text)
    assert undo(mended, repairs) == text
    for place in repairs:
        assert 0 <= place.char_start <= place.char_end <= len(mended)
        assert mended[place.char_start : place.char_end] != place.original
    assert all(a.char_end < b.char_start for a, b in pairwise(repairs))
    assert repair(mended) == (mended, [])


@pytest.mark.parametrize(
    "text",
    [
        "全县共发现问题2279个，办结率91.3%。",
        "昌乐县鄌郚(táng wú)镇、郝穴(xué)镇",  # an author's own pinyin
        "於(yū)某说，这里的问题解决了。",  # behind a Traditional character in a Simplified text
        "作者張國榮，本县人，现为县作协会员。",  # a name
        "为什么?怎么办??真的?!",
        "是不是?对不对?? 真的吗?!",
        "型号A-12?B?C? Yes? No?",
        "瘰疬、癫痫、鲀、鲇、鳜，魑魅魍魉，饕餮",
        "重(zhòng)要、重(chóng)复、行(háng)业、行(xíng)走、乐(lè)园、音乐(yuè)",
        "莘(shēn)县、甪(lù)直、亳(bó)州、歙(shè)县、黟(yī)县",
        "株式会社トヨタ自動車の田中さんは東京で発表した",
        "《论语》的原文是“學而時習之”",
        "行政長官表示，政府會繼續與業界溝通，「務實推動經濟發展」，並於年內提出建議。",  # of Hong Kong
        "縣長說明，今年已經完成車站前道路工程，下個月開始進行排水設施的修繕。",
        "縣長說明，開放時間為週一~週五，下個月開始進行排水設施的修繕。",  # signs that no mirror left
        "縣長說明，今年已經完成車站工程[1]，下個月開始進行排水設施的修繕。",
        "首頁|新聞|縣長說明，今年已經完成車站前道路工程，下個月開始進行修繕。",
        "縣長說明，今年開始為長者進行x光檢查，下個月會發出通知。",
        "縣長說明，今年開始為長者進行x光檢查，下個月再進行x光檢查，會發出通知。",
        "縣長說明，今年展出皇太后的書信，下個月開始進行展場的修繕。",
        "縣長說明，今年已經完成關聯系統與相關系統，下個月開始進行設備的修繕。",
        "縣長說明，今年開始為長者提供維生素b12，下個月會發出通知。",
        "縣長說明，計畫已經核准備查，下個月開始進行排水設施的修繕。",
        "縣長說明，今年的稅收同比增加，下個月開始進行排水設施的修繕。",  # one such word may be anybody's
        "縣長說明，今年的機制造成問題，下個月開始進行排水設施的修繕。",
        "他問:「這個問題怎麼辦?」縣長說，會請專業團隊評估。",
        "蔡镕基、钱喆、周昇、吴赟、王䶮",
        "等等……之后——再说。。。",
        "他说:“好!”(完)",
        "“má”“lā”café”“bar",
        "São Tomé, Łódź, Ångström, 5 µm, 90°",
        "👨‍👩‍👧 一家三口",
        "AT&T; R&D, a&b;",
        "涓涓细流，洌洌清泉",
        "　　段首空两格",
        "",
    ],
)
def test_clean_text_is_unchanged(text: str) -> None:
    assert repair(text) == (text, [])


@pytest.mark.parametrize(
    ("converted", "original"),
    [
        (  # the mainland's quotation marks
            "縣長說，要辦好“一老一小”的實事，進一步發動專業隊伍，讓群眾滿意。",
            "县长说，要办好“一老一小”的实事，进一步发动专业队伍，让群众满意。",
        ),
        (  # words that only the mainland's officials use
            "今年以來，甲縣推進鄉村振興，新建、改擴建學校14所，招商引資額同比增長5%。",
            "今年以来，甲县推进乡村振兴，新建、改扩建学校14所，招商引资额同比增长5%。",
        ),
        (  # characters that a conversion one by one leaves
            "縣長說，今后要進一步規范專業隊伍，采取措施，讓群眾滿意。",
            "县长说，今后要进一步规范专业队伍，采取措施，让群众满意。",
        ),
        (
            "縣長說，要進一步密切與群眾的聯系，發動專業隊伍，讓群眾滿意。",
            "县长说，要进一步密切与群众的联系，发动专业队伍，让群众满意。",
        ),
        (  # what torn characters left
            "縣長說，要發動專業隊伍，增加應急通信車v4輛，讓群眾滿意。",
            "县长说，要发动专业队伍，增加应急通信车v4辆，让群众满意。",
        ),
        (
            "縣長說，要發動專業q隊伍，進一步解決問題，讓群眾z滿意。",
            "县长说，要发动专业q队伍，进一步解决问题，让群众z满意。",
        ),
    ],
)
def test_a_mainland_text_that_a_mirror_converted_is_converted_back(converted: str, original: str) -> None:
    mended, repairs = repair(converted)
    assert mended == original
    assert {place.kind for place in repairs} == {"traditional"}
    assert undo(mended, repairs) == converted


@needs_shared
@pytest.mark.parametrize("seed", ["001", "002", "004"])
def test_clean_seeds_are_unchanged(seed: str) -> None:
    text = next((SHARED / "seeds").glob(f"{seed}_*")).read_text(encoding="utf-8")
    assert repair(text) == (text, [])


@needs_shared
def test_clean_articles_keep_every_character_that_is_seen() -> None:
    with gzip.open(SHARED / "articles/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    kinds = {place.kind for text in texts for place in repair(text)[1]}
    assert kinds <= {"blank", "invisible", "width"}


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("ä¸\xadå›½", "中国"),
        ("â€œæ°‘ç”Ÿâ€“", "“民生–"),
        ("5Â·12", "5·12"),
        ("ÖÐ¹úÈËÃñ", "中国人民"),
        ("锟斤拷锟斤拷年", "□□年"),
        ("２０２３年增长５．３％，ＧＤＰ", "2023年增长5.3%，GDP"),
        ("办结。。此外、、还", "办结。此外、还"),
        ("&ldquo;民生&rdquo;&amp;nbsp;实事", "“民生” 实事"),
        ("\u200b民\ufeff生\ue123", "民生"),
        ("10\xa0万元", "10 万元"),
        ("a\ud800b", "a□b"),
    ],
)
def test_usual_damage(damaged: str, clean: str) -> None:
    assert repair(damaged)[0] == clean


@pytest.mark.parametrize("text", ["全县新建六处幼儿园区", "今年以来，大家说", "民生实事"])
def test_utf8_read_as_gbk_comes_back(text: str) -> None:
    assert repair(text.encode().decode("gb18030"))[0] == text


@pytest.mark.parametrize(
    "unit",
    [
        "全县共发现问题2279个，办结率91.3%。",
        "全縣發(fā)現(xiàn)問題個,實(shí)事?！耙焕弦恍　?。",
        "?",
        "耙焕弦恍",
        "著",
        "锟斤拷鈥涓",
        "&amp;",
        "é",
        "(",
        "車(chē",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    repair(text)
    assert time.process_time() - began < 20  # 3 s at most when nothing else runs


@pytest.mark.parametrize(
    "noise",
    [
        "\ufffd" * 3000,
        random.Random(3).randbytes(6000).decode("gb18030", "replace"),
        "".join(random.Random(3).choices("的一是在不了有和人这中大为上个国\ufffd\ufffd", k=3000)),
    ],
    ids=["replacement characters", "random bytes", "characters and holes"],
)
def test_noise_is_given_up_in_time(noise: str) -> None:
    """The search weighs a bounded number of candidates, whatever it is given."""
    began = time.process_time()
    mended, repairs = repair(noise)
    assert time.process_time() - began < 10  # 2 s at most when nothing else runs; minutes without the bound
    assert undo(mended, repairs) == noise
    assert repair(mended)[0] == mended
