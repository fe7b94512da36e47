"""Reading an archive again: throughput and memory from the first to the last tenth of its pages.

``python benchmarks/acquire/reread.py [PAGES] [UNITS]``. The archive is made of foreign WARC files through ``adopt``,
of pages of 20 to 60 KB; adopting and reading are measured, both in one process.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import psutil
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minsheng.acquire import adopt, archived_units, read_archive
from minsheng.settings import Settings
from minsheng.sources import Source

HOME = "http://www.county.example/"
PROSE = "全县发放惠农补贴1234.5万元，惠及群众3万余人次，同比增长12.3%。".encode()


def crawl(file: Path, pages: int, units: int) -> None:
    """A WARC file as another crawler writes it, gzipped bodies, ``units`` days."""
    dice, first = random.Random(1), datetime(2020, 1, 1, 4, tzinfo=UTC)
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for n in range(pages):
            body = b"<html><title>%d</title>" % n + PROSE * dice.randint(200, 600) + dice.randbytes(500)
            fields = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            at = first + timedelta(days=n * units // pages, seconds=n % 3600)
            record = writer.create_warc_record(
                f"{HOME}a/t20200101_{n}.shtml",
                "response",
                payload=io.BytesIO(gzip.compress(body, 1)),
                http_headers=head,
                warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
            writer.write_record(record)


def main(pages: int = 20_000, units: int = 100) -> None:
    """Measure, and print one line of JSON."""
    source = Source(  # type: ignore[call-arg]
        id="county", name="测试县", name_en="County", level="county", home=HOME, lists=(HOME,), family="trs", note="x"
    )
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        crawl(Path(folder) / "foreign.warc.gz", pages, units)
        clock, cpu = time.monotonic(), sum(process.cpu_times()[:2])
        done = adopt([Path(folder) / "foreign.warc.gz"], {"county": source}, settings)
        adopted = (time.monotonic() - clock, sum(process.cpu_times()[:2]) - cpu)
        every = (data for unit in archived_units(settings) for _, data in read_archive(*unit, settings))
        tenths = []
        for _ in range(10):
            cpu = sum(process.cpu_times()[:2])
            read = sum(1 for _ in islice(every, pages // 10))
            spent = sum(process.cpu_times()[:2]) - cpu
            tenths.append(round(read / spent) if spent else None)  # the clock ticks in hundredths: too few to tell
        told = {
            "pages": pages,
            "units": len(done.units),
            "adopted": dict(done.records),
            "adopt_pages_per_cpu_s": round(pages / adopted[1]),
            "adopt_s": round(adopted[0], 1),
            "read_pages_per_cpu_s_by_tenth": tenths,
            "peak_rss_mib": round(process.memory_info().rss / 2**20),
        }
        print(json.dumps(told))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
