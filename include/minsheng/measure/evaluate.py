"""Score measuring against a gold folder: per field and per class of miss, with one floor a field.

A gold folder holds ``NNN.jsonl`` (one figure a line, in the order of the text) beside ``NNN.txt`` (the
text; ``NNN.repaired.txt`` serves too) and, where wanted, ``NNN.json`` with ``published``, ``region`` and
``title``. Figures are aligned by a longest common subsequence of equal value, upper value (to 1 in
10 000) and unit; of the other fields those are scored that a line has. An indicator is right from a character F1
of 0.5, a region by as many digits as gold gives; ``optional`` figures count for nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from minsheng import SHANGHAI
from minsheng.contracts import Article, Failure, Observation
from minsheng.measure import measure

Gold = dict[str, Any]
SURE: Final = 0.9  # confidence from which an observation has to be right
_TOLERANCE: Final = 1e-4


@dataclass(slots=True)
class Score:
    """Counts of one text, or of a folder after ``add``; shares are between 0 and 1."""

    gold: int = 0
    extracted: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take the counts of another text in."""
        self.gold += other.gold
        self.extracted += other.extracted
        self.matched += other.matched
        self.right += other.right
        self.asked += other.asked
        self.misses += other.misses
        self.examples += other.examples

    def share(self, name: str) -> float:
        """Quantity F1, or the share of matched figures whose field is right (1 where none was asked)."""
        if name == "quantity":
            return 2 * self.matched / (self.gold + self.extracted) if self.gold + self.extracted else 1.0
        return self.right[name] / self.asked[name] if self.asked[name] else 1.0


@dataclass(slots=True)
class Evaluation:
    """The score of every text of a folder, by its name, and of all of them together."""

    texts: dict[str, Score]
    total: Score

    @property
    def fields(self) -> list[str]:
        """What was scored, in the order of the fields."""
        return ["quantity", *[name for name in _FIELDS if self.total.asked[name]]]

    def below(self, floors: dict[str, float]) -> list[str]:
        """The fields under their floor, as sentences; empty when all hold."""
        return [
            f"{name} {self.total.share(name):.3f} is under {floor}"
            for name, floor in floors.items()
            if self.total.share(name) < floor
        ]


def evaluate(folder: Path, read: Callable[[bytes], Article | Failure]) -> Evaluation:
    """Read (as ``minsheng.clean.clean`` does), measure and score every text of a gold folder.

    Raises FileNotFoundError where a text is missing, ValueError for a text or a line of gold that cannot be read.
    """
    texts: dict[str, Score] = {}
    total = Score()
    for path in sorted(folder.glob("*.jsonl")):
        gold = _gold(path)
        article, region = _article(path, read)
        texts[path.stem] = score(gold, measure(article, region=region).observations)
        total.add(texts[path.stem])
    if not texts:
        raise FileNotFoundError(f"no gold (*.jsonl) in {folder}")
    return Evaluation(texts, total)


def _gold(path: Path) -> list[Gold]:
    """The figures of a gold file, a JSON object with value and unit a line."""
    gold: list[Gold] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            figure = json.loads(line)
            float(figure["value"]), str(figure["unit"])
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}, line {number}: no figure with a number as value and a unit ({error})") from error
        gold.append(figure)
    return gold


def _article(path: Path, read: Callable[[bytes], Article | Failure]) -> tuple[Article, str | None]:
    plain, repaired, about = (path.with_suffix(end) for end in (".txt", ".repaired.txt", ".json"))
    text = repaired if repaired.exists() and not plain.exists() else plain
    if not text.exists():
        raise FileNotFoundError(f"{path} has no text beside it: {text.name} is not there")
    article = read(text.read_bytes())
    if isinstance(article, Failure):
        raise ValueError(f"{text}: {article.reason}: {article.detail}")
    known = json.loads(about.read_text("utf-8")) if about.exists() else {}
    if published := known.get("published"):
        article = replace(article, published_at=datetime.fromisoformat(published).replace(tzinfo=SHANGHAI))
    return replace(article, title=known.get("title", article.title)), known.get("region")


