"""Mending a ledger: what it has lost is taken from the WARC files beside it, each group of which begins with its line.

``UnitArchive`` mends the unit that it opens on the disk; reading mends in memory, and so reads as much.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from minsheng.acquire import remote, storage, warc
from minsheng.acquire.entry import Entry

REMEDY = "put back a copy of one of them, or move the folder out of the archive"


@dataclass(slots=True)
class Mended:
    """A unit's lines: those that its ledger tells in its first ``whole`` bytes, and those ``found`` in its WARC files,
    with the ends of their whole groups.
    """

    told: list[Entry]
    whole: int
    found: list[Entry] = field(default_factory=list)
    ends: dict[Path, int] = field(default_factory=dict)


def parsed(line: bytes) -> Entry | None:
    """A ledger's line; None where it is torn or damaged."""
    try:
        return Entry.model_validate_json(line) if line.endswith(b"\n") else None
    except ValidationError:
        return None


def warc_files(folder: Path) -> list[Path]:
    """The WARC files of a unit, in the order they were written."""
    return sorted(folder.glob(f"{folder.parent.name}-{folder.name.replace('-', '')}-*.warc.gz"))


def is_behind(last: Entry | None, folder: Path, root: Path) -> bool:
    """Whether the WARC files hold more than a ledger whose ``last`` line is given: a kill came between the two, or the
    ledger was lost.
    """
    files = warc_files(folder)
    known = last is not None and last.file is not None and files[-1:] == [root / last.file]
    return bool(files) and storage.size(files[-1]) > ((last.end or 0) if last is not None and known else 0)


def mend(folder: Path, root: Path) -> Mended:
    """All lines of a unit. Nothing is written. Raises OSError where neither ledger nor WARC files can give them."""
    ledger = folder / remote.LEDGER
    data = storage.read(ledger)
    mended = _told(data)
    rest = data[mended.whole :]
    lost = not data or b"\n" in rest  # a line that a kill has torn, the last, has no end
    for file in warc_files(folder):
        name = str(file.relative_to(root))
        mended.ends[file] = max((e.end or 0 for e in mended.told if e.file == name), default=0)
        try:
            with storage.opened(file) as stream:
                for end, offset, entry in _groups(stream, mended.ends[file]):
                    mended.ends[file] = end
                    if entry is not None:
                        mended.found.append(entry.model_copy(update={"file": name, "offset": offset, "end": end}))
        except warc.Broken as error:
            if lost:
                raise OSError(f"{ledger} is lost or damaged, and so is {file} at {error}: {REMEDY}") from error
    places = {(entry.file, entry.end) for entry in mended.found}
    further = [entry for line in rest.splitlines(keepends=True) if (entry := parsed(line)) is not None]
    if len(mended.found) < rest.count(b"\n") or not places.issuperset((e.file, e.end) for e in further):
        line = data.count(b"\n", 0, mended.whole) + 1
        raise OSError(f"{ledger} is damaged in line {line}, and the WARC files lack what it told of: {REMEDY}")
    return mended


def _told(data: bytes) -> Mended:
    """What a ledger tells up to its first line that is torn or damaged."""
    mended = Mended([], 0)
    for line in data.splitlines(keepends=True):
        if (entry := parsed(line)) is None:
            break
        mended.told.append(entry)
        mended.whole += len(line)
    return mended


def _groups(stream: BinaryIO, start: int) -> Iterator[tuple[int, int | None, Entry | None]]:
    """The whole groups from ``start`` on: end, offset of the answer, line (none for the warcinfo record)."""
    found = warc.members(stream, start)
    for member in found:
        if member.kind != "metadata":
            yield member.end, None, None
            continue
        meta = json.loads(member.block)
        last = member
        for _ in range(meta["records"]):
            following = next(found, None)
            if following is None:
                return
            last = following
        offset = last.start if last.kind in ("response", "revisit", "resource") else None
        yield last.end, offset, Entry.model_validate(meta["entry"])
