"""The words that the phrase rules know, with their parts of speech, read once from ``include/vocabulary/words.csv``."""

from __future__ import annotations

from functools import cache

from minsheng.measure.places_gazetteer import VOCABULARY, read


@cache
def roles() -> dict[str, str]:
    """Part of speech by word; the corrections of ``phrase_words.csv`` win over the dictionary's."""
    out = {word: role for word, role in read(VOCABULARY / "words.csv")}
    out.update((word, role) for role, word, _ in read(VOCABULARY / "phrase_words.csv"))
    return out


def is_word(text: str) -> bool:
    """Whether the text is a common word of the language (so that it is no safe sign of a place)."""
    return text in roles()
