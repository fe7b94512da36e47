"""Measuring as machine code (`make compile`): Python runs it where it is of the source beside it, else the source.

mypyc makes an extension module of every module of ``minsheng/measure``, and Python would take those first,
whatever became of the ``.py`` since. ``install`` puts a finder before Python's own that looks once, when measuring
is imported: machine code that is older than its source, or not whole, is passed over with a warning.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType

PACKAGE = "minsheng.measure"
LIBRARY = "minsheng_measure__mypyc"  # holds all the code; the extension modules beside the sources only point into it
SUFFIX = EXTENSION_SUFFIXES[0]  # names interpreter and platform: what another one compiled is none here
# Not compiled, but machine code was made for their types:
OUTSIDE = ("__init__.py", "changes.py", "contracts.py", "vocabulary.py")


def is_there(include: Path) -> bool:
    """Whether ``include`` holds any machine code for this interpreter."""
    return (include / f"{LIBRARY}{SUFFIX}").exists() or any((include / "minsheng/measure").glob(f"*{SUFFIX}"))


def is_current(include: Path) -> bool:
    """Whether ``include`` holds machine code of every module of measuring as it is now, and of no other module."""
    sources, compiled, newest = set(), set(), 0
    try:
        made = (include / f"{LIBRARY}{SUFFIX}").stat().st_mtime_ns
        with os.scandir(include / "minsheng/measure") as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    sources.add(entry.name.removesuffix(".py"))
                    newest = max(newest, entry.stat().st_mtime_ns)
                elif entry.name.endswith(SUFFIX):
                    compiled.add(entry.name.removesuffix(SUFFIX))
        newest = max(newest, *((include / "minsheng" / name).stat().st_mtime_ns for name in OUTSIDE))
    except OSError:
        return False
    return sources == compiled and newest <= made


class Finder:
    """Finds ``minsheng.measure`` and its modules in their sources alone, where the machine code is not of these.

    Otherwise it leaves them to Python. It stays on ``sys.meta_path``: Python goes through that list as it asks.
    """

    def __init__(self, include: Path) -> None:
        self.include = include
        self.idle = False

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """As ``importlib.abc.MetaPathFinder`` says."""
        if self.idle or path is None or not (name == PACKAGE or name.startswith(f"{PACKAGE}.")):
            return None
        if name == PACKAGE:
            if is_current(self.include) or not is_there(self.include):
                self.idle = True
                return None
            warnings.warn(
                "measuring changed since it was compiled: its source runs, at two fifths of the speed (`make compile`)",
                RuntimeWarning,
                stacklevel=2,
            )
        return FileFinder(path[0], (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(name)


def install(include: Path) -> None:
    """Have measuring found by these rules in ``include``, in this process."""
    sys.meta_path.insert(0, Finder(include))
