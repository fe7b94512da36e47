"""The command ``minsheng``: extract, clean, run, reprocess, archive, sources, query, evaluate, coverage.

Exit code 0: done; 1: some input failed (each named on stderr, the rest still processed); 2: wrong
usage. Everything heavy is imported inside the command that needs it: ``extract`` has to answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from minsheng import SHANGHAI, __version__, variables
from minsheng.contracts import Failure
from minsheng.inputs import Day, Moment, Region, articles, figures, texts

if TYPE_CHECKING:
    from minsheng.measure import Measurement
    from minsheng.settings import Settings
    from minsheng.sources import Source


_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a device says that takes no more
UNDATED = "relative times (今年, 去年, 一季度) stay open; give one with --published YYYY-MM-DD"


class Commands(click.Group):
    """The commands, ended by one line on stderr where their output cannot be written (click itself ends them silently
    where nobody reads it)."""

    def main(self, *given: Any, **named: Any) -> Any:
        """Run the command that the arguments name."""
        try:
            try:
                return super().main(*given, **named)
            finally:
                if sys.stdout is not None:  # as it is behind >&-
                    sys.stdout.flush()
        except OSError as error:
            if error.errno not in _NOT_WRITTEN:
                raise
            with suppress(OSError):
                complain(str(error.filename or "output"), "not written", error.strerror or "")
            with suppress(OSError):  # what is left in the buffer is written when Python ends, and would fail again
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """The news of China's local governments, measured."""


def complain(subject: str, reason: str, detail: str = "") -> None:
    """One line on stderr that says what failed, and where."""
    click.echo(f"minsheng: {subject}: {reason}{': ' + detail if detail else ''}", err=True)


def settings() -> Settings:
    """The settings; a variable that does not fit is wrong usage."""
    from minsheng.settings import get_settings

    try:
        return get_settings()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def check_variables() -> None:
    """A MINSHENG_* variable that is no setting is wrong usage, also where no setting is needed."""
    try:
        variables.check()
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def check_span(first: date, last: date) -> None:
    """A span that ends before it begins is wrong usage."""
    if last < first:
        raise click.UsageError(f"--to {last} is before --from {first}")


def check_come(last: date) -> None:
    """A day that has not begun in China is wrong usage: no page of it can be had."""
    if last > datetime.now(SHANGHAI).date():
        raise click.UsageError(f"--to {last} is still to come")


def asked_by_nobody(sources: Iterable[Source], chosen: Settings) -> bool:
    """Whether sites would be visited (not folders alone) without a word on who visits them."""
    return not chosen.contact and any(source.hosts for source in sources)


def registry(ids: tuple[str, ...], chosen: Settings) -> dict[str, Source]:
    """All sources by id. An id that is not there is wrong usage; YAML that is no registry ends the command."""
    from minsheng.sources import SourceError, load_sources

    try:
        known = load_sources(chosen.sources)
    except SourceError as error:
        complain("sources", str(error))
        sys.exit(1)
    if unknown := sorted(set(ids) - set(known)):
        raise click.UsageError(f"no such source: {', '.join(unknown)} (`minsheng sources` lists them)")
    return known


@contextmanager
def steps(length: int) -> Iterator[Callable[[str], None]]:
    """A bar of so many steps on stderr, where that is a terminal; call what it gives after each, with its name."""
    bar = click.progressbar(
        length=length, file=sys.stderr, hidden=not sys.stderr.isatty(), item_show_func=lambda step: step
    )
    with bar:
        yield lambda step: bar.update(1, step)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
@click.option("--published", type=Day(), help="Take this day as the day of publication.")
@click.option("--region", type=Region(), help="Take this GB/T 2260 code as the region the article is about.")
@click.option(
    "--rejected",
    is_flag=True,
    help="Also list the numerals that are no figure, each with its reason (docs/figures.md).",
)
def extract(inputs: tuple[str, ...], form: str, published: date | None, region: str | None, rejected: bool) -> None:
    """Print the figures of any page: INPUT is a URL, an HTML file, a text file or - (standard input).

    It is read as one article, of at most 200,000 characters.
    """
    from minsheng import render

    check_variables()
    write = render.figures(form, named=len(inputs) > 1, rejected=rejected)
    failed = False
    for name, measured in figures(articles(inputs, published), region):
        if isinstance(measured, Failure):
            complain(name, measured.reason, measured.detail)
            failed = True
        else:
            write(name, measured)
            if measured.observations and measured.article.published_at is None:
                complain(name, "no date" + render.unread_dates(measured.article), UNDATED)
    sys.exit(int(failed))


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text", show_default=True)
def clean(inputs: tuple[str, ...], form: str) -> None:
    """Print the article that a page holds: its text, or one JSON object a line with every field.

    INPUT is a URL, an HTML file, a text file or - (standard input); at most 200,000 characters of text are read.
    """
    from minsheng import render

    check_variables()
    failed = False
    for name, article in articles(inputs):
        if isinstance(article, Failure):
            complain(name, article.reason, article.detail)
            failed = True
            continue
        click.echo(render.article(article, form, name if len(inputs) > 1 else None))
    sys.exit(int(failed))


