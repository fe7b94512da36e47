"""The seed files and the pages with gold: exactly the article's text, and what stands about it."""

import json
import re
import runpy
from pathlib import Path

import pytest

from minsheng.clean import clean
from minsheng.contracts import Article

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the shared seeds, pages and gold beside the checkout, no part of the project"
)
BOILERPLATE = ("责任编辑", "欢迎关注", "ICP", "举报电话", "违法和不良信息", "扫一扫", "当前位置", "关键词", "资料图")


def seed(number: str) -> Article:
    found = clean(next((SHARED / "seeds").glob(f"{number}_*")).read_bytes())
    assert isinstance(found, Article), found
    return found


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("number", ["001", "002"])
def test_the_body_is_exactly_the_articles(number):
    gold = (SHARED / "gold" / f"{number}.repaired.txt").read_text("utf-8")
    paragraphs = re.split(r"\n\s*\n", gold)
    first = next(i for i, p in enumerate(paragraphs) if len(p) > 60 and ":" not in p[:12] and "编辑" not in p)
    assert squash(seed(number).body) == squash("".join(paragraphs[first:]))


def test_a_garbled_mirror_reads_as_the_gold_does():
    gold = squash((SHARED / "gold" / "003.repaired.txt").read_text("utf-8"))
    assert distance(squash(seed("003").body), gold) <= 0.003 * len(gold)


def distance(a: str, b: str) -> int:
    """Levenshtein's distance, in bands about the diagonal wide enough for the error rates tested."""
    width = 60
    row = {j: j for j in range(width + 1)}
    for i in range(1, len(a) + 1):
        new = {}
        for j in range(max(0, i - width), min(len(b), i + width) + 1):
            best = row.get(j, 10**9) + 1
            if j:
                best = min(best, new.get(j - 1, 10**9) + 1, row.get(j - 1, 10**9) + (a[i - 1] != b[j - 1]))
            new[j] = best
        row = new
    return row[len(b)]


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_every_figure_of_the_gold_is_in_the_body(number):
    body = squash(seed(number).body)
    for line in (SHARED / "gold" / f"{number}.jsonl").read_text("utf-8").splitlines():
        assert squash(json.loads(line)["surface"]) in body


@pytest.mark.parametrize(
    "number, title, day, publisher, authors, editor",
    [
        ("000", "", None, "极目新闻", ["黄志刚", "江轩"], None),
        ("001", "解急难愁盼 办民生实事", "2021-11-16T08:15:09+08:00", "十堰日报", ["况蓉", "张明坤"], "段凌霄"),
        (
            "002",
            "安徽灵璧:“五个聚焦”推动“我为群众办实事”见实见效",
            "2021-05-07T16:31:01+08:00",
            "中国农网",
            ["高存号"],
            "刘菁",
        ),
        ("003", "", None, "大众报业·大众日报客户端", ["张鹏", "张跃增"], None),
        (
            "004",
            "【先进典型】列清单建台账 利长远惠民生",
            "2021-09-17T08:31:26+08:00",
            "山西日报",
            ["袁兆辉", "武丽伟"],
            None,
        ),
    ],
)
def test_what_stands_about_the_article_is_read(number, title, day, publisher, authors, editor):
    found = seed(number)
    at = found.published_at.isoformat() if found.published_at else None
    assert (found.title, at, found.publisher, found.authors, found.editor) == (title, day, publisher, authors, editor)
    assert not [word for word in BOILERPLATE if word in found.body]


def test_pages_of_many_sites_reach_the_goals():
    score = runpy.run_path(str(SHARED / "pages" / "score_pages.py"))["score"]
    rows = []
    for line in (SHARED / "pages" / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        found = clean((SHARED / "pages" / "html" / gold["file"]).read_bytes())
        assert isinstance(found, Article), (gold["file"], found)
        result = {
            "text": found.body,
            "title": found.title,
            "date": str(found.published_at),
            "_date": True,
            "_time": True,
        }
        rows.append(score(gold, result))

    def mean(key: str) -> float:
        return sum(row[key] for row in rows) / len(rows)

    assert mean("recall") >= 0.98
    assert mean("leak") <= 0.03
    assert mean("title") >= 0.95
    assert mean("date") >= 0.95
