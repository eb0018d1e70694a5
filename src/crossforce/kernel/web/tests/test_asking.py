"""An address that asks for what a page does not know is refused with words."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from crossforce.kernel.web import asking


@asking.only("stage", "page")
def page(request: Any) -> HttpResponse:
    stage = asking.one_of(request, "stage", ("idea", "live"))
    return HttpResponse(f"{stage} {asking.number(request, 'page')}")


def asked(query: str) -> str:
    return page(RequestFactory().get(f"/?{query}")).content.decode()


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", " 1"),
        ("stage=live&page=3", "live 3"),
        ("stage=&page=", " 1"),
        ("lang=cy", " 1"),
        ("utm_source=x&fbclid=y", " 1"),
    ],
)
def test_what_is_known_is_answered(query: str, answer: str) -> None:
    assert asked(query) == answer


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("stag=live", "no filter “stag”. Did you mean “stage”?"),
        ("colour=red", "no filter “colour”. There are: stage, page."),
        ("stage=liev", "has the stage “liev”. Did you mean “live”?"),
        ("page=0", "“0” is no page: give a number from 1."),
        ("page=two", "“two” is no page"),
    ],
)
def test_what_is_not_known_is_refused(query: str, told: str) -> None:
    with pytest.raises(asking.NoSuchFilter, match=told.replace("?", r"\?")):
        asked(query)


@pytest.mark.parametrize("text", ["2027-06-01", "1/6/2027", ""])
def test_a_day_is_read_as_it_is_written(text: str) -> None:
    request = RequestFactory().get("/", {"on": text})
    found = asking.day(request, "on", date(1990, 1, 1), date(2150, 1, 1))
    assert found == (date(2027, 6, 1) if text else None)


@pytest.mark.parametrize("text", ["tomorrow", "2027-02-30", "1989-12-31", "2150-01-02"])
def test_what_is_no_day_that_is_meant_is_refused(text: str) -> None:
    request = RequestFactory().get("/", {"on": text})
    with pytest.raises(asking.NoSuchFilter, match=f"“{text}” is no day from 1990 to 2150"):
        asking.day(request, "on", date(1990, 1, 1), date(2150, 1, 1))


def test_what_is_no_row_is_refused() -> None:
    with pytest.raises(asking.NoSuchFilter, match="“x” is no identifier"):
        asking.row(RequestFactory().get("/?after=x"), "after")


def test_is_told_in_welsh_on_a_page_in_welsh() -> None:
    with translation.override("cy"), pytest.raises(asking.NoSuchFilter, match="hidlydd “stag”"):
        asked("stag=live")
