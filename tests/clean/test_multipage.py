"""Articles over several pages become one."""

import pytest

from minsheng.clean import clean, join, next_page
from minsheng.cms import Layout

from .pages import PARAGRAPHS, TITLE, page

URL = "http://a.example/2023/05/04/1234.html"


def part(paragraphs, link="") -> bytes:
    return page(body="".join(f"<p>{p}</p>" for p in paragraphs) + link)


@pytest.mark.parametrize(
    "link, target",
    [
        ('<a href="1234_2.html">下一页</a>', "http://a.example/2023/05/04/1234_2.html"),
        ('<a href="/2023/05/04/1234-2.html">下一页 &gt;</a>', "http://a.example/2023/05/04/1234-2.html"),
        ('<a href="?page=2">下一页</a>', "http://a.example/2023/05/04/1234.html?page=2"),
        ('<a href="?id=1235">下一页</a>', None),
        ('<a href="1235.html">下一页</a>', None),
        ('<a href="http://b.example/2023/05/04/1234_2.html">下一页</a>', None),
        ('<a href="javascript:void(0)">下一页</a>', None),
        ('<a href="http://[broken">下一页</a>', None),
        ("", None),
    ],
)
def test_the_next_page_is_the_articles_own(link, target):
    assert next_page(part(PARAGRAPHS, link), URL) == target


def test_the_number_at_the_end_of_a_first_page_is_its_own():
    data = part(PARAGRAPHS, '<a href="art_7_2.html">下一页</a>')
    assert next_page(data, "http://a.example/art_7.html") == "http://a.example/art_7_2.html"


def test_a_layout_may_name_the_link():
    data = part(PARAGRAPHS, '<a class="more" href="b.html">继续</a>')
    assert next_page(data, URL, Layout(next_page=("a.more",))) == "http://a.example/2023/05/04/b.html"


def test_parts_are_joined_in_order_and_what_each_repeats_stands_once():
    repeated = PARAGRAPHS[0]
    parts = [clean(part(PARAGRAPHS[:2])), clean(part((repeated, *PARAGRAPHS[2:])))]
    whole = join(parts)
    assert whole.body == "\n".join(PARAGRAPHS)
    assert (whole.title, whole.authors) == (TITLE, ["王小明", "李红"])
    assert whole.text_sha256 == clean(part(PARAGRAPHS)).text_sha256


def test_repairs_move_with_their_text():
    parts = [
        clean(part(PARAGRAPHS[:2])),
        clean(part(("新增学位１２３４个，全部投入使用，群众满意。", *PARAGRAPHS[2:]))),
    ]
    whole = join(parts)
    moved = [whole.body[r.char_start : r.char_end] for r in whole.repairs]
    assert moved == [p.body[r.char_start : r.char_end] for p in parts for r in p.repairs]


def test_no_part_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        join([])
