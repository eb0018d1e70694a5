"""Lists: filtered, sorted, paged and exported the same way everywhere.

An app writes a `Listing` once (columns, filters) and a query `(Asked) -> Found`; the view is one
line: `return LISTING.answer(request, query, "register/list.html")`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from markupsafe import Markup

from crossforce.kernel import refusals
from crossforce.kernel.web import downloads, pages, rows

FORMAT, PAGE, SORT = "format", "page", "sort"
LONGEST_TEXT: Final = 200
FARTHEST_PAGE: Final = 100_000
Choices = Callable[[], Iterable[tuple[str, Any]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `value(row)` for the page and the export, `link(row)` where the cell leads on."""

    name: str
    title: Any
    value: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    sortable: bool = False
    numeric: bool = False
    export_only: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: free text, or with `choices` a list to choose one from; `empty` words no choice."""

    name: str
    title: Any
    choices: Choices | None = None
    hint: Any = ""
    empty: Any = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the query is asked for. `limit` is None for an export: then every row."""

    filters: Mapping[str, str]
    sort: str
    descending: bool
    offset: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one page, and how many there are in all."""

    rows: Sequence[Any]
    total: int


Query = Callable[[Asked], Found]


@dataclass(frozen=True)
class Listing:
    """What a list shows and how it may be asked. `sort` begins with `-` to descend."""

    name: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    sort: str = ""
    page_size: int = 50

    @cached_property
    def sortable(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns if column.sortable)

    def answer(
        self,
        request: HttpRequest,
        query: Query,
        template: str,
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponseBase:
        """The page, or the CSV file for `?format=csv`. `listing` in the template is the Shown."""
        reading = self.read(request)
        if request.GET.get(FORMAT) == "csv":
            everything = query(reading.everything())
            return downloads.csv(f"{self.name}.csv", self.columns, everything.rows)
        found = query(reading)
        if not found.rows and reading.offset:
            raise refusals.Missing
        shown = Shown(self, reading, found, {name: request.GET[name] for name in request.GET})
        return pages.page(request, template, {**(context or {}), "listing": shown})

    def read(self, request: HttpRequest) -> "Reading":
        """The request's filters, order and page. What is not understood is left out, never an error."""
        given = request.GET
        sort = given.get(SORT, self.sort)
        if sort.removeprefix("-") not in self.sortable:
            sort = self.sort
        text = given.get(PAGE, "1")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
        number = min(max(number, 1), FARTHEST_PAGE)
        return Reading(
            filters={
                one.name: value for one in self.filters if (value := self._read(one, given))
            },
            sort=sort.removeprefix("-"),
            descending=sort.startswith("-"),
            offset=(number - 1) * self.page_size,
            limit=self.page_size,
        )

    @staticmethod
    def _read(one: Filter, given: Mapping[str, str]) -> str:
        value = given.get(one.name, "").replace("\x00", "").strip()[:LONGEST_TEXT]
        if value and one.choices and value not in {str(code) for code, _ in one.choices()}:
            return ""
        return value


class Reading(Asked):
    """Asked, as read from a request."""

    def everything(self) -> Asked:
        return Asked(self.filters, self.sort, self.descending, 0, None)


@dataclass(frozen=True)
class Shown:
    """A page of a list, for `kernel/macros/lists.html`."""

    listing: Listing
    asked: Asked
    found: Found
    given: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> Sequence[Any]:
        return self.found.rows

    @property
    def total(self) -> int:
        return self.found.total

    @property
    def first(self) -> int:
        return self.asked.offset + 1 if self.found.rows else 0

    @property
    def last(self) -> int:
        return self.asked.offset + len(self.found.rows)

    @property
    def body(self) -> Markup:
        """The rows of the table."""
        found = self.found.rows
        return rows.table_rows(
            [
                (
                    [one.value(row) for row in found],
                    [one.link(row) for row in found] if one.link else None,
                    one.numeric,
                )
                for one in self.columns
            ]
        )

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in self.listing.columns if not column.export_only]

    @cached_property
    def page(self) -> int:
        return self.asked.offset // self.listing.page_size + 1

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.found.total // self.listing.page_size))

    def value_of(self, name: str) -> str:
        return self.asked.filters.get(name, "")

    def options_of(self, one: Filter) -> Markup:
        """What a filter offers, with what is chosen."""
        return rows.options(one.choices() if one.choices else (), self.value_of(one.name))

    def link(self, **changes: str) -> str:
        """This list with some of its questions changed; a new order or filter starts at page 1."""
        query = {name: value for name, value in self.given.items() if value and name != PAGE}
        query.pop("lang", None)
        query.update(changes)
        return "?" + urlencode({name: value for name, value in query.items() if value})

    def sort_link(self, column: Column) -> str:
        turned = self.asked.sort == column.name and not self.asked.descending
        return self.link(sort=f"-{column.name}" if turned else column.name)

    def order_of(self, column: Column) -> str:
        """The value of aria-sort."""
        if self.asked.sort != column.name:
            return "none"
        return "descending" if self.asked.descending else "ascending"

    @property
    def numbers(self) -> list[int]:
        """Pages to name: the ends, this one and its neighbours; 0 stands for a gap."""
        near = {
            1,
            self.pages,
            *range(max(1, self.page - 1), min(self.pages, self.page + 1) + 1),
        }
        numbers: list[int] = []
        for number in sorted(near):
            if numbers and number - numbers[-1] > 1:
                numbers.append(0)
            numbers.append(number)
        return numbers
