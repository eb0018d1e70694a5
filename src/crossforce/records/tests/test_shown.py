"""What a field of a record holds, as its page and its history say it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.template import engines

WORDS = [
    ("Two\nlines", "Two"),
    (0, "0"),
    (12_900_000, "12900000"),
    (Decimal("2.5"), "2.5"),
    (True, "Yes"),
    (False, "No"),
    (["gloucestershire", "wiltshire"], "gloucestershire, wiltshire"),
    ({"officers": 3, "to": "", "of": ["a", "b"]}, "officers: 3; of: a, b"),
    (date(2026, 3, 27), "27 March 2026"),
    (datetime(2026, 3, 27, 12, tzinfo=UTC), "27 March 2026"),
    (UUID(int=1), str(UUID(int=1))),
    ("<b>", "&lt;b&gt;"),
    (["<b>"], "&lt;b&gt;"),
]


@pytest.fixture(params=["value", "plain"])
def drawn(request: pytest.FixtureRequest) -> Callable[[Any], str]:
    engine: Any = engines["jinja2"]
    environment = engine.env
    macro: Callable[[Any], str] = getattr(
        environment.get_template("records/macros.html").module, request.param
    )
    return macro


@pytest.mark.parametrize(("held", "said"), WORDS)
def test_any_value_is_said(drawn: Callable[[Any], str], held: Any, said: str) -> None:
    assert said in drawn(held)


@pytest.mark.parametrize("held", [None, "", [], {}])
def test_no_value_is_said_to_be_none(drawn: Callable[[Any], str], held: Any) -> None:
    assert drawn(held).strip() in ('<span class="govuk-hint">Not given</span>', "Nothing")


@pytest.mark.parametrize(
    ("drawn", "paragraphs"), [("value", 2), ("plain", 0)], indirect=["drawn"]
)
def test_each_of_several_stands_by_itself(drawn: Callable[[Any], str], paragraphs: int) -> None:
    said = drawn([{"about": "name", "to": ""}, {"about": "birth"}])
    assert said.count("<p") == paragraphs
    assert "to:" not in said
