"""Search text: what a reader types finds what is written, whatever the accents and the case."""

import unicodedata
from collections.abc import Iterable

_LONGEST = 100
_MOST = 8


def folded(text: str) -> str:
    """Lower case, without accents, white space folded: `Tîm Ymchwilio` as `tim ymchwilio`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.split())


def words_of(typed: str) -> list[str]:
    """The folded words of a search, each of which must be found; at most eight."""
    return folded(typed[: _LONGEST * _MOST]).split()[:_MOST]


def haystack(parts: Iterable[str | None]) -> str:
    """The text that is searched, made of all that is public in either language."""
    return folded(" ".join(part for part in parts if part))
