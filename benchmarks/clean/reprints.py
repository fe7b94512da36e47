"""How well bands tell reprints from other articles: recall by kind of reprint, and what is put together wrongly.

    python benchmarks/clean/reprints.py ../shared/articles/articles.jsonl.gz [ARTICLES]

Each article is cleaned as it is and as a reprint of each kind; the damage is that of ``tests/clean/damage.py``. Pairs
of articles that fell into one cluster are counted by the share of 8-grams of characters that they have in common. Last,
360 days of forms that we composed: any cluster of these is wrong.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/clean"))
import damage
from forms import FORMS

from minsheng.clean import clean
from minsheng.contracts import Article

CHANCE = random.Random(4)
NOT_WORD = re.compile(r"[\W_]+")
KINDS: dict[str, Callable[[str], str]] = {
    "another headline": lambda text: "一图读懂今天的大事\n" + text,
    "a line of the portal before it": lambda text: "青禾网消息 记者从有关部门获悉，" + text,
    "a fifth cut off the end": lambda text: text[: len(text) * 4 // 5],
    "half cut off the end": lambda text: text[: len(text) // 2],
    "Traditional": damage.traditional,
    "a mirror's pinyin": lambda text: damage.mirror(text, damage.pinyin_list(0.3)),
    "3 lost bytes, Traditional": partial(damage.lose_bytes, places=3),
    "mirror's, another headline, a third cut": lambda text: "大事\n" + damage.mirror(text[: len(text) * 2 // 3]),
}


def bands_of(text: str) -> set[int]:
    found = clean(text.encode())
    return set(found.bands) if isinstance(found, Article) else set()


def clusters(bands: Iterable[Iterable[int]]) -> list[int]:
    """The cluster of each, by union-find."""
    root: list[int] = []

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = n = root[root[n]]
        return n

    first: dict[int, int] = {}
    for n, its in enumerate(bands):
        root.append(n)
        for band in its:
            a, b = find(n), find(first.setdefault(band, n))
            root[max(a, b)] = min(a, b)
    return [find(n) for n in range(len(root))]


def grams(text: str) -> set[str]:
    plain = NOT_WORD.sub("", text)
    return {plain[i : i + 8] for i in range(len(plain) - 7)}


def main(path: str, count: int = 1000) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]
    texts = [text.encode("gbk", "ignore").decode("gbk") for text in texts]
    originals = [bands_of(text) for text in texts]
    print(f"{len(texts)} articles\n{'reprint':42}{'found':>8}")
    for kind, change in KINDS.items():
        found = sum(not own.isdisjoint(bands_of(change(t))) for t, own in zip(texts, originals, strict=True))
        print(f"{kind:42}{found / len(texts):8.1%}", flush=True)
    members = defaultdict(list)
    for n, cluster in enumerate(clusters(originals)):
        members[cluster].append(n)
    pairs = [pair for its in members.values() for pair in combinations(its, 2)]
    shares = [len(grams(texts[a]) & grams(texts[b])) / len(grams(texts[a]) | grams(texts[b])) for a, b in pairs]
    print(f"\nthe articles themselves: {len(members)} clusters, the largest of {max(map(len, members.values()))}")
    for least, most in ((0.4, 1.01), (0.2, 0.4), (0.05, 0.2), (0, 0.05)):
        alike = sum(least <= share < most for share in shares)
        print(f"  pairs in one cluster that share {least:.0%} to {min(most, 1):.0%}: {alike}")
    print(f"\n{'360 days of a form':42}{'clusters':>9}{'largest':>8}")
    for form in FORMS:
        sizes = Counter(clusters(bands_of(form(day, CHANCE)) for day in range(360)))
        print(f"{form.__name__:42}{len(sizes):9}{max(sizes.values()):8}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
