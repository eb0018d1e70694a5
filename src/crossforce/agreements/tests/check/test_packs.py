"""The rules, their rows in the packs and their page say the same."""

from pathlib import Path
from typing import get_args

from crossforce.agreements.check import RULES
from crossforce.agreements.check.judging import RANK
from crossforce.agreements.check.reference import PACKS, WORDS, page
from crossforce.agreements.document.model import Basis
from crossforce.kernel import rulepacks

PAGE = Path(__file__).parents[5] / "docs" / "formats" / "check-rules.md"


def rows() -> list[rulepacks.Rule]:
    packs = [rulepacks.load(name) for name in PACKS]
    return [row for pack in packs for row in pack.rule if row.key.startswith("check.")]


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    assert {row.key.removeprefix("check.") for row in rows()} == set(RULES)


def test_a_rule_stands_in_one_pack() -> None:
    law, practice = (
        {row.key for row in rulepacks.load(name).rule if row.key.startswith("check.")}
        for name in PACKS
    )
    assert law & practice == set()


def test_severities_are_of_known_bases() -> None:
    known = {*get_args(Basis), *WORDS}
    for row in rows():
        assert set(row.value) <= known, row.key
        assert set(row.value.values()) <= set(RANK), row.key


def test_the_page_is_the_one_printed() -> None:
    assert PAGE.read_text("utf-8") == page(), "print it again: crossforce agreement rules"
