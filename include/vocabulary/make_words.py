"""Makes words.csv, the parts of speech that the phrase rules know, from jieba's dictionary (MIT).

Run it by hand when the dictionary has a new edition; nothing else calls it. Words of two to five characters that
are frequent in the dictionary, or occur in the sample texts, keep a coarse part of speech. Names of places and
persons are left out: regions have their own seed.

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
    rows = []
    for word, (frequency, tag) in dictionary.items():
        seen = tags.get(word, Counter())
        least = 60 if tag.startswith("v") else 200
        if HAN.fullmatch(word) and ((frequency >= least and len(word) < 5) or seen.total() >= 2):
            kind = role(seen.most_common(1)[0][0] if seen else tag)
            if kind:
                rows.append((word, kind))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "role"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()
