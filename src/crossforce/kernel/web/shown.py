"""A page of a list as `kernel/macros/lists.html` draws it.

The parts around the rows are plain values, so that what is drawn of them is kept (kernel.web.kept).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from crossforce.kernel.web import rows

if TYPE_CHECKING:
    from crossforce.kernel.web.lists import Asked, Column, Found, Listing

PAGE: Final = "page"
ORDINARY: Final = frozenset({PAGE, "sort"})
GAP: Final = 0


class Field(NamedTuple):
    """A filter as it is drawn: `options` of one that is chosen from, else None; what is asked now."""

    name: str
    title: str
    hint: str
    empty: str
    options: Markup | None
    value: str


class Head(NamedTuple):
    """The head of a column; `order` is the value of aria-sort, empty where it cannot be sorted by."""

    title: str
    is_numeric: bool
    order: str
    href: str


class Step(NamedTuple):
    """A page to go to, or a gap between such."""

    number: int
    href: str


class Steps(NamedTuple):
    """The way through the pages."""

    page: int
    previous: str
    following: str
    numbers: tuple[Step, ...]


@dataclass(frozen=True)
class Shown:
    """A page of a list: what was asked, what was found, and the question as it was given."""

    listing: "Listing"
    asked: "Asked"
    found: "Found"
    given: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> Sequence[Any]:
        return self.found.rows

    @property
    def total(self) -> int:
        return self.found.total

    @property
    def is_more(self) -> bool:
        """Whether there are more than the total, which was not counted further."""
        return self.found.is_more

    @property
    def is_plain(self) -> bool:
        """Whether nobody wrote anything of their own into the question."""
        return self.given.keys() <= ORDINARY

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

    @property
    def columns(self) -> list["Column"]:
        return [column for column in self.listing.columns if not column.export_only]

    @cached_property
    def page(self) -> int:
        return self.asked.offset // self.listing.page_size + 1

    @cached_property
    def pages(self) -> int:
        """How many pages there are, as far as was counted."""
        return max(1, -(-self.found.total // self.listing.page_size))

    @property
    def fields(self) -> tuple[Field, ...]:
        """What can be asked, and is."""
        asked = self.asked.filters
        return tuple(
            Field(
                one.name,
                str(one.title),
                str(one.hint),
                str(one.empty),
                rows.options(one.choices(), asked.get(one.name, "")) if one.choices else None,
                asked.get(one.name, ""),
            )
            for one in self.listing.filters
            if not one.is_sent
        )

    @property
    def heads(self) -> tuple[Head, ...]:
        """What stands above the columns."""
        return tuple(
            Head(str(one.title), one.numeric, self.order_of(one), self.sort_link(one))
            if one.sortable
            else Head(str(one.title), one.numeric, "", "")
            for one in self.columns
        )

    @property
    def steps(self) -> Steps:
        """Pages to name: the ends, this one and its neighbours, with gaps between."""
        page, last = self.page, self.pages
        numbers: list[Step] = []
        for number in sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)}):
            if numbers and number - numbers[-1].number > 1:
                numbers.append(Step(GAP, ""))
            numbers.append(Step(number, self.link(page=str(number))))
        if self.is_more:
            numbers.append(Step(GAP, ""))
        previous = self.link(page=str(page - 1)) if page > 1 else ""
        following = self.link(page=str(page + 1)) if page < last else ""
        return Steps(page, previous, following, tuple(numbers))

    def link(self, **changes: str) -> str:
        """This list with some of its questions changed; a new order or filter starts at page 1."""
        if not self.given:
            return _query(tuple(changes.items()))
        query = {name: value for name, value in self.given.items() if value and name != PAGE}
        query.pop("lang", None)
        query.update(changes)
        return "?" + urlencode({name: value for name, value in query.items() if value})

    def sort_link(self, column: "Column") -> str:
        turned = self.asked.sort == column.name and not self.asked.descending
        return self.link(sort=f"-{column.name}" if turned else column.name)

    def order_of(self, column: "Column") -> str:
        """The value of aria-sort."""
        if self.asked.sort != column.name:
            return "none"
        return "descending" if self.asked.descending else "ascending"


@lru_cache(maxsize=512)
def _query(changes: tuple[tuple[str, str], ...]) -> str:
    return "?" + urlencode(changes)
