"""Measuring compiled: machine code runs as long as it is of the source beside it (the real mypyc, on a small room)."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local.compile import NoCompiler, compile_measuring, compiler
from minsheng import PROJECT
from minsheng.machine_code import LIBRARY, OUTSIDE, SUFFIX, is_current

pytestmark = pytest.mark.xdist_group("machine_code")  # one compilation for all of them

ANSWER = '"""A module."""\n\nfrom minsheng.contracts import Number\n\n\ndef answer() -> Number:\n    return 41\n'
ASK = """
import minsheng.measure, minsheng.measure.number
from minsheng.measure.number import answer
print(answer(), "machine code" if minsheng.measure.number.__file__.endswith(".so") else "source",
      minsheng.measure.__file__[-3:] == minsheng.measure.number.__file__[-3:])
"""


def write(file: Path, text: str, *, seconds: float = 0) -> None:
    file.write_text(text, encoding="utf-8")
    at = time.time() + seconds
    os.utime(file, (at, at))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like ``include`` whose ``minsheng.measure`` has one function, compiled."""
    try:
        compiler()
    except NoCompiler as error:
        pytest.skip(f"compiling needs a C compiler with Python's headers: {error}")
    include = tmp_path_factory.mktemp("project") / "include"
    room = include / "minsheng" / "measure"
    room.mkdir(parents=True)
    for name in ("__init__.py", "machine_code.py"):
        shutil.copy(PROJECT / "include" / "minsheng" / name, include / "minsheng")
    write(include / "minsheng" / "contracts.py", '"""Types."""\n\nNumber = int\n')
    write(include / "minsheng" / "vocabulary.py", '"""Words."""\n')
    write(include / "minsheng" / "changes.py", '"""Changes."""\n')
    write(room / "__init__.py", '"""The room."""\n')
    write(room / "number.py", ANSWER)
    compile_measuring(include)
    return include


@pytest.fixture
def include(compiled: Path, tmp_path: Path) -> Path:
    """A copy of it with the times of its files, for one test to change."""
    return shutil.copytree(compiled, tmp_path / "include")


def ask(include: Path) -> tuple[str, str]:
    """What a new process measures there and by what (the room is one or the other), and its warnings."""
    command = [sys.executable, "-W", "default", "-c", ASK]
    environ = {**os.environ, "PYTHONPATH": str(include)}
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    result, _, whole = ran.stdout.strip().rpartition(" ")
    assert whole == "True", "a room half from source"
    return result, ran.stderr


def test_what_was_compiled_and_not_changed_runs_as_machine_code(include: Path) -> None:
    assert is_current(include)
    assert ask(include) == ("41 machine code", "")


def test_an_edit_counts_at_once_and_a_warning_says_that_it_is_slower(include: Path) -> None:
    write(include / "minsheng/measure/number.py", ANSWER.replace("41", "42"))
    result, warnings = ask(include)
    assert result == "42 source"
    assert warnings.count("RuntimeWarning: measuring changed since it was compiled") == 1
    assert "make compile" in warnings


def test_an_edit_while_it_was_being_compiled_counts_too(compiled: Path, include: Path) -> None:
    library = (compiled / f"{LIBRARY}{SUFFIX}").stat()
    source = include / "minsheng/measure/number.py"
    source.write_text(ANSWER.replace("41", "42"), encoding="utf-8")
    os.utime(source, ns=(library.st_mtime_ns + 1, library.st_mtime_ns + 1))
    assert library.st_ctime_ns > library.st_mtime_ns + 1, "the machine code is as old as its beginning"
    assert ask(include)[0] == "42 source"


@pytest.mark.parametrize("outside", ["changes.py", "contracts.py", "vocabulary.py"])
def test_types_from_outside_the_room_count_as_its_source(include: Path, outside: str) -> None:
    file = include / "minsheng" / outside
    write(file, file.read_text(encoding="utf-8"))
    assert ask(include)[0] == "41 source"


def test_a_new_module_has_all_of_them_run_from_source(include: Path) -> None:
    write(include / "minsheng/measure/other.py", '"""Another."""\n', seconds=-3600)
    assert ask(include)[0] == "41 source"


@pytest.mark.parametrize("lost", [f"{LIBRARY}{SUFFIX}", f"minsheng/measure/number{SUFFIX}"])
def test_machine_code_that_is_not_whole_is_not_used(include: Path, lost: str) -> None:
    (include / lost).unlink()
    result, warnings = ask(include)
    assert result == "41 source"
    assert "RuntimeWarning" in warnings


def test_without_machine_code_the_source_runs_and_nothing_is_said(include: Path) -> None:
    for file in include.rglob("*.so"):
        file.unlink()
    assert ask(include) == ("41 source", "")


def test_what_another_interpreter_compiled_is_none_of_ours(include: Path) -> None:
    for file in include.rglob("*.so"):
        file.rename(file.with_name(file.name.replace(SUFFIX, ".cpython-399-other.so")))
    assert ask(include) == ("41 source", "")


NEXT_FINDER = """
import sys
import minsheng

class Listening:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("minsheng."):
            print(name)

[ours] = [n for n, finder in enumerate(sys.meta_path) if type(finder).__name__ == "Finder"]
sys.meta_path.insert(ours + 1, Listening())
import minsheng.measure.number
"""


def test_the_finder_after_it_is_asked_for_all_that_is_left_to_python(include: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(include)}
    command = [sys.executable, "-c", NEXT_FINDER]
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert {"minsheng.measure", "minsheng.measure.number"} <= set(ran.stdout.split())


def test_compiling_again_replaces_what_was_there_and_of_a_removed_module_nothing_stays(include: Path) -> None:
    write(include / "minsheng/measure/number.py", ANSWER.replace("41", "43"))
    gone = include / f"minsheng/measure/gone{SUFFIX}"
    gone.write_bytes(b"")
    compile_measuring(include)
    assert not gone.exists()
    assert ask(include) == ("43 machine code", "")
    assert [file.name for file in include.parent.iterdir()] == ["include"]


def test_what_does_not_compile_changes_nothing(include: Path) -> None:
    write(include / "minsheng/measure/number.py", ANSWER.replace("41", "'no number'"))
    before = {file: file.stat().st_ino for file in include.rglob("*.so")}
    with pytest.raises(subprocess.CalledProcessError) as raised:
        compile_measuring(include)
    assert "number.py:7: error: Incompatible return value type" in raised.value.output
    assert {file: file.stat().st_ino for file in include.rglob("*.so")} == before
    assert [file.name for file in include.parent.iterdir()] == ["include"]


def test_a_compiler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -pthread")
    with pytest.raises(NoCompiler, match="no-such-compiler"):
        compiler()


def test_every_module_of_ours_that_measuring_imports_counts_as_its_source() -> None:
    """Else its machine code would outlive a change of their types."""
    ours = PROJECT / "include/minsheng"
    imported: set[str] = set()
    for file in (ours / "measure").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "minsheng":
                imported |= {alias.name if (ours / f"{alias.name}.py").exists() else "__init__" for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("minsheng."):
                imported.add(str(node.module).split(".")[1])
    assert {f"{name}.py" for name in imported - {"measure"}} == set(OUTSIDE)
