"""The words of templates in the page's language: `_("Page %(number)s", number=3)`.

Each text is translated once per language and kept; a page of thirty texts asks for thirty. Texts
come from templates, which are ours; what is put into them is escaped.
"""

from typing import Any, Final

from django.utils import translation
from markupsafe import Markup, escape

from crossforce.kernel.web import language


class Table(dict[str, Markup]):
    """Texts of one language. A text without translation stands for itself."""

    def __missing__(self, message: str) -> Markup:
        known = Markup(translation.gettext(message)) if message else Markup("")  # noqa: S704 - from the catalogue, our own
        self[message] = known
        return known


TABLES: Final[dict[str, Table]] = {}


def text(message: str, /, **variables: Any) -> Markup:
    """The text in the page's language, with the variables in their places."""
    found = table()[message]
    return found % variables if variables else found


def plural(one: str, many: str, count: int, /, **variables: Any) -> Markup:
    """The text in the form that the number asks for; `%(num)s` is the number."""
    found = Markup(translation.ngettext(one, many, count))  # noqa: S704 - as above
    return found % {"num": escape(count), **variables}


def table() -> Table:
    current = language.current()
    known = TABLES.get(current)
    if known is None:
        known = TABLES.setdefault(current, Table())
    return known
