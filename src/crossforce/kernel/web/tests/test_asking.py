"""An address that asks for what a page does not know is refused with words."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from crossforce.kernel.web import asking


@asking.only("stage", "page")
def page(request: Any) -> HttpResponse:
    stage = asking.one_of(request, "stage", ("idea", "live"))
    return HttpResponse(f"{stage} {asking.number(request, 'page')}")


def asked(query: str) -> str:
    return page(RequestFactory().get(f"/?{query}")).content.decode()


@pytest.mark.parametrize(
    ("query", "answer"),
    [("", " 1"), ("stage=live&page=3", "live 3"), ("stage=&page=", " 1"), ("lang=cy", " 1")],
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
