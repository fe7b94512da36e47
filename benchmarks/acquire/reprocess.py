"""``minsheng reprocess`` over an archive of many pages: pages a CPU second by tenth, and the most memory it took.

``python benchmarks/acquire/reprocess.py [PAGES] [PAGES_A_DAY]``. The pages are the replay's, each with figures, title
and address of its own, as a foreign crawl captured them: one process writes that crawl's WARC files and ends, another
does all that ``minsheng reprocess --warc`` does (adopt, clean, measure, write, land), and starts, as it does, one each
to build, audit and publish.
"""

from __future__ import annotations

import io
import itertools
import json
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from string import Template

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minsheng import pipeline, reprocess
from minsheng.apart import apart
from minsheng.settings import Settings
from minsheng.sources import load_sources
from replay.content import FOLDER, Article, Site, load_sites
from replay.families import path_of
from replay.render import answers

FIRST = date(2021, 1, 1)
WARC_PAGES = 10_000


def base(site: str) -> str:
    return f"http://{site}.example"


def templates() -> list[tuple[Site, Article, bytes]]:
    """The replay's articles of one page each, with the bytes of that page, the sites in turn."""
    of_sites = []
    for site in load_sites().values():
        pages = answers(site.id, 1)
        whole = [a for a in site.on(1) if len(a.pages) == 1]
        of_sites.append([(site, a, pages[path_of(site, a)].body) for a in whole])
    return [t for row in itertools.zip_longest(*of_sites) for t in row if t is not None]


def varied(site: Site, article: Article, body: bytes, n: int, day: date) -> tuple[str, bytes]:
    """The ``n``-th page made of an article, and its address: other figures of as many digits, another title."""
    text = body.decode(site.charset).replace(article.title, f"{article.title}（{n}）")
    for surface in {figure["surface"] for figure in article.figures}:
        text = text.replace(surface, re.sub(r"\d{2,}", lambda m: str(int(m[0]) + n % int(m[0][0] + "0")), surface))
    path = path_of(site, replace(article, id=f"{article.id}{n:06}", day=day))
    return base(site.id) + path, text.encode(site.charset)


def captures(pages: int, a_day: int) -> Iterator[tuple[str, datetime, bytes]]:
    """Address, moment and body of each page; a day holds ``a_day`` pages of each site."""
    by_site: dict[str, list[tuple[Site, Article, bytes]]] = {}
    for site, article, body in templates():
        by_site.setdefault(site.id, []).append((site, article, body))
    for n in range(pages):
        of_site = list(by_site.values())[n % len(by_site)]
        nth = n // len(by_site)
        day = FIRST + timedelta(days=nth // a_day)
        url, body = varied(*of_site[nth % len(of_site)], n, day)
        yield url, datetime(day.year, day.month, day.day, 4, nth % a_day // 60 % 60, nth % 60, tzinfo=UTC), body


def crawl(folder: Path, pages: int, a_day: int) -> None:
    """The WARC files as another crawler writes them, and the registry of the replay's sources beside them."""
    (folder / "sources").mkdir()
    for file in (FOLDER / "sources").glob("*.yml"):
        text = Template(file.read_text("utf-8")).substitute(base=base(file.stem))
        text = text.replace("delay: 0.05", "delay: 1")  # no address of this machine, so a site of somebody else
        (folder / "sources" / file.name).write_text(text, "utf-8")
    every = captures(pages, a_day)
    for number in range(-(-pages // WARC_PAGES)):
        with (folder / f"crawl-{number:03}.warc.gz").open("wb") as stream:
            writer = WARCWriter(stream, gzip=True)
            for url, at, body in itertools.islice(every, WARC_PAGES):
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                dated = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
                record = writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=dated
                )
                writer.write_record(record)


def measured(folder: Path, pages: int) -> None:
    """Reprocess the crawl; print one line of JSON."""
    settings = Settings(data=folder / "data", sources=folder / "sources")
    known = load_sources(settings.sources)
    clock, cpu = time.monotonic(), time.process_time()
    chosen = reprocess.select(known, (), date.min, date.max, [f"{folder}/*.warc.gz"], settings)
    told: dict[str, object] = {"pages": pages, "adopted": dict(chosen.records or {}), "units": len(chosen.units)}
    told |= {"adopt_pages_per_cpu_s": rate(pages, cpu), "adopt_peak_mib": peak()}
    tenths, lost = [], 0
    for tenth in range(10):
        started = time.process_time()
        for source_id, day in chosen.units[tenth::10]:  # of every site as many: their pages differ in size
            lost += len(reprocess.read(known[source_id], day, settings) or ())
        tenths.append(rate(pages / 10, started))
        print(f"tenth {tenth + 1}: {tenths[-1]} pages a CPU second, {peak()} MiB at most so far", file=sys.stderr)
    told |= {"read_pages_per_cpu_s_by_tenth": tenths, "lost": lost, "read_peak_mib": peak()}
    started = time.process_time()
    rows = reprocess.land(chosen.units, settings)
    told |= {"land_pages_per_cpu_s": rate(pages, started), "rows": rows, "peak_mib": peak()}
    told |= {"all_pages_per_cpu_s": rate(pages, cpu)}
    told |= {"cpu_s_and_peak_mib": {step.__name__: apart(step, settings) for step in (build, audit, publish)}}
    print(json.dumps(told | {"seconds": round(time.monotonic() - clock)}))


def build(settings: Settings) -> tuple[int, int]:
    pipeline.build(settings)
    return round(time.process_time()), peak()


def audit(settings: Settings) -> tuple[int, int]:
    pipeline.audit(settings)
    return round(time.process_time()), peak()


def publish(settings: Settings) -> tuple[int, int]:
    pipeline.publish(settings)
    return round(time.process_time()), peak()


def rate(pages: float, since: float) -> int:
    """Pages a CPU second since a moment of this process's CPU time."""
    return round(pages / (time.process_time() - since))


def peak() -> int:
    """The most memory that this process has held, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(pages: int = 100_000, a_day: int = 100) -> None:
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        for step in ((crawl, (Path(folder), pages, a_day)), (measured, (Path(folder), pages))):
            process = spawn.Process(target=step[0], args=step[1])
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
