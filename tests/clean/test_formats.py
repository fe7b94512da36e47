"""What is neither a page nor prose is told by its form; so is a page that shows a recording or a file."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.clean import clean
from minsheng.contracts import Article, Failure

TEXT = "青禾县今年新增就业4.1万人，同比增长5.3%，拨付资金1.2亿元。全县收到诉求417件，已办结364件，办结率87.3%。"
PAGE = f"<html><body><p>{TEXT * 2}</p></body></html>"
ENTRY = {"title": "青禾县办好民生实事", "content": TEXT}
RSS = f"""<rss version="2.0"><channel><title>青禾县</title><item><title>办好实事</title>
<description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>"""


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as document:
        document.writestr("word/document.xml", TEXT)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (RSS, "XML (rss)"),
        ('<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->\n' + RSS, "XML (rss)"),
        (f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>{TEXT}</summary></entry></feed>', "XML (feed)"),
        ('<?xml version="1.0"?><urlset><url><loc>http://a.example/1.html</loc></url></urlset>', "XML (urlset)"),
        (f'<?xml version="1.0"?><doc><p>{TEXT}</p></doc>', "XML (doc)"),
        (json.dumps(ENTRY, ensure_ascii=False), "JSON"),
        (json.dumps(ENTRY), "JSON"),
        (json.dumps({"html": f"<div><p>{TEXT}</p></div>"}), "JSON"),
        (json.dumps([ENTRY, ENTRY], ensure_ascii=False, indent=2), "JSON"),
        (json.dumps([TEXT], ensure_ascii=False), "JSON"),
        (json.dumps(ENTRY, ensure_ascii=False)[:-9], "JSON"),
        ("\n".join([json.dumps(ENTRY, ensure_ascii=False)] * 3), "JSON"),
        (f"callback({json.dumps(ENTRY, ensure_ascii=False)});", "JSON"),
        (f"var list = [{json.dumps(ENTRY, ensure_ascii=False)}];", "JSON"),
        (f"{{\\rtf1\\ansi {TEXT}}}", "RTF"),
        ('<?xml version="1.0"?><svg><text>青禾县</text></svg>', "XML (svg)"),
        (
            f"<rss><channel><item><description><![CDATA[<html><p>{TEXT}</p></html>]]></description></item></channel></rss>",
            "XML (rss)",
        ),
        (f"<opml><head></head><body><outline text='{TEXT}'/></body></opml>", "XML (opml)"),
        (f"<?xml version='1.0'?><doc><body>{TEXT}</body></doc>\n<!-- 青禾 -->", "XML (doc)"),
        (f"<?xml version='1.0'?><doc><p>{TEXT}</p>", "XML (doc)"),
        (json.dumps({"html": f"<!DOCTYPE html><html><body class='a'><p>{TEXT}</p></body></html>"}), "JSON"),
        (json.dumps({"html": f"<html><body><p>{TEXT}</p></body></html>"}, ensure_ascii=False)[:-20], "JSON"),
        (f"var page = {{'html': '<html><p>{TEXT}</p></html>'}};", "JSON"),
        (f"{json.dumps(ENTRY)}\n<!-- 0.1 s -->", "JSON"),
        (f"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><p>{TEXT}</p></html>", "MIME"),
    ],
)
def test_another_format_is_named(data: str, form: str) -> None:
    found = clean(data.encode())
    assert isinstance(found, Failure)
    assert found.reason == "other_format"
    assert found.detail.startswith(f"{form}:")


@pytest.mark.parametrize(
    "data",
    [zipped(), gzip.compress(TEXT.encode()), b"%PDF-1.4\n" + TEXT.encode(), b"\n%PDF-1.4\n" + TEXT.encode()],
    ids=["docx", "gz", "pdf", "pdf after a blank line"],
)
def test_documents_and_archives_are_binary(data: bytes) -> None:
    found = clean(data)
    assert isinstance(found, Failure)
    assert found.reason == "binary"


@pytest.mark.parametrize(
    "data",
    [
        f"[青禾融媒]{TEXT}",
        f"[1] {TEXT}",
        f"{{青禾}} {TEXT}",
        f"青禾县(2024): {TEXT}",
        f"“{TEXT}”",
        f"a = 3, {TEXT}",
        f"<?xml version='1.0'?><!DOCTYPE html><html><body><p>{TEXT * 2}</p></body></html>",
        f"<?xml version='1.0'?><wml><card><p>{TEXT * 2}</p></card></wml>",
        f"<!-- 青禾 --><div><p>{TEXT * 2}</p></div>",
        f'<script>var a = {{"b": 1}}</script><p>{TEXT * 2}</p>',
        f"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>{PAGE}",
        f"<!-- 青禾 --><svg></svg>{PAGE}",
        f"<?xml version='1.0'?><svg></svg>{PAGE}",
        f"<?xml version='1.0'?><input type='hidden' value='1'><div><p>{TEXT * 2}</p></div>",
        f"<?xml version='1.0'?><small>青禾</small><div><p>{TEXT * 2}</p></div>",
        f"<?xml version='1.0'?><jsp:root version='2.0'><div><p>{TEXT * 2}</p></div></jsp:root>",
        f"<?xml version='1.0'?><founder-title>青禾</founder-title><founder-content><p>{TEXT * 2}</p></founder-content>",
        f"<?xml version='1.0'?><founder-date>2024</founder-date>{PAGE}",
        f'var _hmt = {{"a":1}};\n{PAGE}',
        f'jQuery({{"a":1}});{PAGE}',
        f'{{"code":200}}<!DOCTYPE html>{PAGE}',
        f'{{"code":200}}<div><p>{TEXT * 2}</p></div>',
        f'{{"a":1}} 的意思是：{TEXT}',
        f'f({{"a":1}})的意思是：{TEXT}',
        f"邮件里有一行：\nMIME-Version: 1.0 是版本。\n{TEXT}",
        f"邮件里有一行：\nMIME-Version: 1.0\n{TEXT}",
    ],
)
def test_pages_and_prose_are_articles(data: str) -> None:
    found = clean(data.encode())
    assert isinstance(found, Article), found
    assert "417件" in found.body


VALUES = st.recursive(
    st.text(max_size=9) | st.integers(), lambda value: st.dictionaries(st.text(max_size=5), value, max_size=3)
)


@given(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=3))
def test_no_json_object_is_an_article(value: dict[str, object]) -> None:
    found = clean(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    assert isinstance(found, Failure)
    assert found.reason == "other_format", found


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<video src=/v/1.mp4></video>", "media_page"),
        ('<div id=player></div><script>play("/v/2024/1.m3u8")</script>', "media_page"),
        ('<a href="/files/P020240520.pdf">青禾县2024年政府工作报告.pdf</a>', "attachment_page"),
        ('<iframe src="/pdfjs/viewer.html?file=/files/1.PDF"></iframe>', "attachment_page"),
        ('<a href="1.docx">附件1</a><a href="2.xlsx">附件2</a>', "attachment_page"),
        ('<div id="app"></div><script src="/js/app.js"></script>', "empty_shell"),
        ('<a href="/index.html">首页</a>', "empty_shell"),
    ],
)
def test_a_page_without_text_says_what_it_shows_instead(body: str, reason: str) -> None:
    found = clean(f"<html><head><title>青禾县</title></head><body><h1>政府工作报告</h1>{body}</body></html>".encode())
    assert isinstance(found, Failure)
    assert (found.reason, bool(found.detail)) == (reason, True)


def test_an_article_with_a_recording_and_a_file_is_an_article() -> None:
    page = (
        f"<html><body><h1>办好实事</h1><video src=1.mp4></video><p>{TEXT * 2}</p><a href=1.pdf>附件</a></body></html>"
    )
    assert isinstance(clean(page.encode()), Article)
