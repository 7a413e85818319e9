"""Names and numbers of a township, opened and laid end to end, so that one pass of C code finds who fits."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from server.keys import Keys

PURPOSES = (b"person.name", b"person.name_key", b"person.phone", b"person.id_number")
SHORTEST_NUMBER = 4


class Entry(NamedTuple):
    """One person, opened: what a search looks at and a list shows. All but `name` as they are compared."""

    id: str
    name: str
    plain: str
    pinyin: str
    initials: str
    phone: str
    id_number: str
    area: str
    household: str
    sex: str | None
    birth: str | None


def opened(keys: Keys, row: Any) -> Entry:
    """The entry of a row (id, area, household, sex, birth, and the sealed columns of PURPOSES)."""
    key, area, household, sex, birth, *sealed = row
    name, name_key, phone, number = (
        keys.open(purpose, value).decode() if value is not None else ""
        for purpose, value in zip(PURPOSES, sealed, strict=True)
    )
    pinyin, initials = plain(name_key).partition("|")[::2]
    return Entry(key, name, plain(name), pinyin, initials, plain(phone), plain(number), area, household, sex, birth)


def plain(text: str) -> str:
    """As it is compared: one width, one case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Column:
    """One word a person, in one text; a line break before and after each."""

    def __init__(self, words: Iterable[str]) -> None:
        lines = list(words)
        self._text = "\n".join(["", *lines, ""])
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=1))

    def beginning(self, wanted: str) -> Iterator[int]:
        """Places of the words that begin so."""
        return self._places("\n" + wanted, 1)

    def containing(self, wanted: str) -> Iterator[int]:
        """Places of the words with this in them; a word may come twice."""
        return self._places(wanted, 0)

    def ending(self, wanted: str) -> Iterator[int]:
        """Places of the words that end so."""
        return self._places(wanted + "\n", 0)

    def _places(self, pattern: str, skip: int) -> Iterator[int]:
        at = self._text.find(pattern)
        while at >= 0:
            yield bisect_right(self._starts, at + skip) - 1
            at = self._text.find(pattern, at + 1)


class Names:
    """Entries in the order of the register, and the columns that are searched."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._name = Column(entry.plain for entry in self._entries)
        self._pinyin = Column(entry.pinyin for entry in self._entries)
        self._initials = Column(entry.initials for entry in self._entries)
        self._numbers = [Column(entry.phone for entry in self._entries), Column(e.id_number for e in self._entries)]

    def find(self, wanted: str, limit: int) -> list[Entry]:
        """Up to `limit`, best first: the name begins so, contains it, its pinyin or initials begin so; or a number ends so."""
        wanted, found = plain(wanted), dict[int, None]()
        for place in self._candidates(wanted):
            found[place] = None
            if len(found) == limit:
                break
        return [self._entries[place] for place in found]

    def _candidates(self, wanted: str) -> Iterator[int]:
        if not wanted:
            return
        if wanted[0].isdigit():
            for column in self._numbers if len(wanted) >= SHORTEST_NUMBER else ():
                yield from column.ending(wanted)
            return
        yield from self._name.beginning(wanted)
        yield from self._name.containing(wanted)
        yield from self._pinyin.beginning(wanted)
        yield from self._initials.beginning(wanted)
