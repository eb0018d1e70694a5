"""The parts of a list that are drawn hundreds of times a page: its cells and its options.

Written in Python and not in a template: escaping each of seven hundred small texts took a third of
the page's time. Here all are escaped in one call, joined by a character that no text may hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from markupsafe import Markup, escape

from crossforce.kernel.web import language

APART: Final = "\0"
ROW: Final = '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">%s</th>'
PLAIN: Final = '<td class="govuk-table__cell">%s</td>'
NUMBER: Final = '<td class="govuk-table__cell govuk-table__cell--numeric">%s</td>'

Column = tuple[Sequence[Any], Sequence[str] | None, bool]
"""The values of a column from the top, where each leads if any does, whether they are numbers."""


def table_rows(columns: Sequence[Column]) -> Markup:
    """The rows of a table body; the first cell of each is its heading."""
    texts = escaped(
        [part for values, links, _ in columns for part in (*values, *(links or ()))]
    )
    cells = [_cells(len(values), bool(links), texts) for values, links, _ in columns]
    row = ROW + "".join(NUMBER if numeric else PLAIN for *_, numeric in columns[1:]) + "</tr>\n"
    return Markup("".join([row % each for each in zip(*cells, strict=True)]))  # noqa: S704 - cells are escaped


def _cells(count: int, is_linked: bool, texts: Iterator[str]) -> Sequence[str]:
    values = list(islice(texts, count))
    if not is_linked:
        return values
    links = islice(texts, count)
    return [
        f'<a class="govuk-link" href="{link}">{text}</a>' if link else text
        for text, link in zip(values, links, strict=True)
    ]


def options(items: Iterable[tuple[Any, Any]], chosen: str) -> Markup:
    """The options of a select: value and title of each."""
    listed = items if type(items) is tuple else tuple(items)
    return _options(listed, chosen, language.current())


@lru_cache(maxsize=1024)
def _options(listed: Sequence[tuple[Any, Any]], chosen: str, code: str) -> Markup:
    """The same choices are drawn on every page of a list; nothing but them and the language decides."""
    texts = escaped(part for item in listed for part in item)
    return Markup("".join(_option(str(value) == chosen, texts) for value, _ in listed))  # noqa: S704 - as above


def escaped(values: Iterable[Any]) -> Iterator[str]:
    """Each value as safe HTML, in order. What is HTML already stays as it is."""
    listed = list(values)
    if not listed:
        return iter(())
    plain = [value if type(value) is str else _text(value) for value in listed]
    safe = str(escape(APART.join(plain))).split(APART)
    if len(safe) != len(listed):
        return escaped(_held_together(value) for value in listed)
    return iter(
        [
            text if type(value) is str else _html(value, text)
            for value, text in zip(listed, safe, strict=True)
        ]
    )


def _text(value: Any) -> str:
    return "" if value is None or hasattr(value, "__html__") else str(value)


def _held_together(value: Any) -> Any:
    return value if hasattr(value, "__html__") else _text(value).replace(APART, "")


def _html(value: Any, text: str) -> str:
    return str(value.__html__()) if hasattr(value, "__html__") else text


def _option(is_chosen: bool, texts: Iterator[str]) -> str:
    value, title = next(texts), next(texts)
    return f'<option value="{value}"{" selected" if is_chosen else ""}>{title}</option>'
