"""Decisions that are named by their identifier elsewhere: a budget that somebody opens by hand."""

from typing import Any
from uuid import UUID

import pytest

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.boards.choices import Vote
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, LIMIT, REFERENCE
from crossforce.finance import api as finance
from crossforce.finance.queries.deciding import NotDecided
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(bodies: None) -> Actor:
    """She keeps a board, and a proposed budget of its limit."""
    factories.agreement()
    factories.policy()
    put_grants("money", [records.grant("finance.budget", actions=ACTIONS)])
    actor = factories.secretary()
    new = finance.NewBudget(REFERENCE, "roads-policing", 2027, LIMIT, lead=factories.HERE)
    key = finance.draft_budget(actor=actor, new=new, at=AT)
    finance.propose_budget(actor=actor, budget=key, version=1, at=AT)
    return actor


def decided(asha: Actor, vote: Vote = Vote.FOR, **more: Any) -> UUID:
    board = factories.board(asha)
    meeting, seats = factories.meeting(asha, board), factories.everybody(asha, board)
    factories.attended(asha, meeting, seats)
    paper = factories.paper(asha, **more)
    return factories.decided(asha, meeting, paper, seats, votes=dict.fromkeys(seats, vote))


def open_by(asha: Actor, decision: str) -> str:
    [found] = finance.budgets(asha, finance.Wanted())
    finance.open_budget(
        actor=asha, budget=found.row.pk, version=found.row.version, decision=decision, at=LATER
    )
    [opened] = finance.budgets(asha, finance.Wanted())
    return str(opened.row.decision)


def test_one_that_was_decided_opens_it(asha: Actor) -> None:
    assert open_by(asha, f" {decided(asha)} ") == "New radios, 20 January 2027"


def test_one_of_a_smaller_sum_does_not(asha: Actor) -> None:
    key = decided(asha, pence=LIMIT - 1)
    with pytest.raises(NotDecided, match=r"decided on £49,999\.99"):
        open_by(asha, str(key))


def test_one_that_was_not_decided_does_not(asha: Actor) -> None:
    key = decided(asha, Vote.AGAINST)
    with pytest.raises(NotDecided, match="was not decided"):
        open_by(asha, str(key))


def test_one_that_nobody_keeps_does_not(asha: Actor) -> None:
    with pytest.raises(NotDecided, match="No board keeps"):
        open_by(asha, str(UUID(int=7)))


def test_words_are_kept_as_decided_elsewhere(asha: Actor) -> None:
    assert open_by(asha, "Board 3") == "Board 3 (a decision outside this platform)"
