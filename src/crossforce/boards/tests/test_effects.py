"""What a decision does by itself, once it is made: a budget opens."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.boards.kinds import Charge, decision_effects
from crossforce.boards.operations import carrying_out, effects
from crossforce.boards.operations.effects import AnotherSum, NotABudget
from crossforce.boards.operations.papers import BadPaper
from crossforce.boards.queries import carrying, due, offering
from crossforce.boards.queries import meetings as reads
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, LIMIT, REFERENCE
from crossforce.finance import api as finance
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db
READING = ("find", "read")


@ground.fixture
def asha(bodies: None) -> Actor:
    factories.agreement()
    factories.policy()
    put_grants("money", [records.grant("finance.budget", actions=ACTIONS)])
    actor = factories.secretary()
    proposed(actor, 2027)
    return actor


def proposed(actor: Actor, year: int, pence: int = LIMIT, lead: str = factories.HERE) -> None:
    new = finance.NewBudget(REFERENCE, "roads-policing", year, pence, lead=lead)
    key = finance.draft_budget(actor=actor, new=new, at=AT)
    finance.propose_budget(actor=actor, budget=key, version=1, at=AT)


def decided(asha: Actor, **more: Any) -> UUID:
    values = {"effect": "budget", "effect_of": "roads-policing/2027"} | more
    return put(asha, factories.paper(asha, **values))


def put(asha: Actor, paper: UUID) -> UUID:
    board = factories.board(asha)
    meeting, seats = factories.meeting(asha, board), factories.everybody(asha, board)
    factories.attended(asha, meeting, seats)
    return factories.decided(asha, meeting, paper, seats)


def test_opens_the_budget_that_it_names_and_cites_the_decision(asha: Actor) -> None:
    key = decided(asha)
    assert "was opened" in carrying_out.take_effect(
        actor=asha, decision=key, version=1, at=LATER
    )
    [found] = finance.budgets(asha, finance.Wanted())
    said = finance.in_words(asha, found.row.decision)
    assert (found.row.state, said) == ("open", "New radios, 20 January 2027")
    with pytest.raises(carrying_out.NoEffect, match="took effect on 20 January 2027 already"):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)


def test_tells_that_the_budget_was_opened_by_its_identifier(asha: Actor) -> None:
    key = decided(asha)
    assert reads.decision(asha, key).outcome.done_on is None
    [found] = finance.budgets(asha, finance.Wanted())
    finance.open_budget(
        actor=asha,
        budget=found.row.pk,
        version=found.row.version,
        decision=f" {key} ".upper(),
        at=LATER,
    )
    outcome = reads.decision(asha, key).outcome
    assert (outcome.done_on, outcome.by) == (factories.ON, "you")
    assert "£50,000, was opened" in outcome.said


def test_opens_no_budget_of_functions_that_its_paper_leaves_out(
    asha: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = decided(asha)
    monkeypatch.setattr(due, "functions_of", lambda _: ("dogs",))
    with pytest.raises(finance.NotDecided, match="is about dogs alone"):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)


class TestOfABudgetKeptElsewhere:
    """A board's secretary decides, another force keeps the budget: each may read what the other keeps."""

    @pytest.fixture
    def partner(self, bodies: None) -> Actor:
        factories.agreement()
        factories.policy()
        grants = [
            records.grant("finance.budget", holder=factories.PARTNER, recipient=factories.PARTNER, actions=ACTIONS),
            records.grant("finance.budget", holder=factories.PARTNER, actions=READING),
            *(records.grant(kind, recipient=factories.PARTNER, actions=READING) for kind in factories.KINDS),
        ]  # fmt: skip
        put_grants("each-other", grants)
        actor = factories.secretary(factories.PARTNER)
        proposed(actor, 2027, lead=factories.PARTNER)
        return actor

    def test_its_keeper_opens_it_and_the_decision_says_so(self, partner: Actor) -> None:
        asha = factories.secretary()
        key = decided(asha)
        row = reads.decision(asha, key).row
        assert carrying.charge(asha, row) == Charge(factories.PARTNER, False)
        assert carrying.charge(partner, row) == Charge(factories.PARTNER, True)
        with pytest.raises(Refused):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        carrying_out.take_effect(actor=partner, decision=key, version=1, at=LATER)
        outcome = reads.decision(asha, key).outcome
        assert outcome.done_on == factories.ON
        assert "programme" in outcome.by.lower()

    def test_is_offered_to_whoever_writes_the_paper(self, partner: Actor) -> None:
        [choice] = offering.offered(factories.secretary(), REFERENCE)
        assert (choice.effect.name, choice.of.what) == ("budget", "roads-policing/2027")
        with pytest.raises(BadPaper, match="There is: roads-policing/2027"):
            factories.paper(factories.secretary(), effect="budget")
        assert offering.offered(factories.secretary("cumbria"), REFERENCE) == []


