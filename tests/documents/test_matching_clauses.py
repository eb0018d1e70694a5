"""Forces that read each other's people confirm with each other which records are of one person."""

import tomllib
from typing import Any

import pytest

from tests.documents.register import HOME

SHARED = ("sw-nominals", "wales-nominals", "severn-nominals")


@pytest.mark.parametrize("name", SHARED)
def test_a_clause_that_shares_people_lets_them_be_matched(name: str) -> None:
    text = (HOME / "internal" / f"{name}.toml").read_text("utf-8")
    for clause in tomllib.loads(text)["clause"]:
        terms = [each for each in clause.get("term", ()) if each["type"] == "ACCESS"]
        assert reach(terms, "nominals.person", "read") == reach(terms, "nominals.match", "edit")
        assert reach(terms, "nominals.match", "edit") == reach(terms, "nominals.match", "read")


def reach(terms: list[dict[str, Any]], kind: str, action: str) -> list[tuple[Any, ...]]:
    """Whose records of a kind who may do that with, and for what."""
    return [
        (each["held_by"], each["to"], each["purposes"])
        for each in terms
        if kind in each["kinds"] and action in each["actions"]
    ]
