"""Whoever reads the money of a programme reads the figures that it is shared by; whoever answers, what is answered."""

import tomllib
from typing import Any

from tests.documents.register import HOME

INTERNAL = HOME / "internal"


def test_whoever_reads_the_money_reads_the_figures_it_is_shared_by() -> None:
    terms = reading("sw-programme-records.toml")
    (figures,) = (readers(each) for each in terms if each["kinds"] == ["finance.figure"])
    for each in terms:
        if "finance.*" in each["kinds"]:
            assert readers(each) <= figures


def test_whoever_answers_for_a_seat_reads_what_is_answered() -> None:
    """Deputies as well as those for whom they stand in."""
    boards = [
        each for each in reading("*-programme-records.toml") if "boards.*" in each["kinds"]
    ]
    answering = set().union(*map(readers, reading("*-answers-policy.toml")))
    assert {role for _, role, _ in answering} == {
        "chief-officer", "deputy-chief-officer", "policing-body", "deputy-policing-body",
    }  # fmt: skip
    assert answering <= set().union(*map(readers, boards))


def reading(files: str) -> list[dict[str, Any]]:
    """The terms of these documents by which somebody reads."""
    return [
        term
        for file in sorted(INTERNAL.glob(files))
        for clause in tomllib.loads(file.read_text("utf-8"))["clause"]
        for term in clause.get("term", ())
        if term["type"] == "ACCESS" and "read" in term["actions"]
    ]


def readers(term: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Who reads by it: of which organisation, in which role, for what."""
    to = term["to"]
    return {
        (organisation, role, purpose)
        for organisation in to["organisations"]
        for role in to["roles"]
        for purpose in term["purposes"]
    }
