"""Sets of characters, asked for at places of a text: as sets of strings are, and never an exception."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsheng.measure.characters import Characters

TEXTS = st.text(alphabet=st.sampled_from("约近0５ \n𠮷"), max_size=6)


@given(TEXTS, st.text(alphabet="约近0５ \n", max_size=4), st.integers(-3, 8))
def test_one_of_them_stands_at_a_place_of_the_text_and_none_outside_it(text: str, known: str, at: int) -> None:
    assert Characters(known).at(text, at) == (at >= 0 and text[at : at + 1] in set(known))


def test_there_are_as_many_sets_as_one_likes_and_each_knows_its_own() -> None:
    sets = [Characters(chr(0x4E00 + i)) for i in range(300)]
    assert [[s.at(chr(0x4E00 + i), 0) for i in range(300)].index(True) for s in sets] == list(range(300))
    assert all(sum(s.at(chr(0x4E00 + i), 0) for i in range(300)) == 1 for s in sets)
