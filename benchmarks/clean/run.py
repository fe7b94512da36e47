"""Cleaning beside its peers on pages with gold: what is found, what leaks, how fast; and memory over many pages.

    python benchmarks/clean/run.py [--pages ../shared/pages] [--peers peers/bin/python] [--many 10000]

Seconds are of one core (process time), parsing, metadata and near-duplicate bands included. ``minsheng, layout``
is given the selectors of the plain family, ``minsheng`` nothing.
"""

import argparse
import itertools
import json
import resource
import runpy
import subprocess
import time
from collections import defaultdict
from pathlib import Path

from minsheng.clean import clean
from minsheng.cms import FAMILIES
from minsheng.contracts import Article

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("recall", "leak", "title", "date")


def ours(files, layout):
    clean(files[0].read_bytes(), layout=layout)
    for path in files:
        data = path.read_bytes()
        seconds = min(timed(data, layout) for _ in range(3))
        found = clean(data, layout=layout)
        good = isinstance(found, Article)
        row = {"file": "/".join(path.parts[-2:]), "seconds": seconds, "text": found.body if good else ""}
        yield row | {"title": found.title if good else None, "date": str(found.published_at) if good else None}


def timed(data, layout):
    before = time.process_time()
    clean(data, layout=layout)
    return time.process_time() - before


def theirs(python, pages):
    command = [python, Path(__file__).with_name("peers.py"), pages]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in out.stdout.splitlines()]
    for tool, group in itertools.groupby(rows, key=lambda row: row["tool"]):
        yield tool, [row for row in group if "skipped" not in row]


def table(tools, gold, score):
    print(f"{'tool':24}" + "".join(f"{c:>10}" for c in COLUMNS) + f"{'ms/page':>10}{'pages/s':>10}")
    for name, rows in tools:
        found, values = {row["file"]: row for row in rows}, defaultdict(list)
        for page in gold:
            row = found.get(page["file"], {"text": ""})
            result = score(page, row | {"_date": True, "_time": False})
            for column in COLUMNS:
                if column in result:
                    values[column].append(float(result[column]))
        seconds = sum(row["seconds"] for row in rows) / max(len(rows), 1)
        cells = "".join(f"{sum(values[c]) / max(len(values[c]), 1):10.3f}" for c in COLUMNS)
        print(f"{name:24}{cells}{seconds * 1000:10.1f}{1 / max(seconds, 1e-9):10.1f}", flush=True)


def memory(files, many):
    pages = itertools.cycle([path.read_bytes() for path in files])
    for n in range(1, many + 1):
        clean(next(pages))
        if n in (many // 10, many):
            print(f"peak memory after {n} pages: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, default=ROOT.parent / "shared" / "pages")
    options.add_argument("--peers", help="the Python of an environment with requirements.txt installed")
    options.add_argument("--many", type=int, default=0, help="pages to clean for the memory line")
    given = options.parse_args()
    gold = [json.loads(line) for line in (given.pages / "gold.jsonl").read_text("utf-8").splitlines()]
    files = [given.pages / "html" / page["file"] for page in gold]
    tools = [
        ("minsheng", list(ours(files, None))),
        ("minsheng, layout", list(ours(files, FAMILIES["plain"].layout))),
    ]
    if given.peers:
        tools += theirs(given.peers, given.pages / "html")
    table(tools, gold, runpy.run_path(str(given.pages / "score_pages.py"))["score"])
    if given.many:
        memory(files, given.many)


if __name__ == "__main__":
    main()
