"""Charsets: the bytes are believed before what is said about them, and what is lost is counted."""

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
