"""CPU time of measuring lines made to be slow: a million characters without an end, each piece repeated.

    .venv/bin/python benchmarks/measure/hostile.py [--characters 1000000] [--limit 10] [--random 0]

``--random`` adds so many pieces that are put together by chance from the words and marks below. Prints for
each line the time of a tenth of it and of the whole, their ratio (10 is linear), and what came out; ends
with 1 where a line took longer than the limit (CPU seconds).
"""

from __future__ import annotations

import argparse
import random
import time

from minsheng.contracts import Article
from minsheng.measure import measure

PIECES = (
    *(
        "1",
        "0",
        "一",
        "万",
        "（",
        "“",
        "《",
        "%",
        "增长",
        "约",
        "县",
        "计划",
        "将",
        "截至",
        "以来",
        "局已",
        "零下",
        "。",
        "，",
    ),
    *(
        "1、",
        "1个",
        "1 ",
        "\n1",
        "1,234,",
        "元/",
        "1元/",
        "亿元/",
        "至1",
        "1至",
        "1%、",
        "增长1%、",
        "分别1、",
        "第1、",
        "-1℃",
    ),
    *("2021年", "1月", "单位：万元\n1 2\n", "1、：\n", "将办好：\n1、新建3所\n", "（万元） ", "1万个一（“元/至1%、"),
)
# What they are made of by chance, and what else stands beside a number.
PARTS = (
    *"1一十%个人元倍亩号月年日、，。：；（）“”《》和及与以的为比较县市镇村乡将共约近余超至到—/每家成次第届局是有达在由向\n",
    *("2.5", "1万", "亿元", "百分点", "增长", "下降", "同比", "增速", "全县", "全省", "计划", "目标", "截至", "以来"),
    *(
        "今年",
        "去年",
        "上半年",
        "其中",
        "累计",
        "分别",
        "人均",
        "分之",
        "新增",
        "公司",
        "广东",
        "杭州市",
        "中心",
        "期间",
        "同期",
    ),
)


def spent(piece: str, characters: int) -> tuple[float, int, int]:
    """CPU seconds for one line, its observations and its rejections."""
    body = (piece * (characters // len(piece) + 1))[:characters]
    started = time.process_time()
    found = measure(Article("hostile", "", "", body, "", "bench"))
    return time.process_time() - started, len(found.observations), len(found.rejections)


def main() -> int:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=10.0, help="CPU seconds a line may take")
    parser.add_argument("--random", type=int, default=0, help="pieces made by chance")
    options = parser.parse_args()
    spent("1个县，", 1000)
    slow = 0
    chance = random.Random(options.random)
    made = ["".join(chance.choices(PARTS, k=chance.randint(2, 5))) for _ in range(options.random)]
    print(f"{'piece':24} {'tenth, s':>9} {'whole, s':>9} {'ratio':>6} {'figures':>8} {'rejected':>9}")
    for piece in (*PIECES, *made):
        tenth, _, _ = spent(piece, options.characters // 10)
        whole, figures, rejected = spent(piece, options.characters)
        slow += whole > options.limit
        print(f"{piece!r:24} {tenth:9.3f} {whole:9.3f} {whole / tenth:6.1f} {figures:8} {rejected:9}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
