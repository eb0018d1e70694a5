"""Seats and delegations of a board count once all whose board it is have agreed, each itself, and not before."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import PURPOSES, Vote
from crossforce.boards.commands import commands
from crossforce.boards.operations import keeping, own_consents, own_rules
from crossforce.boards.operations.answers import AnsweredByTheOffice
from crossforce.boards.operations.balloting import BadVote
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.operations.own_consents import AnotherProposal, NotMyBody, YesOrNo
from crossforce.boards.operations.own_rules import NoConsent, NothingProposed
from crossforce.boards.queries import boards, holders
from crossforce.boards.queries import own_rules as reads
from crossforce.boards.queries.holders import DOCUMENT
from crossforce.boards.rules import keeping as kept
from crossforce.boards.rules import own_rules as rules_of
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.rules.own_rules import OwnRules, Proposed
from crossforce.boards.rules.seats import SeatRule
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON, REFERENCE
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Player
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.api import NewRecord, Place, create
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db
__all__ = ["shipped_directory"]
SOUTH_WEST = (
    "avon-and-somerset",
    "devon-and-cornwall",
    "dorset",
    "gloucestershire",
    "wiltshire",
)
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


@ground.fixture
def answered(proposed: tuple[Actor, UUID]) -> tuple[Actor, UUID, dict[str, Actor]]:
    """The same, and who holds the office of each body."""
    return (*proposed, factories.bodies_posted())


def standing(actor: Actor, board: UUID) -> Proposed:
    found = rules_of.proposed(boards.board(actor, board).proposed)
    assert found
    return found


def say(
    keeper: Actor, board: UUID, who: Actor, body: str = "", vote: Vote = Vote.FOR, **more: Any
) -> UUID:
    """A body answers what is proposed."""
    proposal = more.get("proposal") or standing(keeper, board).digest
    return own_consents.answer(
        actor=who, board=board, proposal=proposal, body=body or who.organisation, vote=vote,
        at=more.get("at", LATER),
    )  # fmt: skip


def letter(keeper: Actor, body: str, said: str) -> str:
    """A document of the body that the keeper reads."""
    with transaction.atomic():
        put_grants(f"letters-of-{body}", [
            records.grant(DOCUMENT, holder=body, recipient=body, actions=ACTIONS),
            records.grant(DOCUMENT, holder=body, recipient=keeper.organisation, actions=("read",)),
        ])  # fmt: skip
    clerk = people.actor("finance-officer", body, name="A Clerk")
    values = {
        "name": "Letter",
        "reference_number": said,
        "body": "We agree.",
        "purposes": list(PURPOSES),
    }
    made = create(actor=clerk, new=NewRecord(DOCUMENT, Place(body), values), at=LATER)
    return str(made.pk)


def agree(actor: Actor, board: UUID, *given: Consent) -> tuple[str, ...]:
    version = boards.board(actor, board).version
    return own_rules.agree(actor=actor, board=board, version=version, consents=given, at=LATER)


def change(actor: Actor, board: UUID, rules: OwnRules, title: str = "Roads") -> Any:
    version = boards.board(actor, board).version
    keeping.change(
        actor=actor, board=board, version=version, new=new(rules, title=title), at=LATER
    )
    return boards.board(actor, board)


def so_far(actor: Actor, board: UUID) -> set[str]:
    """Who agreed to what is proposed, or, where nothing is, to what counts."""
    row = boards.board(actor, board)
    return {each.person for each in reads.agreeing(actor, row, ON).agreed}


def offices(actor: Actor, board: UUID) -> set[str]:
    return {each.partition(":")[0] for each in factories.everybody(actor, board)}


def test_count_once_every_body_has_answered_itself(
    answered: tuple[Actor, UUID, dict[str, Actor]],
) -> None:
    actor, board, bodies = answered
    first, *others = bodies
    say(actor, board, bodies[first])
    own = say(actor, board, bodies[others[0]], vote=Vote.AGAINST)
    say(actor, board, bodies[others[1]])
    assert agree(actor, board) == (others[0],)
    assert so_far(actor, board) == {first, others[1]}
    row = boards.board(actor, board)
    assert (boards.rules_of(row), offices(actor, board)) == (OwnRules(), {"policing-body"})
    assert say(actor, board, bodies[others[0]]) == own
    assert agree(actor, board) == ()
    row = boards.board(actor, board)
    assert (boards.rules_of(row), row.proposed) == (RULES, "")
    assert offices(actor, board) == {"chief-officer"}
    assert {each.person for each in kept.consents(row.agreed) if each.own} == set(bodies)
    with pytest.raises(NothingProposed):
        agree(actor, board)


def test_are_answered_by_whoever_holds_the_office_and_by_nobody_else(
    answered: tuple[Actor, UUID, dict[str, Actor]],
) -> None:
    actor, board, bodies = answered
    (first, one), (second, _), _ = bodies.items()
    with pytest.raises(NotMyBody, match=f"today for: {first}"):
        say(actor, board, one, second)
    with pytest.raises(NotMyBody, match="none of the bodies"):
        say(actor, board, actor, first)
    with pytest.raises(YesOrNo):
        say(actor, board, one, vote=Vote.ABSTAIN)
    assert {body for _, mine in reads.waiting(one, ON) for body in mine} == {first}
    say(actor, board, one)
    assert reads.waiting(one, ON) == reads.waiting(actor, ON) == []
    deputy = people.actor("deputy-policing-body", first, name="A Deputy")
    with pytest.raises(AnsweredByTheOffice):
        say(actor, board, deputy, vote=Vote.AGAINST)


def test_what_waits_is_asked_as_often_for_many_boards_as_for_one(
    answered: tuple[Actor, UUID, dict[str, Actor]],
) -> None:
    """What was answered is asked for those alone who hold an office of a body."""
    actor, _, bodies = answered

    def asked(who: Actor, boards_: int) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            assert len(reads.waiting(who, ON)) == boards_
        return [each["sql"] for each in seen]

    one = bodies[BODIES[0]]
    asked(one, 1)
    few = asked(one, 1)
    keeping.set_up(actor=actor, new=new(code="another-board", title="Another"), at=AT)
    many = asked(one, 2)
    assert len(many) == len(few)
    assert sum("told_boards_answer_said" in each for each in many) == 1
    assert not any("told_boards_answer_said" in each for each in asked(actor, 0))


def test_an_answer_is_to_one_proposal_and_to_no_other_of_the_day(
    answered: tuple[Actor, UUID, dict[str, Actor]],
) -> None:
    actor, board, bodies = answered
    (first, one), *_ = bodies.items()
    say(actor, board, one)
    before = standing(actor, board).digest
    change(actor, board, RULES, "Roads policing")
    assert so_far(actor, board) == {first}
    change(actor, board, OTHERS, "Roads policing")
    assert so_far(actor, board) == set()
    with pytest.raises(AnotherProposal):
        say(actor, board, one, proposal=before)
    change(actor, board, RULES)
    assert standing(actor, board).digest != before
    assert so_far(actor, board) == set()


def test_a_letter_counts_that_another_wrote_and_that_quotes_the_proposal(
    proposed: tuple[Actor, UUID],
) -> None:
    actor, board = proposed
    quoted = standing(actor, board).reference
    own, other, _ = BODIES
    mine = str(factories.document(actor))
    foreign = own if own != f"pcc-{factories.HERE}" else other
    with pytest.raises(NoConsent, match="held neither by"):
        agree(actor, board, Consent(foreign, mine, ON))
    with pytest.raises(NoConsent, match=f"does not quote this proposal: {quoted}"):
        agree(actor, board, Consent(foreign, letter(actor, foreign, "For the board"), ON))
    good = letter(actor, foreign, f"For {quoted}")
    with pytest.raises(NoConsent, match="none of those whose board this is"):
        agree(actor, board, Consent("chief-constable-wiltshire", good, ON))
    for on in (AT.date() - timedelta(days=1), ON + timedelta(days=1)):
        with pytest.raises(NoConsent, match="cannot be"):
            agree(actor, board, Consent(foreign, good, on))
    with pytest.raises(BadVote, match="Name the document"):
        agree(actor, board, Consent(foreign, str(uuid4()), ON))
    agree(actor, board, Consent(foreign, good, ON))
    assert so_far(actor, board) == {foreign}
    say(actor, board, factories.bodies_posted()[foreign], vote=Vote.AGAINST)
    assert so_far(actor, board) == set()
    with pytest.raises(NoConsent, match="answered here itself"):
        agree(actor, board, Consent(foreign, good, ON))
    ours = f"pcc-{factories.HERE}"
    values = {"name": "Letter", "body": f"For {quoted}", "purposes": list(PURPOSES)}
    made = create(actor=actor, new=NewRecord(DOCUMENT, Place(factories.HERE), values), at=LATER)
    with pytest.raises(NoConsent, match="you wrote it yourself"):
        agree(actor, board, Consent(ours, str(made.pk), ON))


def test_what_counts_keeps_its_consents_when_more_is_taken_back(
    answered: tuple[Actor, UUID, dict[str, Actor]],
) -> None:
    actor, board, bodies = answered
    for one in bodies.values():
        say(actor, board, one)
    agree(actor, board)
    change(actor, board, OTHERS)
    say(actor, board, bodies[BODIES[0]])
    assert so_far(actor, board) == {BODIES[0]}
    version = boards.board(actor, board).version
    own_rules.take_back(actor=actor, board=board, version=version, at=LATER)
    row = boards.board(actor, board)
    assert (row.proposed, boards.rules_of(row)) == ("", RULES)
    assert so_far(actor, board) == set(bodies)
    assert not reads.agreeing(actor, row, ON).unasked
    (before, *then) = kept.consents(row.agreed)
    row.agreed = kept.consents_text(then)
    assert reads.agreeing(actor, row, ON).unasked == (before.person,)


def test_of_an_organisation_count_at_once_only_without_members(keeper: Actor) -> None:
    key = keeping.set_up(actor=keeper, new=new(code=factories.HERE), at=AT)
    row = boards.board(keeper, key)
    assert (boards.rules_of(row), row.proposed) == (RULES, "")


@pytest.mark.usefixtures("shipped_directory")
def test_of_an_organisation_with_members_are_theirs() -> None:
    """Whoever sits by the directory, also for whom it advises: of two offices of one body it is that one."""
    for code, of in {
        "sw-police-collaboration-commissioning-board": (SOUTH_WEST, 10),
        "south-east-protective-services-management-board": (("surrey", "sussex"), 4),
    }.items():
        found = reads.of_members(code, ON)
        assert found is not None
        forces, many = of
        assert len(found) == many
        assert {f"chief-constable-{force}" for force in forces} <= set(found)
    team = reads.of_members("south-east-collaboration-programme-team", ON)
    assert team is not None
    assert "chief-constable-surrey" in team
    assert reads.of_members("wiltshire", ON) == ()
    assert reads.of_members("joint-roads-board", ON) is None
    gone = Consent("police-authority-metropolitan", "", ON)
    assert reads.standing_in([gone], ON) == {gone.person, "mopac"}


@pytest.mark.usefixtures("evening")
def test_are_answered_by_page_over_the_api_and_by_command(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = keeping.set_up(actor=asha.actor, new=new(), at=AT)
    own = holders.Holder(asha.actor.reference, "policing-body", "", "you")
    monkeypatch.setattr(holders, "holders", lambda _, seats, __: {e.code: [own] for e in seats})
    monkeypatch.setattr(holders, "own", lambda _, seats, __: {e.code for e in seats})
    (first, second, third), user = BODIES, ["--as", asha.account.username]
    page, address = (reverse(f"boards:{name}", args=[board]) for name in ("board", "consent"))
    assert "wait for your answer" in asha.client.get(reverse("boards:boards")).content.decode()
    said = asha.client.get(page).content.decode()
    assert "until then all stays as it is" in said
    assert said.count("Has not answered yet") == 3
    form = asha.client.get(address).content.decode()
    found = re.search('name="proposal" value="([0-9a-f]{64})"', form)
    assert found
    sent = {"idempotency_key": str(uuid4()), "proposal": found[1], "body": first, "vote": "for"}
    assert asha.client.post(address, sent).status_code == 302
    api = f"/api/v1/boards/{board}"
    told = asha.client.get(api).json()["proposed"]
    body = json.dumps({"proposal": told["digest"], "body": second, "vote": "for"})
    answer = asha.client.post(
        f"{api}/answers", body, content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    ).json()  # fmt: skip
    assert (answer["missing"], answer["by_letter"]) == ([third], [third])
    assert {each["body"] for each in answer["answers"]} == {first, second}
    run = CliRunner().invoke
    assert run(commands, ["agree", str(board), *user]).stdout == f"waits for {third}\n"
    given = ["consent", str(board), told["digest"], third, "for", *user]
    assert run(commands, given).exit_code == 0
    assert run(commands, ["consents", str(board), *user]).stdout.count("  agrees  ") == 3
    assert "Let it count" in asha.client.get(page).content.decode()
    assert run(commands, ["agree", str(board), *user]).stdout == "counts from now\n"
    said = asha.client.get(page).content.decode()
    assert said.count("/records/boards.answer/") == 3
    assert "until then all stays as it is" not in said
    assert asha.client.get(address).status_code == 409
