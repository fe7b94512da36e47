"""Speed and memory of measuring beside its peers, on the same texts, in one run.

    .venv/bin/python benchmarks/measure/compare.py TEXTS.jsonl[.gz] --peers PEERS_VENV/bin/python

TEXTS holds one JSON object a line with ``text``, or ``body`` as ``minsheng clean --format json`` prints
it. The peers, Recognizers-Text (numbers, percentages, currency, dimensions) and JioNLP (money, time),
live in a venv of their own (``requirements.txt`` beside this file), because they want other versions of
what we use. Prints articles of 2 000 characters a second on one core (CPU time), the peak memory, and the
ratio to each peer; then how our time grows with the length of one article, up to a million characters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LENGTH = 2_000
PEERS = ("recognizers", "jionlp")


def texts(path: Path) -> list[str]:
    """The texts joined and cut to articles of 2 000 characters."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    joined = "\n".join(row.get("text") or row["body"] for row in map(json.loads, lines))
    return [joined[i : i + LENGTH] for i in range(0, len(joined) - LENGTH, LENGTH)]


def ours() -> Callable[[str], int]:
    """Our reader: how many observations a text holds."""
    from minsheng.contracts import Article
    from minsheng.measure import measure

    return lambda text: len(measure(Article("bench", "", "", text, "", "bench")).observations)


def recognizers() -> Callable[[str], int]:
    """Recognizers-Text with the four kinds that a figure may be."""
    import recognizers_suite as suite
    from recognizers_suite import Culture

    kinds = (suite.recognize_number, suite.recognize_percentage, suite.recognize_currency, suite.recognize_dimension)
    return lambda text: sum(len(kind(text, Culture.Chinese)) for kind in kinds)


def jionlp() -> Callable[[str], int]:
    """JioNLP's money and time."""
    import jionlp

    return lambda text: len(jionlp.ner.extract_money(text)) + len(jionlp.ner.extract_time(text, time_base=time.time()))


READERS = {"minsheng": ours, "recognizers": recognizers, "jionlp": jionlp}


def run(name: str, articles: list[str], seconds: float) -> dict[str, float]:
    """Read articles for about ``seconds`` of CPU time, after a quarter of that which is not counted: patterns that
    are compiled and tables that are filled when they are first asked for are no part of any reader's pace."""
    started = time.process_time()
    read = READERS[name]()
    read(articles[0])
    ready = time.process_time() - started
    _pace(read, articles, seconds / 4)
    a_second, found = _pace(read, articles, seconds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"a_second": a_second, "found": found, "start_up": ready, "megabytes": memory}


def _pace(read: Callable[[str], int], articles: list[str], seconds: float) -> tuple[float, float]:
    """Articles a second, and what was found in one, over about ``seconds`` of CPU time from the first article on."""
    found = done = 0
    started = time.process_time()
    while time.process_time() - started < seconds:
        found += read(articles[done % len(articles)])
        done += 1
    return done / (time.process_time() - started), found / done


def apart(python: str, name: str, path: Path, seconds: float) -> dict[str, float]:
    """Run one reader in a process of its own, so that memory and start-up are its own."""
    command = [python, __file__, str(path), "--only", name, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _once(read: Callable[[str], int], text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


def growth(articles: list[str]) -> None:
    """CPU time of one ever longer article: linear where the time a character stays the same."""
    read, joined = ours(), "\n".join(articles)
    read(articles[0])
    for size in (2_000, 20_000, 200_000, 1_000_000):
        text = (joined * (size // len(joined) + 1))[:size]
        spent = min(_once(read, text) for _ in range(3))
        print(
            f"one article of {size:>9,} characters: {spent:7.3f} s, {1e6 * spent / size:.2f} µs a character, "
            f"{size / LENGTH / spent:.0f} articles of {LENGTH:,} characters a second"
        )


def main() -> None:
    """Read the arguments and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--peers", help="the Python of the peers' venv")
    parser.add_argument("--seconds", type=float, default=10.0, help="CPU seconds a reader")
    parser.add_argument("--only", choices=READERS, help="print the numbers of one reader as JSON")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(run(options.only, texts(options.texts), options.seconds)))
        return
    names = [(sys.executable, "minsheng"), *((options.peers, peer) for peer in PEERS if options.peers)]
    speed = {}
    for python, name in names:
        numbers = apart(python, name, options.texts, options.seconds)
        speed[name] = numbers["a_second"]
        print(
            f"{name:12} {numbers['a_second']:8.1f} articles/s  {numbers['found']:6.1f} found an article  "
            f"start-up {numbers['start_up']:.2f} s  {numbers['megabytes']:.0f} MB  "
            f"minsheng is {speed['minsheng'] / numbers['a_second']:.1f} times as fast"
        )
    growth(texts(options.texts))


if __name__ == "__main__":
    main()
