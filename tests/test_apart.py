"""A step in a process of its own: what it gives and raises comes back, and it does not outlive whoever asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from minsheng.apart import SPAWN, StepFailed, apart, side_by_side
from minsheng.settings import Settings


def process_id(_: Settings) -> int:
    return os.getpid()


def fails(settings: Settings) -> None:
    raise FileNotFoundError(f"nothing at {settings.data}")


def dies(_: Settings) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def lingers(settings: Settings) -> None:
    (settings.data / "pid").write_text(str(os.getpid()))
    time.sleep(60)


class Sealed:
    """What can be sent, but not read where it arrives."""

    def __reduce__(self) -> tuple:
        return int, ("no number",)


def gives_what_cannot_be_read(_: Settings) -> Sealed:
    return Sealed()


def doubled(number: int) -> int:
    if number % 10 == 7:
        os._exit(1)
    if number == 5:
        raise ValueError("five")
    return 2 * number


def test_another_process_does_it(tmp_path: Path) -> None:
    assert apart(process_id, Settings(data=tmp_path)) != os.getpid()


def test_its_error_comes_back_in_words(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match=f"^FileNotFoundError: nothing at {tmp_path}$"):
        apart(fails, Settings(data=tmp_path))


def test_a_process_that_is_killed_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="ended with exit code -9"):
        apart(dies, Settings(data=tmp_path))


def test_what_cannot_be_read_here_is_a_step_that_failed(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match=r"^ValueError: invalid literal for int"):
        apart(gives_what_cannot_be_read, Settings(data=tmp_path))


def test_where_no_process_can_be_had_the_step_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(SPAWN.Process, "start", start)
    with pytest.raises(StepFailed, match=r"^BlockingIOError: .*temporarily unavailable$"):
        apart(process_id, Settings(data=tmp_path))


def test_side_by_side_an_item_that_ends_its_process_costs_no_other() -> None:
    found = list(side_by_side(doubled, range(30), 2))
    assert [item for item, _ in found] == list(range(30))
    failed = {item: type(answer) for item, answer in found if isinstance(answer, Exception)}
    assert failed == {5: ValueError, 7: BrokenProcessPool, 17: BrokenProcessPool, 27: BrokenProcessPool}
    assert all(answer == 2 * item for item, answer in found if item not in failed)


def test_it_ends_with_whoever_asked_even_if_that_is_killed(tmp_path: Path) -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import test_apart as t; from pathlib import Path; "
    code += "t.apart(t.lingers, t.Settings(data=Path(sys.argv[2])))"
    asking = subprocess.Popen([sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path)])
    file = tmp_path / "pid"
    wait_until(lambda: file.exists() and file.read_text() != "")
    asking.kill()
    asking.wait()
    wait_until(lambda: not alive(int(file.read_text())))


def wait_until(holds) -> None:
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
