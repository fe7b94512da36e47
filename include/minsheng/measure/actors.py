"""The office that did what a figure counts, where the sentence names one as its subject."""

from __future__ import annotations

import re
from functools import cache

from minsheng.measure import vocabulary

_REACH = 120  # characters before the figure in which its subject may stand


@cache
def _offices() -> re.Pattern[str]:
    suffixes = "|".join(re.escape(s) for s in vocabulary.words("organisations", "suffix") if len(s) > 1 or s in "局厅")
    return re.compile(
        rf"(?:^|(?<=[，。；：、\n\r\s“”）)]))((?:[一-鿿]{{1,14}}?)(?:{suffixes}))(?=[一-鿿]{{0,2}}(?:已|共|累计|为|对|组|完|实|开|投|发|将|建|推|积|多|深|聚|按|联|创|优|公|通|持|走|检|查|办|受|处|帮|下|从|依|以|与|统|加|安|坚|主))"
    )


def actor(text: str, sentence: int, at: int) -> str | None:
    """The nearest office that opens a clause of the sentence before ``at``, or None."""
    found = None
    for hit in _offices().finditer(text, max(sentence, at - _REACH), at):
        found = hit[1]
    return found
