"""Files that last: written whole or not at all, on the disk when ``sync`` returns; and locks."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another process holds what is asked for."""


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file, as one step, and make it last: whoever reads it, and whoever comes after a
    crash, finds the old one or the new one. Many may do so at once. Makes the folder. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    try:
        draft.write_bytes(data)
        sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


def draft_of(path: Path) -> Path:
    """Where this thread writes what is to take the place of ``path``: beside it, by a name that no other has."""
    return path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")


def sync(path: Path) -> None:
    """Wait until what was written to a file, or the names in a folder, are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock file ``path``; wait up to ``wait`` seconds for it, then raise ``Busy``. Dies with its process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy(f"another run holds {path.parent.name} of {path.parent.parent.name}") from None
                time.sleep(0.05)
        yield
