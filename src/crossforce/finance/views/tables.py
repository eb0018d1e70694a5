"""Tables as the pages draw them, and names and sums in words."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.http import HttpRequest

from crossforce.agreements import catalogues
from crossforce.finance.choices import InvoiceState, ItemSort, Sort, State
from crossforce.kernel.money import in_pounds
from crossforce.kernel.stepping import Step, Stepped
from crossforce.kernel.web import asking, dates, jinja
from crossforce.kernel.words import read_out as read_out
from crossforce.organisations import api as organisations

AFTER, BEFORE = "after", "before"
STEPS = (AFTER, BEFORE)
"""What the address of a list asks for that goes page by page."""
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
    return jinja.in_language(catalogues.title_of_function(code))


def pounds(pence: int | None) -> str:
    """Pence in pounds; a dash where nothing is known."""
    return "–" if pence is None else in_pounds(pence)


def number(value: Any) -> str:
    """A figure with the decimals that it has, two at most."""
    exact = Fraction(value)
    whole = exact.denominator == 1
    return f"{exact.numerator:,}" if whole else f"{float(exact):,.2f}".rstrip("0")


def day(on: Any) -> str:
    """A day in words; a dash where there is none."""
    return dates.day(on) if on else "–"


def called(titles: Mapping[str, str], codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes to choose from by their titles, in the order of these; one without is its own."""
    found = [(code, titles.get(code, code)) for code in codes if code]
    return sorted(found, key=lambda each: (each[1], each[0]))


def step_of(request: HttpRequest) -> Step:
    """Which page of a list an address asks for. Raises NoSuchFilter."""
    return Step(PAGE, asking.row(request, AFTER), asking.row(request, BEFORE))


def steps(request: HttpRequest, found: Stepped) -> list[tuple[str, str]]:
    """The pages before and after this one, as words and addresses."""
    told = []
    for words, name, row in (
        ("Previous", BEFORE, found.before),
        ("Next", AFTER, found.after),
    ):
        asked = request.GET.copy()
        for each in (AFTER, BEFORE):
            asked.pop(each, None)
        asked[name] = str(row)
        if row is not None:
            told.append((words, "?" + asked.urlencode()))
    return told
