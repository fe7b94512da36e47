"""What the command line prints: figures, articles, rows and summaries, as tables, JSON lines or CSV.

Formatting only: every function takes records and gives text, or writes it to stdout.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from minsheng import SHANGHAI
from minsheng.contracts import Article, Observation, Rejection

if TYPE_CHECKING:
    from minsheng.acquire.finding import Capture
    from minsheng.measure import Measurement
    from minsheng.measure.coverage import Coverage
    from minsheng.measure.evaluate import Evaluation
    from minsheng.pipeline import Audited
    from minsheng.reprocess import Reprocessed, Selection
    from minsheng.runner import Run
    from minsheng.sources import Source
    from minsheng.trial import Finding

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # a page's text must neither break a table nor command the terminal
CONTEXT = 24  # characters of the sentence shown on each side of a figure
WIDTH = 120  # columns of a terminal that a table of figures takes at most
_WRITTEN = 16  # of these what a numeral without a value takes
_CUT = 8  # and the least that a cell keeps
_BASES = {
    "same_period_last_year": "yoy",
    "previous_period": "on last period",
    "previous_year": "on last year",
    "start_of_year": "since new year",
    "long_term_average": "on long term",
    "average_annual": "a year",
    "two_year_average": "2-year average",
}


def plain(value: Any) -> Any:
    """A value as JSON has it: decimals as the shortest number, days in ISO 8601, no NaN, what else there is as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def as_json(record: Any) -> dict[str, Any]:
    """The fields of a record, ready for ``json.dumps``."""
    converted = plain(asdict(record))
    assert isinstance(converted, dict)
    return converted


def figures(form: str, *, named: bool, rejected: bool) -> Callable[[str, Measurement], None]:
    """A writer to stdout of the figures of one input after the other; ``named`` lines name theirs in ``input``."""
    if form == "table":
        return lambda name, measured: click.echo(figure_table(name if named else "", measured, rejected))
    columns = (["input"] if named else []) + [f.name for f in fields(Observation)] + (["reason"] if rejected else [])
    sheet = csv.DictWriter(sys.stdout, columns, restval="", lineterminator="\n")
    if form == "csv":
        sheet.writeheader()

    def write(name: str, measured: Measurement) -> None:
        for record in in_order(measured, rejected):
            row = ({"input": name} if named else {}) | as_json(record)
            if form == "csv":
                sheet.writerow(row)
            else:
                click.echo(json.dumps(row, ensure_ascii=False))

    return write


def in_order(measured: Measurement, rejected: bool) -> list[Observation | Rejection]:
    """The observations, and the rejections among them where asked for, in the order of the text."""
    found: list[Observation | Rejection] = [*measured.observations, *(measured.rejections if rejected else [])]
    return sorted(found, key=lambda record: record.char_start)


def figure_table(name: str, measured: Measurement, rejected: bool) -> str:
    """The figures of one article as a table for a person, each marked in its sentence on a line below; ``name`` where
    one is wanted."""
    article = measured.article
    published = article.published_at.date().isoformat() if article.published_at else "undated"
    head = [
        *filter(None, [name, article.title]),
        f"{article.publisher or '-'} | {published} | region {article.region_code or '-'}",
    ]
    columns = ["n", "value", *(["reason"] if rejected else []), "unit", "kind", "indicator", "id", "region", "period"]
    records = in_order(measured, rejected)
    lines = [columns, *(figure_line(record, rejected) for record in records)]
    titles, rule, *shown = aligned(fitted(lines, [columns.index(c) for c in ("indicator", "id", "region")])).split("\n")
    indent = " " * (max(len(line[0]) for line in lines) + 2)
    for n, record in enumerate(records):
        shown[n] += "\n" + cut(indent + _CONTROL.sub(" ", in_sentence(article.body, record)), WIDTH)
    none = many(len(measured.rejections), "numeral that is no figure", "numerals that are no figures")
    return "\n".join([*head, "", titles, rule, *shown, f"{many(len(measured.observations), 'figure')}, {none}", ""])


def figure_line(record: Observation | Rejection, rejected: bool) -> list[str]:
    """The cells of a figure, or of a numeral that is none with its reason in a column of its own."""
    if isinstance(record, Rejection):
        written = number(record.value) or cut(record.surface, _WRITTEN)
        return ["-", written, record.reason, "", "", "", "", "", ""]
    value = number(record.value) + (f" to {number(record.value_max)}" if record.value_max is not None else "")
    bound = {"about": "~", "at_least": ">=", "at_most": "<="}.get(record.bound, "")
    sign = {"up": "+", "down": "-"}.get(record.direction or "", "") if record.kind == "change" else ""
    region = f"{record.region_code or ''} {record.region or ''}".strip()
    about = [record.unit, kind(record), record.indicator, record.indicator_id or "", region, period(record)]
    return [str(record.n), f"{bound}{sign}{value}", *([""] if rejected else []), *about]


