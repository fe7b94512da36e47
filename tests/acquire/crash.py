"""Runs of ``fetch`` in a process of their own, killed at random moments; and what must hold after the last."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from minsheng.acquire import Candidate, fetch, ledger, read_archive
from minsheng.acquire.reading import read_entries
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import Request, Site, reply

DAY = date(2024, 5, 20)


def answer(request: Request) -> bytes:
    """A page of its own for every address, some of it incompressible: a write takes its time."""
    noise = random.Random(request.path).randbytes(3000).hex()
    return reply(f"<html><title>{request.path}</title><p>{noise}</p></html>".encode())


def job(site: Site, pages: int, data: Path) -> str:
    """What a child process needs to know, as JSON."""
    urls = [site.url(f"/a/t20240520_{n}.shtml") for n in range(pages)]
    return json.dumps({"urls": urls, "host": site.host, "home": site.url("/"), "data": str(data)})


def settings_of(told: dict[str, object]) -> Settings:
    return Settings(data=Path(str(told["data"])), allow_hosts=frozenset({str(told["host"])}), backoff=0.05)


def run(told: dict[str, object]) -> None:
    """One run, to its end."""
    home = str(told["home"])
    source = Source(  # type: ignore[call-arg]
        id="site",
        name="测试县",
        name_en="Test",
        level="county",
        home=home,
        lists=(home,),
        family="trs",
        delay=0,
        note="x",
    )
    fetch(source, DAY, [Candidate(url) for url in told["urls"]], settings_of(told))  # type: ignore[attr-defined]


def start(described: str) -> subprocess.Popen[bytes]:
    """The run as a process."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); from acquire.crash import main; main()"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(described.encode())
    child.stdin.close()
    return child


def main() -> None:
    """The child: say that the work begins, then work."""
    told = json.load(sys.stdin)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    run(told)


def killed_again_and_again(described: str, site: Site, times: int, dice: random.Random, most: int) -> int:
    """Start the run ``times`` times, kill each within 10 ms of one of its first ``most`` requests; the last one ends.

    Returns how many kills met a run at work.
    """
    met = 0
    for _ in range(times):
        child = start(described)
        assert child.stdout is not None
        child.stdout.readline()
        until = len(site.log) + dice.randint(1, most)
        while child.poll() is None and len(site.log) < until:
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.01))
        met += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
    last = start(described)
    assert last.wait(600) == 0
    return met


def check(described: str, site: Site, kills: int) -> dict[str, int]:
    """Every page in the archive exactly once, nothing torn, no page fetched again that was safe."""
    told = json.loads(described)
    settings = settings_of(told)
    pages = ledger("site", DAY, settings)
    assert sorted(page.url for page in pages) == sorted(told["urls"])
    assert {page.outcome for page in pages} == {"new"}
    read = [(page.url, data) for page, data in read_archive("site", DAY, settings)]
    assert len(read) == len(told["urls"])
    assert all(url.partition(site.host)[2].encode() in data for url, data in read)
    stored: Counter[str] = Counter()
    for file in sorted(settings.archive.glob("site/*/*.warc.gz")):
        for record in ArchiveIterator(file.open("rb"), parse_http=False):
            assert record.verify_block_digest() is True
            if record.headers.get("WARC-Type") == "response":
                stored[str(record.headers.get("WARC-Target-URI"))] += 1
    del stored[site.url("/robots.txt")]  # killed between archiving it and keeping it, a run asks for it again
    assert {url for url, times in stored.items() if times > 1} == set()
    entries = [entry for entry in read_entries("site", DAY, settings) if entry.role == "page"]
    assert len(entries) == len(stored) == len(told["urls"])
    asked = Counter(request.path for request in site.log)
    again = sum(n - 1 for path, n in asked.items() if path != "/robots.txt")
    # a page in flight when the process died (one, for the host has one queue) is asked for once more
    assert again <= kills
    return {"pages": len(read), "requests": len(site.log), "asked again": again}
