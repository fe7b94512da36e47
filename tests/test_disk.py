"""Files are written whole or not at all, whoever else writes them at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from minsheng import disk


def write_often(path: Path, byte: bytes) -> None:
    for _ in range(100):
        disk.replace(path, byte * 100_000)


@pytest.mark.parametrize("together", ["threads", "processes"])
def test_many_may_replace_one_file_at_once(together: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept.json"
    bytes_of = [b"a", b"b", b"c"]
    if together == "threads":
        with ThreadPoolExecutor() as pool:
            list(pool.map(write_often, [path] * 3, bytes_of))
    else:
        with get_context("spawn").Pool(3) as processes:
            processes.starmap(write_often, [(path, byte) for byte in bytes_of])
    assert path.read_bytes() in {byte * 100_000 for byte in bytes_of}
    assert [file.name for file in path.parent.iterdir()] == ["kept.json"]


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    disk.replace(path, b"old")
    with pytest.raises(TypeError):
        disk.replace(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_files_and_folders_are_made_to_last(tmp_path: Path) -> None:
    disk.replace(tmp_path / "file", b"x")
    disk.sync(tmp_path / "file")
    disk.sync(tmp_path)
    with pytest.raises(FileNotFoundError):
        disk.sync(tmp_path / "none")
