"""How much of damaged articles the repair brings back, and what it costs: one line a kind of damage.

    python benchmarks/repair/score.py ../shared/articles/articles.jsonl.gz [ARTICLES]

The damage is done by `tests/clean/damage.py`. A character counts as restored where difflib aligns it with the clean
text, full-width and ASCII punctuation being the same.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/clean"))
import damage

from minsheng.clean.repair import repair, undo

KINDS: dict[str, Callable[[str], str]] = {
    "clean": str,
    "pinyin after 3 % of Traditional": lambda text: damage.mirror(text, damage.pinyin_list(0.03)),
    "pinyin after 30 %": lambda text: damage.mirror(text, damage.pinyin_list(0.3)),
    "pinyin after all": damage.mirror,
    "30 %, ASCII not swallowed": lambda text: damage.mirror(text, damage.pinyin_list(0.3), swallow=False),
    "3 lost bytes, Traditional": partial(damage.lose_bytes, places=3),
    "3 lost bytes, Simplified": partial(damage.lose_bytes, places=3, convert=False),
    "3 lost without a trace": partial(damage.lose_any_byte, places=3),
    "3 lost without a trace, Traditional": partial(damage.lose_any_byte, places=3, convert=True),
    "3 lost, Python's gbk": partial(damage.lose_any_byte, places=3, charset="gbk"),
    "3 lost, Python's gb18030": partial(damage.lose_any_byte, places=3, charset="gb18030"),
    "3 lost, user-defined lost too": partial(damage.lose_bytes, places=3, convert=False, strict=True),
}


def wrong(clean: str, mended: str) -> int:
    """Characters that differ."""
    a, b = (unicodedata.normalize("NFKC", text) for text in (clean, mended))
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(j - i, m - k) for tag, i, j, k, m in opcodes if tag != "equal")


def main(path: str, count: int) -> None:
    """Damage, repair and compare the first articles of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]
    texts = [text.encode("gbk", "ignore").decode("gbk") for text in texts]
    total = sum(map(len, texts))
    print(f"{len(texts)} articles, {total} characters\n{'damage':36} {'restored':>9} {'ms/article':>11} {'undone':>7}")
    repair("預(yù)熱?dòng)浾?。")  # loads the tables
    for kind, spoil in KINDS.items():
        damaged = [spoil(text) for text in texts]
        began = time.process_time()
        mended = [repair(text) for text in damaged]
        cost = (time.process_time() - began) / len(texts) * 1000
        share = 1 - sum(wrong(a, b[0]) for a, b in zip(texts, mended, strict=True)) / total
        undone = all(undo(*b) == a for a, b in zip(damaged, mended, strict=True))
        print(f"{kind:36} {share:9.4%} {cost:11.2f} {undone!s:>7}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100)
