"""What several tests of boards begin with."""

from types import SimpleNamespace

import pytest

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.boards import commands, endpoints
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import Held
from crossforce.boards.views import (
    answers,
    boards,
    decisions,
    keeping,
    meetings,
    own_rules,
    papers,
    taking_out,
    voting,
)
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Player
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made

__all__ = ["bodies", "few_bodies"]

PLACES = (
    boards, decisions, keeping, meetings, own_rules, papers, taking_out, voting, endpoints.boards, endpoints.meetings,
    endpoints.deciding, commands.boards, commands.meetings, commands.deciding,
    answers, endpoints.answers, endpoints.governing, endpoints.own_rules, commands.answers,
)  # fmt: skip


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the evening of the meeting; whoever signed in is still signed in."""
    for each in PLACES:
        monkeypatch.setattr(each, "clock", SimpleNamespace(now=lambda: factories.LATER))


@ground.fixture
def asha(bodies: None) -> Player:
    """The secretary, of a force with an agreement in force and a policy of its own."""
    factories.agreement()
    factories.policy()
    return made(ASHA, "programme-officer")


@ground.fixture
def keeper(bodies: None) -> Actor:
    """The same without a session: her force and a partner have policies."""
    factories.agreement()
    factories.policy(factories.HERE, factories.PARTNER)
    return factories.secretary()


@ground.fixture
def held(keeper: Actor) -> Held:
    """The secretary, a meeting that everybody attended, a paper, and the seats."""
    board = factories.board(keeper)
    meeting, paper = factories.meeting(keeper, board), factories.paper(keeper)
    seats = factories.everybody(keeper, board)
    factories.attended(keeper, meeting, seats)
    return keeper, meeting, paper, seats
