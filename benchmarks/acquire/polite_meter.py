"""The polite meter: 20 hosts, 2 000 pages, a delay of 0.2 s a host; what the hosts saw and how long it took.

``python benchmarks/acquire/polite_meter.py [HOSTS] [PAGES_A_HOST] [DELAY]``. The hosts run in a process of their own.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from acquire.hostile import page, reply, serving
from minsheng.acquire import Candidate, fetch
from minsheng.settings import Settings
from minsheng.sources import Source

BODY = "<html><title>新闻</title><p>{}</p></html>".format("全县发放补贴12万元。" * 500).encode()


def hosts(count: int, pipe: Connection) -> None:
    """Serve, tell the ports, and at the end what was seen: times of the requests and how many were open at once."""
    with serving({str(n): page(lambda request: reply(request.path.encode() + BODY)) for n in range(count)}) as sites:
        pipe.send([site.port for site in sites.values()])
        pipe.recv()
        pipe.send([([r.at for r in site.log], site.most_open) for site in sites.values()])


def main(count: int = 20, pages: int = 100, delay: float = 0.2) -> None:
    """Measure, and print one line of JSON."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=hosts, args=(count, there))
    server.start()
    names = [f"127.0.0.1:{port}" for port in here.recv()]
    source = Source(  # type: ignore[call-arg]
        id="meter",
        name="测速",
        name_en="Meter",
        level="county",
        home=f"http://{names[0]}/",
        lists=(f"http://{names[0]}/",),
        hosts=frozenset(names),
        delay=delay,
        note="a benchmark",
    )
    candidates = [Candidate(f"http://{name}/a/{n}.html") for n in range(pages) for name in names]
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data), allow_hosts=frozenset(names))
        started = time.monotonic()
        found = fetch(source, date(2024, 5, 20), candidates, settings)
        took = time.monotonic() - started
    here.send("done")
    seen = here.recv()
    server.join()
    least = pages * delay  # 101 requests a host with robots.txt: 100 delays between them
    print(
        json.dumps(
            {
                "pages": len(found),
                "new": sum(p.outcome == "new" for p in found),
                "closest_requests_s": round(min(b - a for at, _ in seen for a, b in pairwise(at)), 4),
                "most_open_at_once": max(most for _, most in seen),
                "seconds": round(took, 2),
                "least_possible_s": least,
                "ratio": round(took / least, 3),
                "cpu_s": round(sum(psutil.Process().cpu_times()[:2]), 1),
                "peak_rss_mib": round(psutil.Process().memory_info().rss / 2**20),
            }
        )
    )


if __name__ == "__main__":
    main(*(kind(text) for kind, text in zip((int, int, float), sys.argv[1:], strict=False)))
