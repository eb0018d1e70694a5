"""Whoever reads the money of a programme reads the figures that it is shared by."""

import tomllib
from typing import Any

from tests.documents.register import HOME


def test_whoever_reads_the_money_reads_the_figures_it_is_shared_by() -> None:
    text = (HOME / "internal" / "sw-programme-records.toml").read_text("utf-8")
    terms = [
        term
        for clause in tomllib.loads(text)["clause"]
        for term in clause.get("term", ())
        if term["type"] == "ACCESS" and "read" in term["actions"]
    ]
    (figures,) = (readers(each) for each in terms if each["kinds"] == ["finance.figure"])
    for each in terms:
        if "finance.*" in each["kinds"]:
            assert readers(each) <= figures


def readers(term: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Who reads by it: of which organisation, in which role, for what."""
    to = term["to"]
    return {
        (organisation, role, purpose)
        for organisation in to["organisations"]
        for role in to["roles"]
        for purpose in term["purposes"]
    }
