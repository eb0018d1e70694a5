"""Tables as the pages draw them, and names and sums in words."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from django.http import HttpRequest

from crossforce.agreements import catalogues
from crossforce.finance.choices import InvoiceState, ItemSort, Sort, State
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import dates, jinja, lists
from crossforce.organisations import api as organisations

PAGE = 200
"""Rows of a list on one page."""
STATES = {
    State.DRAFT: ("Draft", "grey"),
    State.PROPOSED: ("Proposed", "yellow"),
    State.OPEN: ("Open", "green"),
    State.CLOSED: ("Closed", "blue"),
}
INVOICE_STATES = {
    InvoiceState.RAISED: ("Raised", "yellow"),
    InvoiceState.SENT: ("Sent", "blue"),
    InvoiceState.SETTLED: ("Settled", "green"),
    InvoiceState.WITHDRAWN: ("Withdrawn", "grey"),
}
SORTS = {
    Sort.ACTUAL: "Spent",
    Sort.FORECAST: "Forecast",
    Sort.COMMITMENT: "Promised",
    Sort.IN_KIND: "Given in kind",
    Sort.CHARGE: "Charged",
}
HELD = {ItemSort.CONTRACT: "Contract", ItemSort.ASSET: "Asset", ItemSort.POST: "Post"}


def names() -> Callable[[str], str]:
    """What names organisations by their codes; a code that nothing names is read out. Asked for once
    a page: the directory is looked up when it is made."""
    directory = organisations.directory()

    def named(code: str) -> str:
        found = directory.get(code)
        return jinja.in_language(found.short_name or found.name) if found else read_out(code)

    return named


def function(code: str) -> str:
    """The title of a function."""
    found = catalogues.functions().get(code)
    return jinja.in_language(found) if found else read_out(code)


def read_out(code: str) -> str:
    """A code as words."""
    return code.replace("-", " ").capitalize()


def pounds(pence: int | None) -> str:
    """Pence in pounds; a dash where nothing is known."""
    return "–" if pence is None else in_pounds(pence)


def day(on: Any) -> str:
    """A day in words; a dash where there is none."""
    return dates.day(on) if on else "–"


def part(share: Fraction) -> str:
    """An exact share for reading: `1/3`, or `28.95%` where the fraction is not a simple one."""
    return str(share) if share.denominator <= 12 else f"{float(share * 100):.2f}%"


def column(title: str, value: Any) -> lists.Column:
    """A column of a file."""
    return lists.Column(title, title, value)


def same(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes to choose from that are their own words."""
    return [(code, code) for code in sorted(codes) if code]


def page_of(request: HttpRequest) -> int:
    """Which page of a list an address asks for, from 1."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def steps(request: HttpRequest, *, is_more: bool) -> list[tuple[str, str]]:
    """The pages before and after this one, as words and addresses."""
    page, asked = page_of(request), request.GET.copy()
    found = []
    for words, number, is_there in (
        ("Previous", page - 1, page > 1),
        ("Next", page + 1, is_more),
    ):
        asked["page"] = str(number)
        if is_there:
            found.append((words, "?" + asked.urlencode()))
    return found
