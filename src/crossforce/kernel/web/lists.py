"""Lists: filtered, sorted, paged and exported the same way everywhere.

An app writes a `Listing` once (columns, filters) and a query `(Asked) -> Found`; the view is one
line: `return LISTING.answer(request, query, "register/list.html")`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crossforce.kernel import refusals
from crossforce.kernel.web import asking, downloads, pages
from crossforce.kernel.web.shown import PAGE, Shown

FORMAT, SORT = "format", "sort"
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


def column(title: str, value: Callable[[Any], Any]) -> Column:
    """A column of a file alone: its title names it."""
    return Column(title, title, value)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: free text, or with `choices` a list to choose one from; `empty` words no choice.

    What `is_sent` is asked for on a page of its own, and stands in no address that the list writes (kernel.web.sealed).
    """

    name: str
    title: Any
    choices: Choices | None = None
    hint: Any = ""
    empty: Any = ""
    is_sent: bool = False


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
    """The rows of one page, and how many there are in all; `is_more`: or more, which nobody counted."""

    rows: Sequence[Any]
    total: int
    is_more: bool = False


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
        reading: "Reading | None" = None,
    ) -> HttpResponseBase:
        """The page, or the CSV file for `?format=csv`. `listing` in the template is the Shown.

        A `reading` is what the request asks for where its address does not say so.
        """
        reading = reading or self.read(request)
        if asking.one_of(request, FORMAT, ("csv",)):
            everything = query(reading.everything())
            return downloads.csv(f"{self.name}.csv", self.columns, everything.rows)
        found = query(reading)
        if not found.rows and reading.offset:
            raise refusals.Missing
        shown = Shown(self, reading, found, {name: request.GET[name] for name in request.GET})
        return pages.page(request, template, {**(context or {}), "listing": shown})

    def read(self, request: HttpRequest) -> "Reading":
        """The request's filters, order and page. Raises NoSuchFilter for what this list does not know."""
        asking.require(request, [*(one.name for one in self.filters), SORT, PAGE, FORMAT])
        orders = {order for name in self.sortable for order in (name, f"-{name}")}
        sort = asking.one_of(request, SORT, orders) or self.sort
        number = min(asking.number(request, PAGE), FARTHEST_PAGE)
        return Reading(
            filters={
                one.name: value for one in self.filters if (value := self._read(one, request))
            },
            sort=sort.removeprefix("-"),
            descending=sort.startswith("-"),
            offset=(number - 1) * self.page_size,
            limit=self.page_size,
        )

    @staticmethod
    def _read(one: Filter, request: HttpRequest) -> str:
        if one.choices:
            return asking.one_of(request, one.name, {str(code) for code, _ in one.choices()})
        return request.GET.get(one.name, "").replace("\x00", "").strip()[:LONGEST_TEXT]


class Reading(Asked):
    """Asked, as read from a request."""

    def everything(self) -> Asked:
        return Asked(self.filters, self.sort, self.descending, 0, None)
