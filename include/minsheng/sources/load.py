"""Reading the registry: every ``*.yml`` below a folder is one source; what is wrong is said with file and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from minsheng.sources.model import Source

Places = dict[tuple[str | int, ...], int]


class _Loader(yaml.SafeLoader):
    """``SafeLoader``, to which a scalar that is no value of its kind (2024-02-30) is the text that stands there."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """PyYAML lets the errors of int(), float() and date() through without a mark: the model says it with one."""
        was_deep = self.deep_construct
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError):
            if not isinstance(node, yaml.ScalarNode):
                raise
            self.deep_construct = was_deep
            return self.constructed_objects.setdefault(node, node.value)


class SourceError(ValueError):
    """What is wrong in the registry: one line a finding, ``file:line: what``."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def load_sources(folder: Path) -> dict[str, Source]:
    """The sources below ``folder``, by id, in the order of their ids. Raises ``SourceError`` with all findings."""
    if not folder.is_dir():
        raise SourceError([f"{folder}: no such folder of sources"])
    findings = [f"{p}:1: the extension is .yml" for p in sorted(folder.rglob("*.yaml"))]
    sources: dict[str, Source] = {}
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.yml")):
        try:
            source = load_source(path)
        except SourceError as error:
            findings += error.findings
            continue
        if source.id in files:
            findings.append(f"{path}:1: id {source.id!r} is taken by {files[source.id]}")
        sources[source.id], files[source.id] = source, path
    if findings:
        raise SourceError(findings)
    return dict(sorted(sources.items()))


def load_source(path: Path) -> Source:
    """The source that one YAML file declares. Raises ``SourceError`` with all that is wrong in it."""
    try:
        text = path.read_text("utf-8")
        root = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError as error:
        raise SourceError([f"{path}:1: is not UTF-8 ({error.reason} at byte {error.start})"]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SourceError([f"{path}:{mark.line + 1 if mark else 1}: {error.problem or error.context}"]) from error
    except yaml.YAMLError as error:
        raise SourceError([f"{path}:1: {str(error).splitlines()[0]}"]) from error
    if not isinstance(data, dict) or root is None:
        raise SourceError([f"{path}:1: is not a mapping of a source's fields"])
    places, findings = _places(root, path)
    if findings:
        raise SourceError(findings)
    try:
        # strict JSON: a list serves as a tuple and an ISO day as a date, but no number as text
        source = Source.model_validate_json(json.dumps(data, default=_json), context={"file": path})
    except ValidationError as error:
        raise SourceError([_finding(path, places, e["loc"], e["msg"]) for e in error.errors()]) from error
    except (TypeError, ValueError) as error:
        raise SourceError([f"{path}:1: {error}"]) from error
    source._lines.update({loc: f"{path}:{line}: " for loc, line in places.items()})
    return source


def _json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} is no value of a source")


def _finding(path: Path, places: Places, loc: tuple[str | int, ...], message: str) -> str:
    line = next((places[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in places), 1)
    where = ".".join(map(str, loc)) or "the source"
    return f"{path}:{line}: {where}: {message.removeprefix('Value error, ')}"


def _places(root: yaml.Node, path: Path) -> tuple[Places, list[str]]:
    """The line of every key and item, and a finding for each key given twice (YAML would let the last one win)."""
    places: Places = {(): 1}
    findings = []
    seen = {id(root)}
    open_nodes: list[tuple[tuple[str | int, ...], yaml.Node]] = [((), root)]
    while open_nodes:
        loc, node = open_nodes.pop()
        children: list[tuple[str | int, yaml.Node, int]] = []
        if isinstance(node, yaml.MappingNode):
            children = [(str(k.value), v, k.start_mark.line + 1) for k, v in node.value]
        elif isinstance(node, yaml.SequenceNode):
            children = [(i, v, v.start_mark.line + 1) for i, v in enumerate(node.value)]
        for key, child, line in children:
            if (*loc, key) in places:
                findings.append(f"{path}:{line}: {'.'.join(map(str, (*loc, key)))}: is given twice")
            places[*loc, key] = line
            if id(child) not in seen:  # an alias may stand for what it stands in
                open_nodes.append(((*loc, key), child))
            seen.add(id(child))
    return places, findings
