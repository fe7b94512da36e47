"""Mutated pages: an Article or a Failure each, no exception, within 2 s and 500 MB.

    python benchmarks/clean/fuzz.py FOLDER_OF_PAGES [--number 20000] [--seed 1]

First the fixed worst cases, then pages that are cut, spliced, their bytes flipped, lost, zeroed or of two charsets,
tags inserted once or ten thousand times. Seconds are of CPU time. Exit code 1 if a limit was passed.
"""

import argparse
import itertools
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from minsheng.clean import clean
from minsheng.contracts import Article, Failure

SECONDS, MEGABYTES = 2.0, 500
TAGS = [
    *(b"<div> </div> <p> <b> <i> <font> <title> <textarea> <select> <script> <!-- --> <svg> <math> <template>".split()),
    *(b"<table><tr><td> </td> </html> <body> <h1> <a/href=x> &#x110000; \x00".split()),
]
PROSE = "<p>全县共完成投资3.2亿元，同比增长5.3%，新建学校12所，惠及群众2万人。</p>".encode() * 4


def worst_cases():
    """Names and bytes of pages that are built to take long."""
    yield "one line of 100 MB", "字".encode() * 33_333_333
    yield "one paragraph of 7 MB", b"<p>" + "全县投资3亿元，".encode() * 330_000
    for tag in TAGS:
        yield f"{tag!r} 10 000 deep", tag * 10_000 + PROSE
        yield f"{tag!r} 250 000 deep", tag * 250_000 + PROSE
    yield "30 000 rows", b"<table>" + b"<tr><td>1</td><td>2</td></tr>" * 30_000 + PROSE
    yield "a table 3000 deep, each with rows", b"<table><tr><td>1</td></tr><tr><td>2" * 3000 + PROSE
    yield "100 000 siblings", PROSE + b"<p>1</p>" * 100_000
    yield "100 000 links", PROSE + b"<a href=/1.html>1</a>" * 100_000
    yield "a tag of 7 MB", b"<p " + b"a=b " * 1_800_000 + b">"
    yield "an attribute of 7 MB", b'<p title="' + b"&amp;" * 1_400_000 + b'">' + PROSE
    yield "5 MB of NUL", PROSE + bytes(5_000_000)
    yield "pinyin of a mirror", b"<p>" + "發(fā)現(xiàn)問(wèn)題?dòng)浾?，".encode() * 2_000
    yield (
        "a mirror's page without an ASCII character",
        b"<p>" + _shifted("全县共完成投资三亿元同比增长五新建学校所惠及群众"),
    )
    yield "noise of Chinese", b"<p>" + random.Random(1).randbytes(50_000).decode("gb18030", "replace").encode()


def _shifted(text):
    """The text over and over in GBK, half a character off."""
    return (text * 2_000).encode("gbk")[1:].decode("gbk", "replace").encode()


def mutate(data, pages, chance):
    """A page with one to five things done to it."""
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        at, other = chance.randrange(len(data) + 1), chance.choice(pages)
        start, size = chance.randrange(len(other)), chance.randrange(50_000)
        kind = chance.randrange(9)
        if kind == 0:
            data = data[:at]
        elif kind == 1:
            data = data[at:]
        elif kind == 2:
            data[at:at] = other[start : start + size]
        elif kind == 3:
            for _ in range(chance.choice([1, 10, 1000]) if data else 0):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif kind == 4:
            data[at:at] = chance.choice(TAGS) * chance.choice([1, 10, 1000, 10_000])
        elif kind == 5:
            del data[at : at + size // 2]
        elif kind == 6:
            for _ in range(chance.choice([1, 10, 1000])):  # each shifts the text up to the next ASCII byte
                del data[(lost := chance.randrange(len(data) + 1)) : lost + 1]
        elif kind == 7:
            data[at : at + size] = bytes(data[at : at + size]).decode("utf-8", "replace").encode("gb18030")
        else:
            data[at:at] = bytes(chance.choice([1, 100, 10_000]))
    return bytes(data)


def _kind(found):
    return found.reason if isinstance(found, Failure) else found.method


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--number", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    pages = [p.read_bytes() for p in sorted(given.folder.rglob("*")) if p.is_file()]
    pages += [p.decode("utf-8", "ignore").encode("gb18030") for p in pages[::3]]
    cases = ((f"mutation {n}", mutate(chance.choice(pages), pages, chance)) for n in range(given.number))
    slow, raised, outcomes, longest = 0, 0, Counter(), 0.0
    for name, data in itertools.chain(worst_cases(), cases):
        before = time.process_time()
        try:
            found = clean(data)
        except Exception as error:
            found = error
        seconds = time.process_time() - before
        longest = max(longest, seconds)
        if not isinstance(found, Article | Failure):
            raised += 1
            print(f"{name}: {found!r}", flush=True)
            continue
        outcomes[_kind(found)] += 1
        if outcomes.total() % 1000 == 0:
            print(f"{outcomes.total()} so far, longest {longest:.2f} s", flush=True)
        if seconds > SECONDS:
            slow += 1
            print(f"{name}: {seconds:.1f} s for {len(data)} bytes: {_kind(found)}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"longest {longest:.2f} s, peak memory {peak:.0f} MB, {slow} over {SECONDS} s, {raised} raised")
    print(dict(outcomes.most_common()))
    sys.exit(slow > 0 or raised > 0 or peak > MEGABYTES)


if __name__ == "__main__":
    main()
