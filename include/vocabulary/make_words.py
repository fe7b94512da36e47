"""Makes words.csv, the parts of speech that the phrase rules know, from jieba's dictionary (MIT).

Run it by hand when the dictionary has a new edition; nothing else calls it. Words of two to five characters that are
frequent in the dictionary, or occur in the sample texts, keep a coarse part of speech, the most frequent first: what is
looked up together then lies together in memory. Names of places and persons are left out: regions have their own seed;
so are a manner and a verb in one.

    pip install jieba && python include/vocabulary/make_words.py texts.jsonl.gz
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import jieba
import jieba.posseg

TARGET = Path(__file__).parent / "words.csv"
HAN = re.compile("[一-龥]{2,5}")
NAMES = {"ns", "nr", "nrt", "nrfg", "nt", "x", "eng"}
NOUN_LIKE = (*tuple("nljigbsz"), "an")


def role(tag: str) -> str | None:
    """The coarse part of speech of one of jieba's: v verb, vn verb or noun, n noun, and single letters as they are."""
    if tag in NAMES:
        return None
    if tag in ("vn", "v"):
        return tag
    if tag.startswith(NOUN_LIKE):
        return "n"
    return tag[0] if tag[0] in "vadtpcrfumqy" else "n"


def is_manner(word: str, kinds: dict[str, str]) -> bool:
    """Whether a word is two, how something is done and that it is (积极开展): cut in two the verb is found."""
    return len(word) == 4 and kinds.get(word[:2]) in ("a", "d") and kinds.get(word[2:]) == "v"


def main() -> None:
    """Reads the sample (JSON lines with ``text``) named on the command line and writes words.csv."""
    dictionary = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        dictionary[word] = (int(frequency), tag)
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        for line in file:
            for word, tag in jieba.posseg.cut(json.loads(line)["text"]):
                tags[word][tag] += 1
    rows, often = [], {}
    for word, (frequency, tag) in dictionary.items():
        seen = tags.get(word, Counter())
        least = 60 if tag.startswith("v") else 200
        if HAN.fullmatch(word) and ((frequency >= least and len(word) < 5) or seen.total() >= 2):
            kind = role(seen.most_common(1)[0][0] if seen else tag)
            if kind:
                rows.append((word, kind))
                often[word] = (-seen.total(), -frequency, word)
    kinds = dict(rows)
    rows = [(word, kind) for word, kind in rows if kind != "n" or not is_manner(word, kinds)]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "role"))
        writer.writerows(sorted(rows, key=lambda row: often[row[0]]))


if __name__ == "__main__":
    main()