def test_opens_no_budget_where_several_are_proposed(asha: Actor) -> None:
    partner = factories.secretary(factories.PARTNER)
    grants = [
        records.grant("finance.budget", holder=factories.PARTNER, recipient=of, actions=ACTIONS)
        for of in (factories.HERE, factories.PARTNER)
    ]
    put_grants("their-money", grants)
    new = finance.NewBudget(REFERENCE, "roads-policing", 2027, LIMIT, lead=factories.PARTNER)
    theirs = finance.draft_budget(actor=partner, new=new, at=AT)
    key = decided(asha)
    finance.propose_budget(actor=partner, budget=theirs, version=1, at=AT)
    with pytest.raises(NotABudget, match="2 budgets"):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"pence": LIMIT - 1}, BadPaper),
        ({"effect_of": "roads-policing/2030"}, NotABudget),
        ({"effect_of": "roads-policing"}, NotABudget),
    ],
)
def test_of_another_budget_changes_nothing(
    asha: Actor, more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        carrying_out.take_effect(
            actor=asha, decision=decided(asha, **more), version=1, at=LATER
        )
    [found] = finance.budgets(asha, finance.Wanted())
    assert found.row.state == "proposed"


def test_opens_no_budget_that_came_later_of_another_sum(asha: Actor) -> None:
    key = decided(asha, effect_of="roads-policing/2028", pence=LIMIT - 1)
    proposed(asha, 2028)
    with pytest.raises(AnotherSum):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
    assert reads.decision(asha, key).outcome.done_on is None


def test_is_judged_by_the_sum_of_the_budget_when_it_is_decided(asha: Actor) -> None:
    asked: dict[str, Any] = {
        "effect": "budget",
        "effect_of": "roads-policing/2028",
        "pence": LIMIT - 1,
    }
    paper = factories.paper(asha, **asked)
    proposed(asha, 2028)
    found = reads.decision(asha, put(asha, paper)).row
    assert not found.is_decided
    assert "is of £50,000 and the paper says £49,999.99" in found.judged


def test_does_nothing_that_was_decided_as_of_another_kind(
    asha: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = decided(asha)
    monkeypatch.setitem(
        decision_effects._items, "budget", replace(effects.BUDGET, decision="naming")
    )
    with pytest.raises(carrying_out.NoEffect, match="of the kind naming and this is spending"):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)


def test_which_was_not_decided_opens_nothing(asha: Actor) -> None:
    proposed(asha, 2028, LIMIT + 1)
    key = decided(asha, effect_of="roads-policing/2028", pence=LIMIT + 1)
    with pytest.raises(carrying_out.NoEffect, match="is beyond the"):
        carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
    assert {each.row.state for each in finance.budgets(asha, finance.Wanted())} == {"proposed"}


def test_is_chosen_where_a_paper_is_written(asha: Actor, cast: Cast, evening: None) -> None:
    client, chosen = (
        cast.asha("programme-officer").client,
        f"budget {REFERENCE} roads-policing/2027",
    )
    assert f'value="{chosen}"' in client.get(reverse("boards:write")).content.decode()
    [offered] = client.get("/api/v1/boards/effects", {"agreement": REFERENCE}).json()
    assert (offered["effect"], offered["effect_of"]) == ("budget", "roads-policing/2027")
    sent = {
        "title": "The radios of next year", "agreement": REFERENCE, "heading": "decision",
        "decision": "spending", "pounds": "50,000", "effect": chosen, "idempotency_key": str(uuid4()),
        "due_on-day": "20", "due_on-month": "1", "due_on-year": "2027",
    }  # fmt: skip
    written = client.post(reverse("boards:write"), sent)
    assert written.status_code == 302, written.content.decode()
    assert (
        "Open a budget: roads-policing/2027" in client.get(written["Location"]).content.decode()
    )
    change = client.get(f"{written['Location']}change/").content.decode()
    assert re.search(rf'value="{chosen}" selected', change)
