"""Superscript digits beside a digit, as the characters that Unicode has for them: 10<sup>3</sup> is 10³, not 103.

Without its markup an exponent or the number of a note would become part of a number. Behind a letter (m<sup>2</sup>)
it is read as it stands: the text has m2, as pages without markup do.
"""

from __future__ import annotations

import re

_SUP = re.compile(
    r"(<sup\b[^<>]{0,200}>(?:\s|<(?!/)[^<>]{1,200}>){0,20})([-+−–]?[0-9０-９]{1,4})(?=(?:\s|</[^<>]{1,20}>){0,20}</sup\b)",
    re.I,
)
_INLINE = re.compile(
    r"</?(?:span|font|b|i|em|strong|u|a|sup|sub|big|small|o:p|st1:\w+)\b[^<>]*>|\s|&nbsp;|&#160;", re.I
)
_NEAR = 300
_RAISED = str.maketrans("0123456789０１２３４５６７８９-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")


def raised(markup: str) -> str:
    """The markup with superscript digits that stand directly before or behind a digit as superscript characters."""
    return _SUP.sub(_beside_a_digit, markup)


def _beside_a_digit(sup: re.Match[str]) -> str:
    before = _INLINE.sub("", sup.string[max(0, sup.start() - _NEAR) : sup.start()])
    after = _INLINE.sub("", sup.string[sup.end() : sup.end() + _NEAR])
    beside = before[-1:].isdecimal() or after[:1].isdecimal()
    return sup[1] + (sup[2].translate(_RAISED) if beside else sup[2])