def kind(record: Observation) -> str:
    """What a figure is besides a level that is done and counted: a share, a change and against what, a target, an
    estimate."""
    change = _BASES.get(record.basis or "", (record.basis or "change").replace("_", " "))
    words = [{"share": "share", "change": change}.get(record.kind, "")]
    words += ["target"] * (record.status == "target") + ["est."] * record.estimated
    return " ".join(filter(None, words))


def many(count: int, one: str, more: str = "") -> str:
    """A number of things in English: 1 figure, 2 figures."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def unread_dates(article: Article) -> str:
    """What its page says of the day of an undated article that could not be read, in brackets."""
    said = [w.removeprefix("published: ") for w in article.warnings if w.startswith("published: ")]
    return f" ({'; '.join(said)})" if said else ""


def period(record: Observation) -> str:
    """The time a figure speaks of, as ISO 8601: an interval, or a day it was true on."""
    if record.period_start and record.period_end:
        return f"{record.period_start}/{record.period_end}"
    return str(record.as_of or record.period_end or "")


def in_sentence(body: str, record: Observation | Rejection) -> str:
    """The figure in brackets amid the characters around it."""
    start, end = record.char_start, record.char_end
    before = body[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = body[end : end + CONTEXT].partition("\n")[0]
    return f"{before}[{body[start:end]}]{after}"


def number(value: Decimal | None) -> str:
    """A value with thousands apart and no trailing zeros."""
    return "" if value is None else f"{value.normalize():,f}"


def width(text: str) -> int:
    """The columns a terminal needs: an ideograph takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """As much of a text as so many columns of a terminal hold."""
    if width(text) <= columns:
        return text
    kept, left = 0, columns - 2
    while (left := left - width(text[kept])) >= 0:
        kept += 1
    return text[:kept] + ".."


def fitted(table: Sequence[Sequence[str]], shrink: Sequence[int]) -> list[list[str]]:
    """A table whose lines take ``WIDTH`` columns at most: the widest of the columns ``shrink`` are cut."""
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for _ in range(sum(widths) + 2 * (len(widths) - 1) - WIDTH):
        widest = max(shrink, key=widths.__getitem__)
        widths[widest] -= widths[widest] > _CUT
    return [[cut(cell, w) for cell, w in zip(line, widths, strict=True)] for line in table]


