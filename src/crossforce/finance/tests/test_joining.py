"""Buying in: what whoever joins pays for its part of what the others bought."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from crossforce.agreements.compile import compile_document
from crossforce.agreements.queries import preview
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import after_leaving
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.pure.conftest import JOINT
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.finance.choices import ExitShare, ItemSort
from crossforce.finance.commands import commands
from crossforce.finance.queries.joining import buying_in
from crossforce.finance.rules.holdings import Asset, buy_in
from crossforce.finance.rules.joining import Joining, beginnings, joinings
from crossforce.finance.tests import factories
from crossforce.finance.tests.agreed import JOINS, Figures, costed, joint
from crossforce.finance.tests.factories import AVON, GLOS, NOW, REFERENCE, WILTS
from crossforce.kernel.civil import instant
from crossforce.kernel.testing.cast import ASHA
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made

HANGAR = Asset("hangar", "Hangar", JOINS, 9_000, 8)
TOGETHER = f'in = ["{AVON}", "{GLOS}", "{WILTS}"]'
LATER = f"""
[[function.participation]]
forces = ["{AVON}", "{WILTS}"]

[[function.participation]]
forces = ["{GLOS}"]
from = 2027-12-01
"""


def bought(actor: Actor) -> None:
    """A garage for £9,000, that is worth eight years of it on 1 December 2026."""
    more = {"pence": 900_000, "life_years": 8, "starts_on": date(2026, 12, 1), "ends_on": None}
    factories.item(actor, ItemSort.ASSET, **more)


def unstated(*leavers: str) -> CompiledTerms:
    """The joint agreement without a sum for assets; whoever leaves does so on the day of joining."""
    text = JOINT.replace('item = "asset-entitlement"', 'item = "contract-break"')
    terms = compile_document(read(text.encode()).document, DIRECTORY)
    return after_leaving(terms, dict.fromkeys(leavers, instant(JOINS)))


def joined(terms: CompiledTerms, *assets: Asset) -> Joining:
    found = joinings([JOINS], lambda _: terms, lambda _: Figures({}), assets)
    return next(iter(found))


def test_is_told_of_the_day_on_which_somebody_joins() -> None:
    assert JOINS in beginnings([unstated()])
    found = joined(unstated(), HANGAR)
    assert (found.on, found.joiners, found.worth) == (JOINS, (GLOS,), 9_000)
    assert found.pence == {AVON: -1_500, GLOS: 3_000, WILTS: -1_500}


def test_goes_by_the_clause_of_each_asset() -> None:
    alike, alone = (replace(HANGAR, share=each) for each in (ExitShare.EQUAL, ExitShare.WHOLE))
    was, becomes = {AVON: Fraction(1)}, {AVON: Fraction(9, 10), GLOS: Fraction(1, 10)}
    assert buy_in([HANGAR, alike], JOINS, was, becomes) == {AVON: -5_400, GLOS: 5_400}
    found = joined(unstated(), HANGAR, alone)
    assert (found.worth, found.aside, found.pence[GLOS]) == (9_000, 9_000, 3_000)
    assert "£90" in found.untold


def test_does_not_count_what_the_agreement_states_a_sum_for() -> None:
    found = joined(joint(), HANGAR)
    assert (found.worth, found.aside, set(found.pence.values())) == (0, 9_000, {0})


def test_pays_nothing_to_whoever_leaves_that_day() -> None:
    assert joined(unstated(WILTS), HANGAR).pence == {AVON: -4_500, GLOS: 4_500}


def test_of_figures_that_nobody_knows_it_says_why() -> None:
    terms = costed(
        'functions = ["roads-policing"]\nmethod = "population"\nannual_cost = { pence = 9, year = 2015 }'
    )
    [found] = joinings(beginnings([terms]), lambda _: terms, lambda _: Figures({}), [HANGAR])
    assert (found.pence, "population" in found.why_not) == ({}, True)


@pytest.mark.django_db
def test_stands_beside_the_price_of_leaving(
    bodies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = agreed.document
    monkeypatch.setattr(
        agreed, "document", lambda forces: document(forces).replace(TOGETHER, LATER)
    )
    factories.agreement()
    factories.policy()
    asha = made(ASHA, "finance-officer")
    bought(asha.actor)
    path = f"leaving/{REFERENCE}"
    [told] = asha.client.get(f"/api/v1/finance/{path}/buying-in?since=2026-12-01").json()
    assert (told["on"], told["joiners"], told["worth"]) == ("2027-12-01", [GLOS], 787_500)
    assert told["pence"] == {AVON: -131_250, GLOS: 262_500, WILTS: -131_250}
    page = asha.client.get(f"/finance/{path}/?on=2026-12-01").content.decode()
    assert "Buying in" in page
    assert page.count("-£1,312.50") == 2
    done = CliRunner().invoke(
        commands,
        ["buying-in", REFERENCE, "--from", "2026-12-01", "--as", asha.account.username],
    )
    assert f"{GLOS}: £2,625\n" in done.stdout
    assert not buying_in(asha.actor, REFERENCE, date(2027, 12, 2), NOW)
    assert (
        "Buying in" not in asha.client.get(f"/finance/{path}/?on=2027-12-02").content.decode()
    )


@pytest.mark.django_db
def test_a_preview_tells_it_of_a_draft(keeper: Actor) -> None:
    bought(keeper)
    same = preview.of_version(keeper, REFERENCE, 1, NOW).section("service.joining")
    assert same.rows == ()
    officer = replace(keeper, powers=frozenset({"agreement.preview"}))
    draft = preview.of_document(officer, agreed.document(agreed.FORCES), NOW)
    told = draft.section("service.joining").rows
    pays = {row.about[0][1]: row.figures.after or 0 for row in told if row.figures}
    assert sum(pays.values()) == 0
    assert [force for force, pence in pays.items() if pence > 0] == [agreed.DORSET]