def close(a: float | None, b: float | None) -> bool:
    """Equal to 1 in 10 000, or both absent."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= max(_TOLERANCE * max(abs(a), abs(b)), 1e-9)


def same(gold: Gold, found: Observation) -> bool:
    """Whether an observation states the figure of a gold line: value, upper value and unit."""
    upper = None if found.value_max is None else float(found.value_max)
    return (
        gold["unit"] == found.unit
        and close(float(gold["value"]), float(found.value))
        and close(gold.get("value_max"), upper)
    )


def align(gold: Sequence[Gold], found: Sequence[Observation]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence of equal figures."""
    best = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in range(len(gold) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            equal = same(gold[i], found[j])
            best[i][j] = best[i + 1][j + 1] + 1 if equal else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(found):
        if same(gold[i], found[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def characters_f1(a: str, b: str) -> float:
    """F1 of two phrases as multisets of characters."""
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if shared else 0.0


def _equal(*names: str) -> Callable[[Gold, Observation], bool]:
    """Whether these fields say the same; null and a missing key are one."""
    return lambda g, o: all((g.get(name) or "") == _said(getattr(o, name)) for name in names)


def _said(value: object) -> object:
    """A field as JSON writes it: days as text, null as nothing."""
    return value if isinstance(value, bool) else str(value or "")


def _within(code: str | None, wanted: str | None) -> bool:
    """Whether a region is the wanted one, or a township of a wanted county."""
    return (code or "")[: len(wanted or "") or None] == (wanted or "")


# Each field that can be scored: the key that a line of gold has then, and when it is right.
_FIELDS: Final[dict[str, tuple[str, Callable[[Gold, Observation], bool]]]] = {
    "bound": ("bound", _equal("bound")),
    "indicator": ("indicator", lambda g, o: characters_f1(g["indicator"], o.indicator) >= 0.5),
    "indicator_id": ("indicator_id", _equal("indicator_id")),
    "region": ("region_code", lambda g, o: _within(o.region_code, g["region_code"])),
    "status": ("status", _equal("status")),
    "kind": ("kind", _equal("kind")),
    "change": ("direction", _equal("direction", "basis")),
    "time_phrase": ("time_phrase", _equal("time_phrase")),
    "days": ("period_start", _equal("period_start", "period_end", "as_of")),
    "estimated": ("estimated", lambda g, o: g["estimated"] == o.estimated),
}


def score(gold: Sequence[Gold], found: Sequence[Observation]) -> Score:
    """Score the observations of one text; ``misses`` counts what went wrong by class."""
    pairs = align(gold, found)
    counted = [(i, j) for i, j in pairs if not gold[i].get("optional")]
    result = Score(
        gold=sum(not g.get("optional") for g in gold),
        extracted=len(found) - (len(pairs) - len(counted)),
        matched=len(counted),
    )
    for i, j in counted:
        for name, (key, right) in _FIELDS.items():
            if key not in gold[i]:
                continue
            result.asked[name] += 1
            if right(gold[i], found[j]):
                result.right[name] += 1
            else:
                _miss(result, f"wrong {name}", f"{found[j].surface}: {getattr(found[j], key)} for {gold[i][key]}")
    _unmatched(result, gold, found, pairs)
    _sure(result, found, pairs)
    return result


def _miss(result: Score, kind: str, example: str) -> None:
    result.misses[kind] += 1
    result.examples.append(f"{kind}: {example}")


def _unmatched(result: Score, gold: Sequence[Gold], found: Sequence[Observation], pairs: list[tuple[int, int]]) -> None:
    """Class what has no partner: same surface read differently, not found, or found where gold has none."""
    matched_gold, matched_found = {i for i, _ in pairs}, {j for _, j in pairs}
    spare = [found[j] for j in range(len(found)) if j not in matched_found]
    for i, wanted in enumerate(gold):
        if i in matched_gold or wanted.get("optional"):
            continue
        twin = next((o for o in spare if o.surface in wanted["surface"] or wanted["surface"] in o.surface), None)
        if twin is None:
            kind, got = "missed", ""
        else:
            spare.remove(twin)
            kind = "wrong unit" if close(float(wanted["value"]), float(twin.value)) else "wrong value"
            got = f" read as {twin.value} {twin.unit}"
        _miss(result, kind, f"{wanted['surface']} ({wanted['value']} {wanted['unit']}){got}")
    for observation in spare:
        _miss(result, "spurious", f"{observation.surface} ({observation.value} {observation.unit})")


def _sure(result: Score, found: Sequence[Observation], pairs: list[tuple[int, int]]) -> None:
    """Calibration: of the observations above ``SURE``, how many gold knows."""
    known = {j for _, j in pairs}
    for j, observation in enumerate(found):
        if observation.confidence > SURE:
            result.asked["sure"] += 1
            result.right["sure"] += j in known
