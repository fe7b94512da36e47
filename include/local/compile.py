"""Measuring as machine code: ``python -m local.compile``, at once where it is that already.

mypyc (of the environment of tools, ``tools.lock``) makes C of ``minsheng/measure``, the C compiler of this interpreter
the rest.
All of it happens in a temporary folder, and what came out is moved in at the end: what fails or is interrupted
changes nothing.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from minsheng import PROJECT
from minsheng.machine_code import LIBRARY, SUFFIX, is_current

TOOLS = PROJECT / ".venv-tools/bin/python"
SLOWER = "measuring runs from its source, at two fifths of the speed"

# In a process of its own, whose output is shown only when it fails. -O2 gives code that is 3 % faster than that of -O1
# and of mypyc's -O3, which is larger; debug level 0: nobody debugs the C.
BUILD = f"""
import sys
from mypyc.build import mypycify
from setuptools import setup

folder, *arguments = sys.argv[1:]
modules = mypycify(
    arguments, opt_level="2", debug_level="0", target_dir=folder, group_name={LIBRARY.removesuffix("__mypyc")!r}
)
setup(
    name={LIBRARY!r},
    ext_modules=modules,
    script_args=["--quiet", "build_ext", "--build-lib", folder + "/made", "--build-temp", folder + "/objects"],
)
"""
HIDDEN = "-fvisibility=hidden"  # the modules are one library and call each other without asking the linker


class NoCompiler(Exception):
    """This machine has no C compiler, or no headers of this Python, or this checkout no mypyc."""


def compiler() -> str:
    """The C compiler that setuptools will call. Raises ``NoCompiler``."""
    if not TOOLS.exists():
        raise NoCompiler("No mypyc: `make compile` sets up .venv-tools")
    command = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(command) is None:
        raise NoCompiler(f"No C compiler ({command})")
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        raise NoCompiler("The C headers of this Python are not installed")
    return command


def compile_measuring(include: Path, config: Path = PROJECT / "pyproject.toml") -> None:
    """Put machine code of ``include/minsheng/measure`` beside its sources, as old as the moment it was begun.

    Raises ``NoCompiler``, and ``subprocess.CalledProcessError`` with what mypyc or the compiler said as its output.
    """
    compiler()
    begun = time.time_ns()  # what is edited from now on is newer
    sources = sorted(str(file.relative_to(include)) for file in (include / "minsheng/measure").glob("*.py"))
    with tempfile.TemporaryDirectory(dir=include.parent, prefix="build-") as folder:
        options = ["--config-file", str(config), "--cache-dir", f"{folder}/mypy", "--python-executable", sys.executable]
        subprocess.run(  # noqa: S603  our own interpreter and files
            [TOOLS, "-c", BUILD, folder, *options, *sources],
            cwd=include,
            env={**os.environ, "MYPYPATH": ".", "CFLAGS": f"{os.environ.get('CFLAGS', '')} {HIDDEN}".strip()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        move(Path(folder) / "made", include, begun)


def move(made: Path, include: Path, begun: int) -> None:
    """Move the machine code from ``made`` over that in ``include``, dated ``begun`` (ns), and remove what it replaces.

    One file at a time is exchanged, the library last: whoever imports meanwhile finds all of the modules.
    """
    files = sorted(made.rglob(f"*{SUFFIX}"), key=lambda file: file.name.startswith(LIBRARY))
    new = {include / file.relative_to(made) for file in files}
    for file in files:
        os.utime(file, ns=(begun, begun))
        file.replace(include / file.relative_to(made))
    for old in {*include.glob("*__mypyc.*.so"), *(include / "minsheng/measure").glob("*.so")} - new:
        old.unlink(missing_ok=True)


def main() -> None:
    """Ends with 1 where there is no machine code afterwards, having said why."""
    include = PROJECT / "include"
    if is_current(include):
        return
    try:
        compiler()
        print("Compiling measuring (a minute, once and after changes of it) ...", flush=True)  # noqa: T201
        compile_measuring(include)
    except NoCompiler as error:
        sys.exit(f"{error}: {SLOWER}.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.output}Compiling failed: {SLOWER}.")


if __name__ == "__main__":
    main()