@main.command()
@click.option("--from", "first", type=Day(), required=True, help="First logical date (Asia/Shanghai).")
@click.option("--to", "last", type=Day(), required=True, help="Last logical date, included.")
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; may be given again.")
def run(first: date, last: date, ids: tuple[str, ...]) -> None:
    """Run the whole pipeline without Airflow: acquire, clean, measure, land, build, audit, publish."""
    from minsheng import render, runner

    check_span(first, last)
    check_come(last)
    chosen_settings = settings()
    known = registry(ids, chosen_settings)
    chosen = ids or tuple(known)
    if asked_by_nobody(map(known.__getitem__, chosen), chosen_settings):
        complain("MINSHENG_CONTACT", "not set", "sites cannot tell who asks: give an address or a page")
    with steps(runner.steps(chosen, first, last)) as advance:
        done = runner.run(chosen, first, last, chosen_settings, complain, advance)
    click.echo(render.summary(done))
    sys.exit(0 if done.complete else 1)


@main.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; may be given again.")
@click.option(
    "--from", "first", type=Day(), default=date.min, help="First day (Asia/Shanghai); the earliest if not given."
)
@click.option("--to", "last", type=Day(), default=date.max, help="Last day, included; the latest if not given.")
@click.option("--warc", "patterns", multiple=True, metavar="PATH_OR_GLOB", help="WARC files to take pages from first.")
@click.option("--force", is_flag=True, help="Read again what today's rules have read already, too.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
def reprocess(ids: tuple[str, ...], first: date, last: date, patterns: tuple[str, ...], force: bool, jobs: int) -> None:
    """Read the archive again by today's rules, without touching a site; land, build, audit, publish.

    With --warc, take over the pages of known sources from WARC files of other crawls (or another archive of
    ours) first, each under the day it was captured on, and read only the days that hold them.
    """
    from minsheng import render
    from minsheng.acquire import strays
    from minsheng.reprocess import reprocess as read_again
    from minsheng.reprocess import select

    check_span(first, last)
    chosen = settings()
    known = registry(ids, chosen)
    try:
        selection = select(known, ids, first, last, patterns, chosen)
    except OSError as error:
        complain("archive", "not read", str(error))
        sys.exit(1)
    for folder in strays(chosen):
        complain(str(folder), "passed over", "its name is no day")
    with steps(len(selection.units) + 3) as advance:
        done = read_again(selection, known, chosen, force=force, jobs=jobs, complain=complain, advance=advance)
    click.echo(render.reprocessed(selection, done))
    sys.exit(int(bool(done.failures)))


@main.group()
def archive() -> None:
    """Look into the archive of what was fetched."""


@archive.command("find")
@click.argument("url")
@click.option("--at", type=Moment(), help="Only what stood there then (Asia/Shanghai): the last capture up to it.")
@click.option("--write", "file", type=click.File("wb", lazy=True), help="Write what it showed there, or last (-: out).")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
def archive_find(url: str, at: datetime | None, file: BinaryIO | None, form: str) -> None:
    """List the captures of an address: when, what became of it, and where its WARC record lies."""
    from minsheng import render
    from minsheng.acquire.body import BadBody
    from minsheng.acquire.finding import find, shown, standing

    chosen_settings = settings()
    unread = dict[str, str]()
    try:
        found = find(url, chosen_settings, unread.__setitem__)
        chosen = standing(found, at)
        data = shown(chosen, found, chosen_settings) if file and chosen else None
    except (OSError, EOFError, BadBody) as error:
        complain(url, "not read", str(error))
        sys.exit(1)
    for unit, why in unread.items():
        complain(unit, "not read", why)
    listed = found if at is None else [chosen] if chosen else []
    if not listed or (file and data is None):
        complain(url, "not in the archive", f"{len(found)} captures, none that shows it then" if found else "")
        sys.exit(1)
    if file and data is not None:
        file.write(data)
    click.echo(render.captures(listed, form), err=bool(file))
    sys.exit(int(bool(unread)))


@main.command()
@click.argument("action", type=click.Choice(["list", "check"]), default="list")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--offline", is_flag=True, help="check: the files alone, without a visit to their sites.")
def sources(action: str, ids: tuple[str, ...], offline: bool) -> None:
    """List the sources, or check them: their YAML and examples, and what their live sites answer.

    A check visits each site as a run does (politely, archived, on record): robots.txt, the list pages, the first
    articles, their encoding and selectors; and says what to mend. MINSHENG_CONTACT has to say who asks.
    """
    from minsheng import render

    chosen_settings = settings()
    chosen = [source for source in registry(ids, chosen_settings).values() if not ids or source.id in ids]
    if action == "list":
        click.echo(render.sources(chosen))
        return
    if not offline and not chosen_settings.contact:
        raise click.UsageError("MINSHENG_CONTACT must say who asks (an address or a page); or give --offline")
    sys.exit(int(not check_sources(chosen, offline, chosen_settings)))


def check_sources(chosen: list[Source], offline: bool, settings: Settings) -> bool:
    """Print what a check of the sources finds; whether nothing is to be mended."""
    from minsheng import render, trial

    today = datetime.now(SHANGHAI).date()
    found = map(trial.registry, chosen) if offline else trial.trials(chosen, today, settings)
    findings = [finding for one in found for finding in one]
    if not offline:
        click.echo(render.findings(findings))
    wrong = [finding for finding in findings if not finding.ok]
    for finding in wrong:
        complain(finding.source_id, finding.about, finding.says)
    click.echo(f"{len(chosen)} sources checked, {len(wrong)} findings")
    if not offline and (held := sorted({s.id for s in chosen if s.home} - {f.source_id for f in wrong})):
        click.echo(f"set `verified: {today}` in the YAML of {', '.join(held)}")
    return not wrong


@main.command()
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
def query(sql: str, form: str) -> None:
    """Ask the published snapshot, read-only."""
    from minsheng import render
    from minsheng.warehouse import QueryError
    from minsheng.warehouse import query as ask

    try:
        columns, rows = ask(sql, settings())
    except QueryError as error:
        complain("query", str(error))
        sys.exit(1)
    click.echo(render.rows(columns, rows, form))


@main.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD_DIR")
@click.option("--misses", is_flag=True, help="List every figure missed, spurious or wrong in a field.")
def evaluate(gold: Path, misses: bool) -> None:
    """Score the rules against a folder of gold; exit 1 under the floors (floors.json) that lie in it, if any do."""
    import json

    from minsheng import render
    from minsheng.clean import clean
    from minsheng.measure.evaluate import evaluate as score

    check_variables()
    try:
        result = score(gold, clean)
    except (FileNotFoundError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    file = gold / "floors.json"
    try:
        floors = json.loads(file.read_text("utf-8")) if file.exists() else {}
        below = result.below(floors)
    except (ValueError, TypeError, AttributeError) as error:
        raise click.UsageError(f"{file}: no JSON object of fields and their least shares ({error})") from error
    click.echo(render.evaluation(result, misses))
    if not floors:
        click.echo(f"{'no floor in' if file.exists() else 'no'} {file}: nothing can fail")
    elif not below:
        click.echo(f"floors held: {', '.join(floors)}")
    for finding in below:
        complain(str(gold), finding)
    sys.exit(int(bool(below)))


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Rows of each list.")
def coverage(inputs: tuple[str, ...], most: int) -> None:
    """Count what the rules leave open, most frequent first; INPUT may be *.jsonl[.gz] with `text` a line, too."""
    from minsheng import render
    from minsheng.measure.coverage import coverage as count

    check_variables()
    failed = []

    def measured() -> Iterator[Measurement]:
        for name, found in figures(texts(inputs)):
            if isinstance(found, Failure):
                complain(name, found.reason, found.detail)
                failed.append(name)
            else:
                yield found

    click.echo(render.coverage(count(measured()), most))
    sys.exit(int(bool(failed)))


if __name__ == "__main__":
    main()
