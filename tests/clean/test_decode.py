"""Charsets: the bytes are believed before what is said about them, and what is lost is counted."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.clean.decode import declared, decode, is_binary

TEXT = "今年以来，全县累计完成投资12.5亿元，新建农村公路36公里，惠及群众4.2万人。" * 3
TRADITIONAL = "今年以來，全縣累計完成投資12.5億元，新建農村公路36公里，惠及群眾4.2萬人。" * 3


def page(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{charset}"><title>通报</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_the_bytes_are_believed_before_the_declaration(said, real):
    decoded = decode(page(said).encode(real))
    assert (decoded.encoding, decoded.undecoded) == (real, 0)
    assert TEXT in decoded.text


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "big5"])
def test_traditional_text_in_big5_is_told_from_gb(said):
    decoded = decode(page(said, TRADITIONAL).replace("通报", "通報").encode("big5hkscs"))
    assert decoded.encoding == "big5hkscs"
    assert TRADITIONAL in decoded.text


def test_the_header_decides_where_the_bytes_do_not():
    assert declared(b"<html>", "text/html; charset=GBK") == ["gb18030"]


@pytest.mark.parametrize("bom, encoding", [("utf-8-sig", "utf-8"), ("utf-16", "utf-16")])
def test_a_byte_order_mark_is_believed(bom, encoding):
    decoded = decode(TEXT.encode(bom))
    assert (decoded.text.lstrip("\ufeff"), decoded.encoding) == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_cut_inside_a_character_loses_that_one_alone(encoding):
    whole = TEXT.encode(encoding)
    decoded = decode(whole[:-1])
    assert decoded.encoding == encoding
    assert decoded.undecoded == 1
    assert decoded.text.startswith(TEXT[:-1])


def test_a_gb_fragment_in_a_utf8_page_is_read_as_what_it_is():
    mixed = (TEXT + "\n").encode() + "这一段来自另一个系统，编码不同。".encode("gb2312") + ("\n" + TEXT).encode()
    decoded = decode(mixed)
    assert "这一段来自另一个系统，编码不同。" in decoded.text
    assert decoded.undecoded == 0


SENTENCE = "某某日报记者了解到，这里有一段另存的文字，由县里的“融媒体中心”提供。"
UTF8_GB = [("utf-8", "gb18030"), ("gb18030", "utf-8")]


@pytest.mark.parametrize(("outer", "inner"), UTF8_GB)
@pytest.mark.parametrize("text", [SENTENCE, SENTENCE[:12], "某某日报", "日照市", "文化路"])
@pytest.mark.parametrize(
    ("before", "after"), [("\n", "\n"), ("<b>", "</b>"), ("据介绍：", "，由此看来"), ("今年", "2023年")]
)
def test_a_part_in_another_charset_is_read_in_it(outer, inner, text, before, after):
    """Between line ends and in an element, and in the midst of a sentence where it is long enough to show."""
    if not before.isascii() and len(text) < 5:
        pytest.skip("too short to tell from damage in the midst of a run")
    head, tail = page("utf-8", f"{TEXT}{before}|{after}{TEXT}").split("|")
    decoded = decode(head.encode(outer) + text.encode(inner) + tail.encode(outer))
    assert decoded.text == head + text + tail
    assert (decoded.encoding, decoded.mixed, decoded.undecoded) == (outer, (inner,), 0)


@pytest.mark.parametrize(("first", "second"), [*UTF8_GB, ("utf-8", "big5hkscs"), ("big5hkscs", "utf-8")])
@pytest.mark.parametrize("cut", [40, 150, 200])
def test_a_template_in_one_charset_around_a_text_in_another(first, second, cut):
    whole = page("utf-8", TRADITIONAL if "big5hkscs" in (first, second) else TEXT).replace("通报", "公告")
    decoded = decode(whole[:cut].encode(first) + whole[cut:].encode(second))
    assert decoded.text == whole
    assert decoded.undecoded == 0


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_damage_is_no_other_charset(charset):
    choice = random.Random(7)
    for _ in range(200):
        data = bytearray((TEXT * 2).encode(charset))
        for _ in range(4):
            data[choice.randrange(len(data))] = choice.randrange(256)
        decoded = decode(bytes(data))
        assert decoded.mixed == ()
        assert decoded.text == bytes(data).decode(decoded.encoding, "replace")


@pytest.mark.parametrize(
    "text", [TEXT, TRADITIONAL, "夥伴。" + TRADITIONAL, "朱镕基、㐂、①②③、αβγ、Россия、café" + TEXT]
)
def test_one_charset_is_never_two(text):
    for charset in ("utf-8", "gb18030"):
        for data in (text.encode(charset), text.encode(charset) + b"\xff\n" + text.encode(charset)):
            assert decode(data).mixed == ()


def test_gb_without_a_line_end_or_a_declaration_is_no_big5():
    """The sample by which charsets are told was cut inside characters."""
    start = "　　8月8日，“加快推动海南自贸港高质量发展”系列专题新闻发布会在海口举行，省里有关部门负责人介绍情况。"
    for text in (start + SENTENCE * 9, "原标题：超八成市民偏好本地货" + SENTENCE * 5, SENTENCE.replace("，", "") * 20):
        assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 4_000_000,
        b"\x80a" * 1_500_000,
        b"\xe4\xb8\xad\xe4\xb8\xad\xff\n" * 300_000,
        random.Random(1).randbytes(2_000_000),
        bytes(random.Random(1).choices(range(128, 256), k=2_000_000)),
        b"\xe4\xb8\xad\xe4\xb8\xad" * 300_000 + b"\xff" + "今年以来".encode("gb18030") * 100_000,
    ],
    ids=["one byte", "alternating", "errors", "random", "random high", "two halves"],
)
def test_hostile_bytes_take_little_time(data):
    began = time.process_time()
    decode(data)
    assert time.process_time() - began < 4  # 1 s when nothing else runs


def test_lost_bytes_are_counted_and_the_pages_own_replacement_characters_are_not():
    assert decode((TEXT + "\ufffd\ufffd").encode()).undecoded == 0
    assert decode(TEXT.encode() + b"\xff" + TEXT.encode() + b"\xfe\n").undecoded == 2


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_files_that_are_no_text_are_told_by_their_signature(head):
    assert is_binary(head + bytes(range(256)))


@pytest.mark.parametrize("real", ["utf-8", "gbk"])
@pytest.mark.parametrize("read_as", ["latin-1", "whatwg-1252"])
@pytest.mark.parametrize("shown", ["", "<h1>云溪镇公布“民生”实事……30°C</h1>\xa0\xa0<i>·M</i>"])
def test_a_page_that_was_read_as_latin_1_is_read_again(real, read_as, shown):
    text = "<p>阿依古丽·买买提说：“" + TEXT + "”</p>\n<td>个</td><td>朱镕</td>"
    garbled = "".join(
        bytes([b]).decode("latin-1" if read_as == "latin-1" or b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        for b in text.encode(real)
    )
    decoded = decode((shown + garbled).encode())
    assert (decoded.text, decoded.misread) == (shown + text, (real,))


def test_a_page_that_was_misread_twice_is_read_again_twice():
    decoded = decode(TEXT.encode().decode("latin-1").encode().decode("latin-1").encode())
    assert (decoded.text, decoded.misread) == (TEXT, ("utf-8", "utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        page("utf-8", TEXT + "“……”·×°±«»\xa0\xa0£¥§"),
        page("utf-8", TEXT + "乱码如“ä¸\xadå›½”、“ÖÐ¹úÖÐ¹ú”，应予更正。"),
        "Où est née l’élève ? À Montréal – déjà vu, señor Müller, Ærøskøbing, Çeşme. " * 9,
        "Åäö ÅÄÖ Þórður ÆØÅ æøå ßüöä ÜÖÄ ÀÈÌÒÙ ñññ £££ ©®™ «»" * 9,
    ],
)
def test_a_page_that_was_read_rightly_is_left_as_it_is(text):
    assert decode(text.encode()).text == text


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    assert isinstance(decode(data).text, str)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_utf8_comes_back_unchanged(text):
    assert decode(text.encode()).text == text
