"""A document that would take for ever to go through is refused at once, with the reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from crossforce.agreements.check import check
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.tests.check import documents

MORE = 10_000_000_000_001
WORDS = {"en": "Direction and control"}


def document(**parts: Any) -> AgreementDocument:
    head = {
        "format": 1,
        "reference": "large",
        "title": WORDS,
        "basis": "s22a",
        "state": "draft",
        "form": "joint-unit",
        "objective": WORDS,
        "from": date(2016, 4, 1),
    }
    return AgreementDocument.model_validate(head | parts)


def clause(*terms: dict[str, Any]) -> dict[str, Any]:
    return {"number": "1", "heading": WORDS, "text": WORDS, "term": terms}


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("functions", {"function": [{"code": f"f{n}"} for n in range(101)]}),
        ("units", {"unit": [{"code": f"u{n}"} for n in range(151)]}),
        ("terms", {"clause": [clause(*[{"type": "RETENTION", "schedule": "x"}] * 401)]}),
        (
            "participations",
            {"function": [{"code": "dogs", "participation": [{"forces": ["dorset"]}] * 2001}]},
        ),
    ],
)
def test_more_parts_than_any_agreement_needs(what: str, parts: dict[str, Any]) -> None:
    [finding] = check(document(**parts), documents.context())
    assert finding.rule == "document.too-large-to-check"
    assert what in finding.message


def test_more_people_than_can_be_gone_through() -> None:
    forces = [each.code for each in documents.context().directory.forces()]
    days = [date(2016, 4, 1) + timedelta(days=n) for n in range(40)]
    rule = {"type": "DIRECTION_CONTROL", "rule": "chief-of-area-deployed"}
    terms = [rule | {"of": {"roles": [f"r{n}"]}, "from": day} for n, day in enumerate(days)]
    large = document(function=[{"code": "dogs", "in": forces}], clause=[clause(*terms)])
    rules = {each.rule for each in check(large, documents.context())}
    assert "command.too-many-to-prove" in rules


@pytest.mark.parametrize("year", [0, 10_000])
def test_a_year_that_no_calendar_has(year: int) -> None:
    share = {"type": "COST_SHARE", "method": "population", "year": year}
    with pytest.raises(ValidationError, match="year"):
        document(clause=[clause(share)])


@pytest.mark.parametrize(
    "term",
    [
        {"type": "COST_SHARE", "method": "tariff", "tariff_pence": MORE},
        {"type": "COST_SHARE", "method": "equal", "annual_cost": {"pence": MORE}},
        {
            "type": "COST_SHARE",
            "method": "equal",
            "in_kind": [{"force": "dorset", "what": WORDS, "annual_pence": MORE}],
        },
        {"type": "APPROVAL", "decision": "budget", "by": "majority", "up_to_pence": MORE},
        {
            "type": "EXIT",
            "notice_months": 12,
            "settlement": [{"item": "redundancy", "pence": MORE}],
        },
    ],
)
def test_more_money_than_there_is(term: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"pence\n.*less than or equal to 10000000000000"):
        document(clause=[clause(term)])
