"""What `clean` records of its repairs gives back, line by line, the text as it stood on the page."""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.clean import clean, join
from minsheng.clean.decode import decode
from minsheng.clean.repair import undo
from minsheng.clean.textfile import lines_of
from minsheng.clean.wrapped import unwrap
from minsheng.contracts import Article

sys.path.insert(0, str(Path(__file__).parent))
import damage

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the shared seeds, gold and articles beside the checkout, no part of the project"
)
TEXT = """\
目前，该县核桃乳、枣夹核桃等产品已经远销外地。
“合作社＋农户”的模式带动了1600户脱贫户稳定增收，户均年增收8600元。
下一步，当地将继续延长产业链条，让“小核桃”敲开“致富门”。
记者了解到，全县新建农村公路126公里，改造危桥18座，惠及34个行政村5.2万人！
围绕“一老一小”，社区建成食堂9个、托育点5处，让老年人吃得安心、孩子有人照看。
会议强调，要坚持问题导向，压实责任，着力解决群众急难愁盼，确保年底前全部办结。
"""
SPOILT = {
    "pinyin after 30 %": lambda text, seed: damage.mirror(text, damage.pinyin_list(0.3, seed)),
    "pinyin after all": lambda text, seed: damage.mirror(text),
    "lost bytes": lambda text, seed: damage.lose_bytes(text, 3, seed),
    "lost bytes, Simplified": lambda text, seed: damage.lose_bytes(text, 3, seed, convert=False),
    "lost without a trace": lambda text, seed: damage.lose_any_byte(text, 3, seed),
    "lost, read by Python": lambda text, seed: damage.lose_any_byte(text, 3, seed, charset="gbk"),
}
PIECES = """\
全县 发現(xiàn) 問題 專(zhuān)項 隊(duì)伍 ?dòng)浾? ？ ? \ufffd 。 。。 ！耙焕弦恍 　? “ ” 實(shí) 著 &nbsp;
&#10; &amp;#10; 锟斤拷 鈥溿€ ä¸\xadå›½ ２０２３ ．５％ \u200b \ue123 \u3000 \x94 , 12.5 ( )"""
LINES = st.lists(
    st.lists(st.sampled_from([*re.split("[ \n]", PIECES), " ", "\xa0"]), max_size=12).map("".join), max_size=8
)


def undone(article: Article) -> list[str]:
    return undo(article.body, article.repairs).split("\n")


def stood(lines: list[str], page: list[str]) -> bool:
    """Whether these are lines of the page, in its order (headline, labels and notices are taken off)."""
    rest = iter(page)
    return all(line in rest for line in lines)


def sentences(text: str) -> str:
    """The text with a line for each sentence."""
    return re.sub("(?<=[。！])(?!\n|$)", "\n", text)


@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("seed", range(4))
def test_what_was_damaged_comes_back_line_by_line(kind: str, seed: int) -> None:
    text = SPOILT[kind](TEXT, seed)
    article = clean(text.encode())
    assert isinstance(article, Article)
    assert article.repairs
    assert stood(undone(article), [block.text for block in lines_of(text)])


@pytest.mark.parametrize("kind", SPOILT)
def test_so_it_does_from_a_page(kind: str) -> None:
    lines = SPOILT[kind](TEXT * 2, 1).split("\n")
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    article = clean(f"<html><body><h1>核桃敲开致富门</h1><div>2023-05-07</div>{body}</body></html>".encode())
    assert isinstance(article, Article)
    assert article.repairs
    assert stood(undone(article), [block.text for line in lines for block in lines_of(line)])


def test_and_from_an_article_of_two_pages() -> None:
    texts = [damage.mirror(text, damage.pinyin_list(0.3)) for text in (TEXT, f"第二页从这里开始。\n{TEXT[:-40]}")]
    parts = [clean(text.encode()) for text in texts]
    assert all(isinstance(part, Article) for part in parts)
    whole = join([part for part in parts if isinstance(part, Article)])
    assert stood(undone(whole), [block.text for text in texts for block in lines_of(text)])


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_any_text_comes_back(lines: list[str]) -> None:
    """Between lines that a clean text has, whatever was repaired in them, uncovered at their ends or emptied."""
    data = "\n".join([*TEXT.split("\n")[:2], *lines, *TEXT.split("\n")[2:]]).encode()
    article = clean(data)
    assert isinstance(article, Article)
    assert stood(undone(article), [block.text for block in unwrap(lines_of(decode(data).text))])


@pytest.mark.parametrize(
    "line", ["發(fā)现 (shí)", "\ue123 问题", "问题 \u200b\ue123", "\u200b", "&#10;问题&#10;", "\ue123\xa0"]
)
def test_what_a_repair_lays_bare_at_the_ends_of_a_line_is_recorded_with_it(line: str) -> None:
    text = f"{TEXT}{line}\n{damage.mirror(TEXT)}"
    article = clean(text.encode())
    assert isinstance(article, Article)
    assert "\n".join(undone(article)) == "\n".join(block.text for block in lines_of(text))
    assert all(body == body.strip() for body in article.body.split("\n"))


@pytest.mark.parametrize(
    ("line", "lost"),
    [("截至去年年底，锟斤拷锟斤拷乡锟斤拷镇已经完成。", 3), ("方框□表示缺字，锟斤拷表示丢失。", 1), ("没有丢字。", 0)],
)
def test_what_is_gone_for_good_is_counted(line: str, lost: int) -> None:
    article = clean(f"{TEXT}{line}\n{TEXT}".encode())
    assert isinstance(article, Article)
    assert article.undecoded == lost
    assert any(f"{lost} characters were lost" in warning for warning in article.warnings) == (lost > 0)


@needs_shared
@pytest.mark.parametrize("seed", ["000", "003"])
def test_the_seeds_come_back(seed: str) -> None:
    text = next((SHARED / "seeds").glob(f"{seed}_*")).read_text(encoding="utf-8")
    article = clean(text.encode())
    assert isinstance(article, Article)
    assert article.repairs
    assert stood(undone(article), [block.text for block in lines_of(text)])


@needs_shared
@pytest.mark.parametrize("kind", SPOILT)
def test_articles_come_back_set_a_sentence_a_line(kind: str) -> None:
    with gzip.open(SHARED / "articles/articles.jsonl.gz", "rt", encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row, _ in zip(rows, range(25), strict=False)]
    for seed, text in enumerate(texts):
        text = SPOILT[kind](sentences(text.encode("gbk", "ignore").decode("gbk")[:1500]), seed)
        article = clean(text.encode())
        assert isinstance(article, Article)
        assert stood(undone(article), [block.text for block in lines_of(decode(text.encode()).text)])
