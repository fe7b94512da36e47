"""What the command line takes: days and regions in its options; URLs, files and standard input, as articles and
figures.

An input that cannot be read, or that breaks a rule, is a ``Failure`` and does not end the others. Everything heavy is
imported where it is needed.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minsheng import SHANGHAI
from minsheng.contracts import Failure

if TYPE_CHECKING:
    from minsheng.contracts import Article
    from minsheng.measure import Measurement

MAX_INPUT = 20 * 1024 * 1024
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # ISO 8601 has other ways to write one, and people none
_SCHEME = re.compile("[a-z][a-z0-9+.-]*://", re.I)


class Day(click.ParamType[date]):
    """A calendar date, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"{value!r} is not a date of the calendar (YYYY-MM-DD)", param, ctx)


class Moment(click.ParamType[datetime]):
    """A time in ISO 8601, of Shanghai where it names no zone; of a date alone its last moment."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is neither a date nor a time (YYYY-MM-DD, YYYY-MM-DDTHH:MM)", param, ctx)
        if len(value) == len("YYYY-MM-DD"):
            moment = datetime.combine(moment, time.max)
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


class Region(click.ParamType[str]):
    """A GB/T 2260 code: six digits, nine for a township."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from minsheng.measure.places_gazetteer import gazetteer

        if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in (6, 9)):
            like = "420000 a province, 420300 a city, 420325 a county, 420325101 a township"
            self.fail(f"{value!r} is not a GB/T 2260 code of 6 or 9 digits ({like})", param, ctx)
        if gazetteer(None).get(value) is None:
            self.fail(f"{value!r} is no region that the vocabulary knows", param, ctx)
        return value


def read_input(name: str) -> bytes | Failure:
    """The bytes of a file or ``-``."""
    if name == "-":
        data = sys.stdin.buffer.read(MAX_INPUT + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(MAX_INPUT + 1)
        except OSError as error:
            hint = ": name its files" if isinstance(error, IsADirectoryError) else ""
            return Failure("unreadable", (error.strerror or str(error)) + hint)
    if len(data) > MAX_INPUT:
        return Failure("too_large", f"more than {MAX_INPUT // 1024**2} MB: split it")
    return data


def cleaned(name: str) -> Article | Failure:
    """The article of a URL, a file or ``-``; a page that breaks a rule does not end the others."""
    try:
        if scheme := _SCHEME.match(name):
            if scheme[0].lower() not in ("http://", "https://"):
                return Failure("bad_address", "addresses of http:// and https:// are read, and files by their path")
            from minsheng.pipeline import fetch_one

            return fetch_one(name)
        from minsheng.clean import clean

        data = read_input(name)
        return data if isinstance(data, Failure) else clean(data)
    except Exception as error:  # the edge
        return Failure("crashed", f"{type(error).__name__}: {error}")


def articles(inputs: tuple[str, ...], published: date | None = None) -> Iterator[tuple[str, Article | Failure]]:
    """Each input by its name, cleaned; a progress bar on a terminal where there are many."""
    for name in progress(inputs):
        article = cleaned(name)
        if published and not isinstance(article, Failure):
            day = datetime(published.year, published.month, published.day, tzinfo=SHANGHAI)
            article = replace(article, published_at=day, published_from="option")
        yield name, article


def figures(
    inputs: Iterable[tuple[str, Article | Failure]], region: str | None = None
) -> Iterator[tuple[str, Measurement | Failure]]:
    """Each article measured; one that breaks a rule does not end the others."""
    from minsheng.measure import measure

    for name, article in inputs:
        if isinstance(article, Failure):
            yield name, article
            continue
        try:
            measured = measure(article, region=region)
        except Exception as error:  # the edge
            yield name, Failure("crashed", f"{type(error).__name__}: {error}")
        else:
            yield name, measured


def texts(inputs: tuple[str, ...]) -> Iterator[tuple[str, Article | Failure]]:
    """The articles of the inputs; a file of JSON lines holds one a line (`text`, and `published` where known), and a
    line without is a ``Failure`` of its own.
    """
    for name in inputs:
        if not name.endswith((".jsonl", ".jsonl.gz")):
            yield from articles((name,))
            continue
        try:
            with (gzip.open if name.endswith(".gz") else open)(name, "rt", encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    yield f"{name}:{number}", _of_line(line)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            yield name, Failure("unreadable", f"{type(error).__name__}: {error}")


def _of_line(line: str) -> Article | Failure:
    from minsheng.clean import clean

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Failure("unreadable", f"no JSON: {error}")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Failure("unreadable", "no JSON object with a `text`")
    head = f"日期: {row['published']}\n\n" if row.get("published") else ""
    return clean((head + row["text"]).encode("utf-8", "replace"))


def progress(inputs: tuple[str, ...]) -> Iterator[str]:
    """The inputs one by one, under a progress bar when stderr is a terminal, stdout is not, and it takes a while."""
    if len(inputs) < 20 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from inputs
        return
    with click.progressbar(inputs, label="pages", file=sys.stderr) as bar:
        yield from bar
