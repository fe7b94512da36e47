"""Runs in the peers' environment: extracts every page with each peer, prints one JSON object a line.

peers/bin/python benchmarks/clean/peers.py PAGES_FOLDER
"""

import json
import sys
import time
from pathlib import Path


def trafilatura_default(html):
    import trafilatura

    found = trafilatura.bare_extraction(html, with_metadata=True)
    return (found.text, found.title, found.date) if found else ("", None, None)


def trafilatura_fast(html):
    import trafilatura

    found = trafilatura.bare_extraction(html, with_metadata=True, fast=True)
    return (found.text, found.title, found.date) if found else ("", None, None)


def resiliparse(html):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(html, main_content=True), HTMLTree.parse(html).title, None


def gne(html):
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(html)
    return found.get("content"), found.get("title"), found.get("publish_time")


def newspaper4k(html):
    from newspaper import Article

    article = Article("http://localhost/", language="zh")
    article.download(input_html=html)
    article.parse()
    return article.text, article.title, str(article.publish_date or "") or None


def main():
    pages = [(p, p.read_text("utf-8", "replace")) for p in sorted(Path(sys.argv[1]).rglob("*.html"))]
    for peer in (trafilatura_default, trafilatura_fast, resiliparse, gne, newspaper4k):
        try:
            peer(pages[0][1])  # imports and caches are not measured
        except Exception as error:
            print(json.dumps({"tool": peer.__name__, "skipped": repr(error)[:200]}))
            continue
        for path, html in pages:
            before = time.process_time()
            try:
                text, title, day = peer(html)
            except Exception:
                text, title, day = "", None, None
            seconds = time.process_time() - before
            row = {"tool": peer.__name__, "file": "/".join(path.parts[-2:]), "seconds": seconds}
            print(json.dumps(row | {"text": text, "title": title, "date": day}, ensure_ascii=False))


if __name__ == "__main__":
    main()
