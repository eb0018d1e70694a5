"""Parts of a page drawn once for the same words: the frame, a filter, the heads of a table.

A macro that is imported knows its arguments and the page's language, and nothing else; so what it
draws for the same arguments is the same whoever reads. What names people is not given to it.
"""

from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from crossforce.kernel.web import language

MOST: Final = 2048


def kept(macro: Any, /, *given: Any) -> Markup:
    """What the imported macro draws for these values, which are plain ones."""
    return _drawn(language.current(), macro, given)


def drawn(macro: Any, /, *given: Any) -> Markup:
    """The same, not kept: where people have put words of their own among the values."""
    return Markup(macro(*given))  # noqa: S704 - as below


@lru_cache(maxsize=MOST)
def _drawn(code: str, macro: Any, given: tuple[Any, ...]) -> Markup:
    return Markup(macro(*given))  # noqa: S704 - drawn by the template environment, which escapes