def aligned(table: Sequence[Sequence[str]]) -> str:
    """A table whose first line is its head; the last column is not padded, control characters are blanks."""
    lines = [[_CONTROL.sub(" ", cell) for cell in line] for line in table]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    rows = ["  ".join(c + " " * (w - width(c)) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([rows[0], "  ".join("-" * min(w, 60) for w in widths), *rows[1:]])


def article(record: Article, form: str, name: str | None) -> str:
    """An article as one JSON object, or as text: a head of what is known of it, then the body.

    ``bands`` say nothing outside the warehouse and are left out.
    """
    if form == "json":
        known = as_json(record)
        del known["bands"]
        return json.dumps(({"input": name} if name else {}) | known, ensure_ascii=False)
    head = {
        "input": name,
        "title": record.title,
        "subtitle": record.subtitle,
        "published": record.published_at.isoformat() if record.published_at else None,
        "publisher": record.publisher,
        "authors": "、".join(record.authors),
        "editor": record.editor,
        "repairs": str(len(record.repairs)) if record.repairs else None,
        "warnings": "; ".join(record.warnings),
    }
    return "\n".join([*(f"{key}: {value}" for key, value in head.items() if value), "", record.body, ""])


def rows(columns: Sequence[str], found: Iterable[Sequence[Any]], form: str) -> str:
    """The answer to a query."""
    columns = [
        f"{name}_{columns[:n].count(name) + 1}" if name in columns[:n] else name for n, name in enumerate(columns)
    ]
    values = [[plain(value) for value in row] for row in found]
    if form == "jsonl":
        return "\n".join(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in values)
    if form == "csv":
        sheet = io.StringIO()
        csv.writer(sheet, lineterminator="\n").writerows([columns, *values])
        return sheet.getvalue().rstrip("\n")
    return aligned([list(columns), *(["" if v is None else str(v) for v in row] for row in values)])


def sources(chosen: Iterable[Source]) -> str:
    """The registry as a table."""
    lines = [["id", "level", "region", "family", "verified", "name", "home"]]
    for source in chosen:
        verified = source.verified.isoformat() if source.verified else "never"
        where = str(source.home or source.folder or "")
        lines.append([source.id, source.level, source.region_code or "", source.family, verified, source.name, where])
    return aligned(lines)


def captures(found: Iterable[Capture], form: str) -> str:
    """What the archive holds of an address, a row a capture, in the order of time."""
    about_it = ("role", "outcome", "revision", "http_status", "content_type", "bytes")
    columns = ("captured_at", "source_id", "logical_date", *about_it, "warc_file", "warc_offset", "said")
    lines = []
    for capture in found:
        entry = capture.entry
        at = entry.started_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        place = (entry.file, entry.offset) if entry.offset is not None else (None, None)
        about = (entry.role, entry.outcome, entry.revision, entry.http_status, entry.content_type, entry.bytes)
        lines.append((at, capture.source_id, capture.logical_date, *about, *place, entry.error or entry.note))
    return rows(columns, lines, form)


def findings(found: Iterable[Finding]) -> str:
    """What a trial saw, a line a thing, with what is to be mended marked."""
    lines = [["source", "about", "", "seen"]]
    return aligned([*lines, *([f.source_id, f.about, "ok" if f.ok else "MEND", f.says] for f in found)])


def evaluation(result: Evaluation, misses: bool) -> str:
    """The score of every text and of all, a column a field; then the classes of miss, and each where asked for."""
    lines = [["text", "gold", "found", "matched", *result.fields]]
    for name, score in [*result.texts.items(), ("all", result.total)]:
        shares = [f"{score.share(field):.3f}" for field in result.fields]
        lines.append([name, str(score.gold), str(score.extracted), str(score.matched), *shares])
    classes = [f"{count:4} {kind}" for kind, count in result.total.misses.most_common()]
    return "\n".join([aligned(lines), "", *classes, *(result.total.examples if misses else [])])


def coverage(found: Coverage, most: int) -> str:
    """What a set of articles leaves open: shares, then each list that is not empty, most frequent first."""
    phrases = Counter({f"{phrase or '(no phrase)'} ({unit})": n for (phrase, unit), n in found.phrases.items()})
    lists = {
        "numerals that are no figure, by reason": found.rejections,
        "figures without an indicator id, by phrase and unit": phrases,
        "numerals behind which stands what may be an unknown unit": found.units,
        "mentions of places that nothing settled": found.places,
    }
    head = f"{many(found.articles, 'article')}, {many(found.figures, 'figure')}"
    if found.figures:
        head += f": {found.placed} with a region ({found.region_share:.1%}), "
        head += f"{found.mapped} with an indicator id ({found.indicator_share:.1%})"
    return "\n".join([head, *("\n" + _counted(title, counts, most) for title, counts in lists.items() if counts)])


def _counted(title: str, counts: Counter[str], most: int) -> str:
    rows = [f"{count:6} {name}" for name, count in counts.most_common(most)]
    return "\n".join([f"{title}: {counts.total()}, {len(counts)} different", *rows])


def audited(verdict: Audited) -> str:
    """What a passed audit checked, and a line for each expectation that was not met and only warns."""
    warned = [f"\n           warning: {told}" for told in verdict["warnings"]]
    met = f"{len(warned)} not met" if warned else "all met"
    return f"{many(verdict['expectations'], 'expectation')} checked, {met}{''.join(warned)}"


def summary(done: Run) -> str:
    """What a run did, for a person."""
    pages = ", ".join(f"{count} {outcome}" for outcome, count in done.pages.most_common()) or "none"
    landed = ", ".join(f"{count} {table}" for table, count in done.rows.items()) or "nothing"
    failed = any(step == "audit" for step, *_ in done.failures)
    verdict = audited(done.audit) if done.audit else "not passed" if failed else "not made"
    published = done.snapshot or "nothing: readers keep what they had"
    return f"pages      {pages}\nlanded     {landed}\naudit      {verdict}\npublished  {published}"


def reprocessed(selection: Selection, done: Reprocessed) -> str:
    """What reprocessing did, for a person."""
    lines = []
    if selection.records is not None:
        taken = ", ".join(f"{count} {kind}" for kind, count in selection.records.most_common()) or "none"
        lines.append(f"records    {taken}")
    lines.append(f"read       {len(done.read)} days of sources, from the archive alone")
    if done.current:
        lines.append(f"skipped    {len(done.current)} that today's rules had read already (--force reads them, too)")
    return "\n".join([*lines, *summary(done).splitlines()[1:]])
