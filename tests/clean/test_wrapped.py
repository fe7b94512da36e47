"""Lines of one width are paragraphs again; lines that say something each stay lines."""

from __future__ import annotations

import pytest

from minsheng.clean import clean
from minsheng.clean.blocks import Block
from minsheng.clean.wrapped import unwrap
from minsheng.contracts import Article

TITLE = "甲县民生实事进展顺利"
PARAGRAPHS = (
    "今年以来，甲县把群众的急事难事放在心上，新建、改扩建学校14所，新增学位8370个，其中公办幼儿园学位1530个，"
    "招聘教师412名，选派95名城区骨干教师到乡镇支教。",
    "医疗方面，县人民医院新院区投入使用，设床位1200张，门诊量比上年同期增长12.6%；全县12个乡镇卫生院全部完成标准化建设，"
    "村卫生室覆盖率达到100%。",
    "下一步，该县将再投入资金2.3亿元，年底前完成老旧小区改造36个，惠及居民5800户。",
)


def wrapped(text: str, width: float, wide: float = 1.0) -> list[str]:
    """The lines of ``width``, in which an ASCII character takes half of the place (``wide`` 1) or all of it (2)."""
    lines, line, used = [], "", 0.0
    for character in text:
        size = 1.0 if character > "\x7f" else wide / 2
        if used + size > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + character, used + size
    return [*lines, line]


def body(data: str) -> str:
    result = clean(data.encode())
    assert isinstance(result, Article)
    return result.body


@pytest.mark.parametrize("width", [22, 28, 35])
@pytest.mark.parametrize("wide", [1, 2])
def test_a_wrapped_text_file_is_read_as_it_was_written(width: int, wide: float) -> None:
    head = f"{TITLE}\n日期：2023-08-01\n"
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, width, wide)]
    assert body(head + "\n".join(lines)) == body(head + "\n".join(PARAGRAPHS))


def test_lines_broken_by_br_are_one_paragraph() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, 30)]
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><div class='content'>{1}</div></body></html>"
    assert body(page.format(TITLE, "<br>".join(lines))) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "lines",
    [
        [f"第{n}中学新建教学楼，投资{n}00万元，增加学位{n}50个。" for n in range(1, 9)],  # each a sentence
        [f"（{n}）推进第{n}批农村公路建设养护管理工作落实到位" for n in "一二三四五六七八"],  # headings
        [f"{name}镇 {n}20 {n}35 {n}41" for n, name in enumerate("甲乙丙丁戊己庚辛", 1)],  # a table
        [f"{name}县第一中学教学楼改扩建项目 {n}200万元 2023年" for n, name in enumerate("甲乙丙丁戊己庚辛", 1)],
        ["全县共有学校14所。", "新增学位8370个，招聘教师412名，选派95名骨干教师支教，惠及学生1.2万名。"],
    ],
)
def test_lines_that_say_something_each_stay(lines: list[str]) -> None:
    blocks = [Block(line, "text", 0, 0) for line in lines]
    assert unwrap(blocks) == blocks


def test_a_line_of_another_box_is_no_continuation() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrapped(paragraph, 25)]
    blocks = [Block(line, "text", 0, box) for box, line in enumerate(lines)]
    assert unwrap(blocks) == blocks
