"""The archive at another address: object storage, or any file system that fsspec knows; the local one mirrors it.

An append that survives a crash needs a disk. So a unit is written in the local archive and handed over as it is closed,
its WARC files before its ledger, so that no ledger there tells of records that are not. What is missing or shorter here
is fetched before it is read or added to. Where a machine died before it handed its part over and another went on,
what it has written is set aside in its own archive (``aside-N``), not lost: ``minsheng reprocess --warc`` takes it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from minsheng import disk
from minsheng.acquire import storage
from minsheng.settings import Settings

LEDGER = "ledger.jsonl"
DISCOVERED = "discovery.jsonl"


def pull(folder: Path, settings: Settings, *, whole: bool) -> None:
    """Bring a unit's ledger up to date with the address, if ``whole`` its WARC files, too. Nothing where the archive is
    local only. Raises OSError where the address cannot be reached.
    """
    if settings.archive_address is None:
        return
    prefix = _name(folder, settings)
    with _reached(settings) as (fs, root):
        there = _sizes(fs, root, prefix)
        if f"{prefix}/{LEDGER}" not in there:
            return
        mine, same = storage.read(folder / LEDGER), storage.size(folder / LEDGER) == there[f"{prefix}/{LEDGER}"]
        latest = mine if same and not whole else bytes(fs.cat_file(f"{root}/{prefix}/{LEDGER}"))
        if not mine.startswith(latest):
            warcs = {name: storage.size(settings.archive / name) for name in there if name.endswith(".warc.gz")}
            if not latest.startswith(mine) or any(here > there[name] for name, here in warcs.items()):
                _set_aside(folder)
        for name in sorted(there, key=_last_the_ledger):
            path = settings.archive / name
            if path.name == DISCOVERED:
                wanted = not path.exists() or not mine.startswith(latest)
            else:
                wanted = (whole or path.name == LEDGER) and storage.size(path) < there[name]
            if wanted:
                _get(fs, f"{root}/{name}", path)


def pull_ledgers(settings: Settings, source_id: str = "") -> None:
    """Bring the ledgers of all units, or of one source's, that are missing or shorter here; where a unit has lost its
    ledger there, the WARC files.
    """
    if settings.archive_address is None:
        return
    with _reached(settings) as (fs, root):
        there = _sizes(fs, root, source_id)
        for name, size in there.items():
            path, unit = settings.archive / name, name.rpartition("/")[0]
            told = path.name == LEDGER or (name.endswith(".warc.gz") and f"{unit}/{LEDGER}" not in there)
            if told and name.count("/") == 2 and storage.size(path) < size:
                _get(fs, f"{root}/{name}", path)


def here(name: str, offset: int, settings: Settings) -> Path:
    """The local path of an archive's file, fetched where it does not reach up to ``offset`` yet."""
    path = settings.archive / name
    if settings.archive_address is not None and storage.size(path) <= offset:
        with _reached(settings) as (fs, root):
            _get(fs, f"{root}/{name}", path)
    return path


def push(folder: Path, settings: Settings) -> None:
    """Hand a unit over: every file that differs in length from what is there, the ledger last. Raises OSError."""
    if settings.archive_address is None:
        return
    prefix = _name(folder, settings)
    with _reached(settings) as (fs, root):
        there = _sizes(fs, root, prefix)
        fs.makedirs(f"{root}/{prefix}", exist_ok=True)
        files = [*folder.glob("*.warc.gz"), *folder.glob("*.jsonl")]
        for path in sorted(files, key=lambda p: _last_the_ledger(p.name)):
            name = f"{prefix}/{path.name}"
            if path.name == DISCOVERED or there.get(name) != storage.size(path):
                fs.put_file(str(path), f"{root}/{name}")


def _name(folder: Path, settings: Settings) -> str:
    return folder.relative_to(settings.archive).as_posix()


def _last_the_ledger(name: str) -> tuple[bool, str]:
    return name.endswith(LEDGER), name


@contextmanager
def _reached(settings: Settings) -> Iterator[tuple[Any, str]]:
    """The file system and the archive's root on it. Whatever goes wrong there is an OSError that names the address."""
    import fsspec

    try:
        fs, root = fsspec.url_to_fs(settings.archive_address)
        yield fs, root.rstrip("/")
    except Exception as error:  # every store has errors of its own
        why = f"the archive at {settings.archive_address}: {type(error).__name__}: {error}"
        raise OSError(getattr(error, "errno", None) or errno.EIO, why) from error


def _sizes(fs: Any, root: str, prefix: str) -> dict[str, int]:
    """The bytes of each file under ``prefix``, by its name relative to the archive."""
    fs.invalidate_cache()  # another machine may have written since
    found = fs.find(f"{root}/{prefix}".rstrip("/"), detail=True)
    return {name[len(root) + 1 :]: int(info["size"]) for name, info in found.items()}


def _get(fs: Any, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = disk.draft_of(path)
    try:
        fs.get_file(name, str(draft))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _set_aside(folder: Path) -> None:
    """Move a unit's local files into a folder beside, so that those of the address can take their places."""
    aside = folder / f"aside-{len(list(folder.glob('aside-*')))}"
    aside.mkdir()
    for path in [*folder.glob("*.warc.gz"), *folder.glob("*.jsonl")]:
        path.replace(aside / path.name)
