"""Seats and delegations of a joint board count once all whose board it is have agreed, and not before."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.commands import commands
from crossforce.boards.operations import keeping, own_rules
from crossforce.boards.operations.balloting import BadVote
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.operations.own_rules import NoConsent, NothingProposed
from crossforce.boards.queries import boards
from crossforce.boards.queries import own_rules as reads
from crossforce.boards.rules import keeping as kept
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import SeatRule
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON, REFERENCE
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Player
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
BODIES = tuple(f"pcc-{force}" for force in agreed.THREE)
RULES = OwnRules(
    seats=(SeatRule("chief-officer"),),
    delegations=(Delegation("chief-officer:wiltshire", ("spending",), 5_000),),
)
OTHERS = OwnRules(seats=(SeatRule("policing-body-chair"),))


def new(rules: OwnRules = RULES, **more: Any) -> NewBoard:
    values = {"title": "Roads", "code": "joint-roads-board", "agreement": REFERENCE} | more
    return NewBoard(**values, seats=rules.seats, delegations=rules.delegations)


@ground.fixture
def proposed(keeper: Actor) -> tuple[Actor, UUID]:
    """The keeper set up a joint board with rules of her own making."""
    return keeper, keeping.set_up(actor=keeper, new=new(), at=AT)


def agree(actor: Actor, board: UUID, *bodies: str, **more: Any) -> tuple[str, ...]:
    letter = more.get("letter") or str(factories.document(actor))
    given = [Consent(body, letter, more.get("on", ON)) for body in bodies]
    version = boards.board(actor, board).version
    return own_rules.agree(actor=actor, board=board, version=version, consents=given, at=LATER)


def so_far(actor: Actor, board: UUID) -> set[str]:
    """Who agreed to what is proposed."""
    row = boards.board(actor, board)
    assert row.proposed
    return {each.person for each in reads.agreeing(actor, row, BODIES).agreed}


def offices(actor: Actor, board: UUID) -> set[str]:
    return {each.partition(":")[0] for each in factories.everybody(actor, board)}


def test_count_with_the_last_consent(proposed: tuple[Actor, UUID]) -> None:
    actor, board = proposed
    assert offices(actor, board) == {"policing-body"}
    first, *others = BODIES
    assert set(agree(actor, board, first)) == set(others)
    row = boards.board(actor, board)
    assert (boards.rules_of(row), offices(actor, board)) == (OwnRules(), {"policing-body"})
    assert agree(actor, board, *others) == ()
    row = boards.board(actor, board)
    assert (boards.rules_of(row), row.proposed) == (RULES, "")
    assert offices(actor, board) == {"chief-officer"}
    assert {each.person for each in kept.consents(row.agreed)} == set(BODIES)
    with pytest.raises(NothingProposed):
        agree(actor, board, first)


def test_are_agreed_by_those_whose_board_it_is_since_then_in_a_document(
    proposed: tuple[Actor, UUID],
) -> None:
    actor, board = proposed
    with pytest.raises(NoConsent, match="none of those whose board this is"):
        agree(actor, board, "chief-constable-wiltshire")
    for on in (AT.date() - timedelta(days=1), ON + timedelta(days=1)):
        with pytest.raises(NoConsent, match="cannot be"):
            agree(actor, board, BODIES[0], on=on)
    with pytest.raises(BadVote, match="Name the document"):
        agree(actor, board, BODIES[0], letter=str(uuid4()))
    assert so_far(actor, board) == set()


def test_other_rules_need_other_consents_and_what_stands_needs_none(
    proposed: tuple[Actor, UUID],
) -> None:
    actor, board = proposed
    agree(actor, board, BODIES[0])

    def change(rules: OwnRules, title: str) -> Any:
        version = boards.board(actor, board).version
        keeping.change(
            actor=actor, board=board, version=version, new=new(rules, title=title), at=LATER
        )
        return boards.board(actor, board)

    change(RULES, "Roads policing")
    assert so_far(actor, board) == {BODIES[0]}
    change(OTHERS, "Roads policing")
    assert so_far(actor, board) == set()
    assert change(OwnRules(), "Roads").proposed
    version = boards.board(actor, board).version
    own_rules.take_back(actor=actor, board=board, version=version, at=LATER)
    row = boards.board(actor, board)
    assert (row.proposed, boards.rules_of(row)) == ("", OwnRules())


def test_what_counts_keeps_its_consents_when_more_is_taken_back(
    proposed: tuple[Actor, UUID],
) -> None:
    actor, board = proposed
    agree(actor, board, *BODIES)

    def agreed_to_what_counts() -> set[str]:
        row = boards.board(actor, board)
        assert boards.rules_of(row) == RULES
        return {each.person for each in kept.consents(row.agreed)}

    keeping.change(
        actor=actor,
        board=board,
        version=boards.board(actor, board).version,
        new=new(OTHERS),
        at=LATER,
    )
    assert (so_far(actor, board), agreed_to_what_counts()) == (set(), set(BODIES))
    first, *others = BODIES
    assert set(agree(actor, board, first)) == set(others)
    assert (so_far(actor, board), agreed_to_what_counts()) == ({first}, set(BODIES))
    version = boards.board(actor, board).version
    own_rules.take_back(actor=actor, board=board, version=version, at=LATER)
    row = boards.board(actor, board)
    assert {each.person for each in reads.agreeing(actor, row, BODIES).agreed} == set(BODIES)


def test_of_an_organisation_s_board_count_at_once(keeper: Actor) -> None:
    key = keeping.set_up(actor=keeper, new=new(code=factories.HERE), at=AT)
    row = boards.board(keeper, key)
    assert (boards.rules_of(row), row.proposed) == (RULES, "")


@pytest.mark.usefixtures("evening")
def test_are_agreed_to_by_page_over_the_api_and_by_command(asha: Player) -> None:
    board = keeping.set_up(actor=asha.actor, new=new(), at=AT)
    letter, (first, second, third) = str(factories.document(asha.actor)), BODIES
    page, address = (reverse(f"boards:{name}", args=[board]) for name in ("board", "agree"))
    said = asha.client.get(page).content.decode()
    assert "until then all stays as it is" in said
    assert said.count("Has not agreed yet") == 3
    day = {
        f"dated-{first}-{part}": value
        for part, value in zip(("day", "month", "year"), (20, 1, 2027), strict=True)
    }
    sent = {"idempotency_key": str(uuid4()), "version": 1, f"consent-{first}": letter, **day}
    assert asha.client.post(address, sent).status_code == 302
    said = asha.client.get(page).content.decode()
    assert said.count("Has not agreed yet") == 2
    api = f"/api/v1/boards/{board}"
    tag = asha.client.get(api)["ETag"]
    answer = asha.client.post(
        f"{api}/consents",
        json.dumps([{"person": second, "document": letter, "on": str(ON)}]),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), "If-Match": tag},
    ).json()
    assert answer["proposed"]["seats"][0]["office"] == "chief-officer"
    assert (answer["seats"], answer["agreed"]) == ([], [])
    assert len(answer["proposed"]["agreed"]) == 2
    given = f"{third}={ON}={letter}"
    args = ["agree", str(board), "--consent", given, "--as", asha.account.username]
    assert CliRunner().invoke(commands, args).stdout == "counts from now\n"
    said = asha.client.get(page).content.decode()
    assert "Its own rules" in said
    assert "until then all stays as it is" not in said
    assert asha.client.get(address).status_code == 409
