"""Sets of characters that are asked for at places of a text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

_CODES: Final = 0x10000  # those of the basic plane, where all that the rules look for stands
_WIDTH: Final = 16  # bytes for each code, so eight times as many sets in a table
_NUMBERS: Final = count()


class _Table:
    """A row for each code, in it a bit for each set: what they know of a character lies side by side."""

    def __init__(self) -> None:
        self.members: Final = bytearray(_CODES * _WIDTH)
        self.read: bytes | None = None

    def rows(self) -> bytes:
        """The same as bytes, which are faster to read; they are made anew after a set was added."""
        if self.read is None:
            self.read = bytes(self.members)
        return self.read


_TABLES: Final[list[_Table]] = []


class Characters:
    """A set of characters: ``at`` looks one up by its code, some five times as fast as it were made a string of its
    own and hashed. All sets share their rows, for memory is slow and the same place of a text is asked for many."""

    def __init__(self, characters: Iterable[str]) -> None:
        table, number = divmod(next(_NUMBERS), _WIDTH * 8)
        if table == len(_TABLES):
            _TABLES.append(_Table())
        self._table = _TABLES[table]
        self._byte, self._bit = number >> 3, 1 << (number & 7)
        self._rows: bytes | None = None
        for character in characters:
            self._table.members[ord(character) * _WIDTH + self._byte] |= self._bit
        self._table.read = None

    def at(self, text: str, at: int) -> bool:
        """Whether one of them stands at a place of the text; none does outside it."""
        if at < 0 or at >= len(text):
            return False
        rows = self._rows
        if rows is None:
            rows = self._rows = self._table.rows()
        code = ord(text[at])
        return code < _CODES and rows[code * _WIDTH + self._byte] & self._bit != 0
