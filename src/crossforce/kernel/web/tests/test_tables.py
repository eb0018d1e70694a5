"""Tables that a page draws from plain values."""

from typing import Any

import pytest
from django.template import engines

from crossforce.kernel.web.tables import Cell, Table, heads


def sums(*rows: list[Any]) -> list[list[Any]]:
    return [list(row) for row in Table("Sums", heads("Of", "Sum"), rows).rows]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["£717,955", "-£1", "£717,954.99"], ["£717,955.00", "-£1.00", "£717,954.99"]),
        (["£717,955", "–"], ["£717,955", "–"]),
        (["£5 a year", "£0.50"], ["£5 a year", "£0.50"]),
    ],
)
def test_sums_have_pence_all_of_them_or_none(given: list[str], shown: list[str]) -> None:
    rows = sums(*([Cell("A", "/a/"), each] for each in given))
    assert [row[1] for row in rows] == shown
    assert rows[0][0] == Cell("A", "/a/")


def test_a_sum_below_nothing_is_not_broken_after_its_minus() -> None:
    source = '{% import "kernel/macros/tables.html" as shared %}{{ shared.table(found) }}'
    found = Table("Sums", heads("Of", "Sum"), [["A", "-£4,000,000"], ["B", "£1"]])
    html = engines["jinja2"].from_string(source).render({"found": found})
    assert '<span class="cf-whole">-£4,000,000</span>' in html
    assert '<span class="cf-whole">£1' not in html
