"""Numerals: the characters of a number, Arabic or Chinese or both, to an exact Decimal.

Grammar: 国家标准 GB/T 15835 (出版物上数字用法) and the reading of Chinese numerals with 十百千 inside
sections of 万 and 亿. Nothing here knows units or context.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.seldom import Seldom

ARABIC: Final = "0-9０-９"
DIGITS_ARABIC: Final = Characters("0123456789０１２３４５６７８９")
CHINESE: Final = "〇零一二三四五六七八九十百千万亿两廿卅"
FORMAL: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
NARROW: Final = str.maketrans(
    "０１２３４５６７８９．，" + FORMAL + "○", "0123456789.," + "一二三四五六七八九十百千" + "〇"
)
DIGITS: Final = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": Decimal(0), "两": Decimal(2)}
SMALL: Final = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
LARGE: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
MAGNITUDES: Final = SMALL | LARGE
LONGEST: Final = 40  # no number that means something is longer; beyond it is an identifier or damage

# An Arabic number. A full-width comma groups, too (38，412人), but for behind an ordinal or a range (第3，120人).
_AR: Final = (
    r"(?:(?=[0-9０-９]{1,3}+[,，])(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?![0-9０-９])"
    r"|(?<![第0-9０-９A-Za-z.．、至到~～—–-])[1-9１-９][0-9０-９]{0,2}(?:，[0-9０-９]{3})+(?![0-9０-９.．年月日时点分:：]))"
    r"|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
)
_CN: Final = rf"[{CHINESE}]"
# One numeral: an Arabic number or a run of Chinese ones, with 余/多/几/来 between number and magnitude
# (20余万), a second part after a magnitude (1万2千, 12万2000), and 数/几 before one (数百, 几十万).
NUMERAL: Final = re.compile(
    rf"(?:{_AR}|{_CN}[{CHINESE}○]*+|[数几](?=[十百千万亿]){_CN}+|[{FORMAL}]{{2,40}})"
    rf"(?:(?=[余多来几十百千万亿0-9０-９])(?:[余多来几]?(?=[十百千万亿]){_CN}+|(?<=[千万亿]){_AR}))*"
)
HALVES: Final = "半½"  # numerals where they count (半公里), parts of words else (半导体)
_FIRSTS: Final = f"[{ARABIC}{CHINESE}{FORMAL}数几{HALVES}]"  # what a numeral may begin with
RUN: Final = re.compile(f"{_FIRSTS}{_FIRSTS}*")  # re skips to one, not to one or more
_ATOM: Final = Seldom(rf"[0-9,]+(?:\.[0-9]+)?|{_CN}")
_PLAIN: Final = re.compile(r"([0-9,]+(?:\.[0-9]+)?)([百千万亿]{0,2})")


def number(text: str) -> Decimal | None:
    """The value of one numeral (``3.5万``, ``三百二十五``, ``1万2千``, ``二〇二三``), or None where it is none.

    余, 多, 来, 几 and 数 count nothing: ``20余万`` is 200000, ``数百`` 100, ``十几`` 10.
    """
    if len(text) > LONGEST:
        return None
    if text.isascii():
        return Decimal(text.replace(",", ""))
    text = text.translate(NARROW)
    plain = _PLAIN.fullmatch(text)
    if plain:
        value = Decimal(plain[1].replace(",", ""))
        for c in plain[2]:
            value *= MAGNITUDES[c]
        return value
    return _compound(text)


def _compound(text: str) -> Decimal | None:
    if all(c in DIGITS for c in text):
        return _positional(text)
    total = section = Decimal(0)
    current: Decimal | None = None
    scale, zero = Decimal(10**12), False  # the last magnitude read, and whether a 零 followed it
    for atom in _ATOM.compiled().findall(text):
        if atom in ("廿", "卅"):
            section += 20 if atom == "廿" else 30
            current, scale = None, Decimal(10)
        elif atom in SMALL:
            if SMALL[atom] >= scale and section:
                return None
            section += SMALL[atom] * (1 if current is None else current)
            current, scale, zero = None, SMALL[atom], False
        elif atom in LARGE:
            section += current or 0
            if atom == "亿":
                total = (total + section or Decimal(1)) * LARGE[atom]
            else:
                total += (section or Decimal(1)) * LARGE[atom]
            section, current, scale, zero = Decimal(0), None, LARGE[atom], False
        elif atom in ("零", "〇"):
            zero = True
        elif current is not None:
            return None
        else:
            current = DIGITS[atom] if atom in DIGITS else Decimal(atom.replace(",", ""))
    if current is not None and scale > 10 and not zero and scale < 10**12 and text[-1] in DIGITS:
        current *= scale / 10  # 三百二 is 320, 一万二 is 12000
    return total + section + (current or 0)


def is_spoken(text: str) -> bool:
    """Whether a Chinese numeral is spoken without its last magnitude: 两万三 is 23000, 四百五 450."""
    return text[-1] in DIGITS and text[-2:-1] in MAGNITUDES and text[0] in DIGITS


def _positional(text: str) -> Decimal:
    return Decimal(int("".join(str(DIGITS[c]) for c in text)))


_NEIGHBOURS: Final = re.compile(r"([一二两三四五六七八九])([二两三四五六七八九])(?=[十百千万亿]|$)")
_LOOSE: Final = ("三五", "三两")  # said of any few: 三五个, 三两天


def neighbours(text: str) -> tuple[Decimal, Decimal] | None:
    """Both ends of a range spoken as neighbouring digits: 三四十 (30, 40), 十五六 (15, 16), 一两万, 三五; else None."""
    if len(text) > 8:
        return None
    hit = _NEIGHBOURS.search(text)
    if not hit or (DIGITS[hit[2]] - DIGITS[hit[1]] != 1 and hit[0] not in _LOOSE) or any(c in "〇零" for c in text):
        return None
    if hit.start() and text[hit.start() - 1] in DIGITS:
        return None
    low = number(text[: hit.start(2)] + text[hit.end(2) :])
    high = number(text[: hit.start(1)] + text[hit.start(2) :])
    return (min(low, high), max(low, high)) if low is not None and high is not None else None


_FRACTION: Final = Seldom(
    rf"([{CHINESE}{ARABIC}]{{1,6}})分之({_AR}|[{CHINESE}]{{1,7}}(?:点[〇零一二三四五六七八九]{{1,4}})?)"
)


_PER: Final = {Decimal(1000): "[ppth]", Decimal(10_000): "10*-4", Decimal(100_000): "10*-5"}


def fraction(text: str, start: int) -> tuple[Decimal, int, str] | None:
    """A 分之 fraction at ``start``: its value in per cent (千分之, 万分之: of so many), its end and unit; else None."""
    hit = _FRACTION.match(text, start)
    if not hit:
        return None
    whole, part = number(hit[1]), decimal(hit[2])
    if not whole or part is None:
        return None
    if whole in _PER:
        return part, hit.end(), _PER[whole]
    return part * 100 / whole, hit.end(), "%"


def decimal(text: str) -> Decimal | None:
    """As ``number``, and also Chinese decimals: 三点五 is 3.5."""
    whole, point, rest = text.partition("点")
    if not point:
        return number(text)
    head = number(whole)
    if head is None or any(c not in DIGITS for c in rest):
        return None
    return head + Decimal("0." + "".join(str(DIGITS[c]) for c in rest))
