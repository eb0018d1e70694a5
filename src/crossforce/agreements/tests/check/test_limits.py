"""A document that would take for ever to go through is refused at once, with the reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from crossforce.agreements.check import check
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.tests.check import documents

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
