"""A pattern that is seldom asked for: compiled at the first question, with the answers of ``re``."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.measure.seldom import Seldom

TEXT = st.text("甲乙1，", max_size=30)


def test_is_compiled_when_first_asked_for():
    pattern = Seldom("(")
    with pytest.raises(re.error, match="unterminated"):
        pattern.search("甲")


@given(TEXT, st.integers(0, 30), st.integers(0, 30))
def test_answers_as_re_does(text, start, end):
    pattern, plain = Seldom("甲(乙+|1)，?"), re.compile("甲(乙+|1)，?")
    for method in ("match", "search", "fullmatch"):
        ours, theirs = getattr(pattern, method)(text, start, end), getattr(plain, method)(text, start, end)
        assert (ours and (ours.span(), ours[1])) == (theirs and (theirs.span(), theirs[1]))
    assert [m.span() for m in pattern.finditer(text, start, end)] == [
        m.span() for m in plain.finditer(text, start, end)
    ]
    assert pattern.compiled().split(text) == plain.split(text)
