"""Appending to the local disk, so that what was written lasts and what was half written can be cut off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def append(path: Path, data: bytes) -> int:
    """Append ``data``; returns where it starts. A failed write leaves nothing. ``disk.sync`` makes it last."""
    with path.open("ab", buffering=0) as file:
        start = file.seek(0, os.SEEK_END)
        try:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
        except OSError:
            file.truncate(start)
            raise
    return start


def truncate(path: Path, size: int) -> None:
    """Cut a file to ``size`` bytes."""
    with path.open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """A whole file; nothing where there is none."""
    return path.read_bytes() if path.exists() else b""


def size(path: Path) -> int:
    """The bytes of a file; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def opened(path: Path) -> BinaryIO:
    """A file to read from."""
    return path.open("rb")
