"""The decision by which a frozen promise changes: kept by a board here, or made elsewhere."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.benefits.choices import KINDS
from crossforce.benefits.operations.benefits import Decided, change_promise
from crossforce.benefits.operations.checks import Unsound
from crossforce.benefits.queries import benefits
from crossforce.benefits.rules.baselines import promise
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.profiles import THREE, saving
from crossforce.boards import api as governing
from crossforce.boards.tests import factories as boards
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

__all__ = ["bodies", "few_bodies"]
pytestmark = pytest.mark.django_db
WANTED = promise(saving(100_00, 200_00, 300_00, 400_00, 500_00))


@ground.fixture
def secretary(bodies: None) -> Actor:
    boards.agreement()
    boards.policy()
    grants = [
        records.grant(kind, holder=boards.HERE, recipient=boards.HERE, actions=ACTIONS)
        for kind in KINDS
    ]
    with transaction.atomic():
        put_grants("benefits-policy", grants)
    return boards.secretary()


def taken(actor: Actor) -> tuple[UUID, UUID]:
    """A decision that was taken, and one that was not."""
    meeting = boards.meeting(actor, boards.board(actor))
    seats = [each.code for each in governing.shown(actor, meeting, boards.ON).sitting.seats]
    boards.attended(actor, meeting, seats)
    papers = [boards.paper(actor, title=title) for title in ("Promise more", "Less")]
    return (
        boards.decided(actor, meeting, papers[0], seats),
        boards.decided(actor, meeting, papers[1], []),
    )


def changed(actor: Actor, key: UUID, decision: UUID | str, on: date = boards.ON) -> int:
    decided = Decided("More comes", "joint-roads-board", str(decision), on)
    given: dict[str, Any] = {"decided": decided, "at": boards.LATER}
    version = benefits.one(actor, key).version
    return change_promise(actor=actor, benefit=key, version=version, after=WANTED, **given)


def test_one_that_is_kept_here_was_taken_for_the_agreement_on_that_day(
    secretary: Actor,
) -> None:
    frozen = saving(100_00, 200_00, 300_00, 400_00, beneficiaries=THREE)
    key = factories.running(secretary, frozen, agreement=boards.REFERENCE)
    alone = factories.running(secretary, frozen, reference="alone")
    done, undone = taken(secretary)
    for wrong, on, why in (
        (new_id(), boards.ON, "No board keeps"),
        (undone, boards.ON, "was not decided"),
        (done, date(2026, 12, 1), "was decided on 20 January 2027"),
        ("I say so", boards.ON, "Words about a decision are no ground"),
    ):
        with pytest.raises(Unsound, match=why):
            changed(secretary, key, wrong, on)
    assert changed(secretary, key, done) == changed(secretary, alone, done) == 1
    (shown,) = benefits.shown(secretary, key, boards.ON).changes
    assert shown.decision == "Promise more, 20 January 2027"
    came = governing.decision(secretary, done).outcome.came
    assert "Change 1 of" in came[0].said


def test_words_of_a_day_before_the_board_was_kept_here_still_count(secretary: Actor) -> None:
    taken(secretary)
    promised = saving(100_00, 200_00, 300_00, 400_00)
    key = factories.running(secretary, promised, agreement=boards.REFERENCE)
    with pytest.raises(Unsound, match="nobody decided on this: it stands as it does since"):
        changed(secretary, key, "SWPB-2020-9", date(2020, 6, 3))
    assert changed(secretary, key, "SWPB-2026-9", boards.AT.date() - timedelta(days=1)) == 1


def test_one_of_another_agreement_changes_nothing(secretary: Actor) -> None:
    done, _ = taken(secretary)
    said = governing.decision_fault(secretary, str(done), "another", boards.LATER)
    assert "is of another agreement" in said


def test_one_that_was_made_elsewhere_is_said_to_be(secretary: Actor) -> None:
    key = factories.running(secretary, saving(100_00, 200_00, 300_00, 400_00))
    changed(secretary, key, "SWPB-2027-3")
    (shown,) = benefits.shown(secretary, key, boards.ON).changes
    assert shown.decision == "SWPB-2027-3 (a decision outside this platform)"


def test_one_that_may_not_be_read_is_not_told(secretary: Actor) -> None:
    assert governing.decision_in_words(secretary, str(new_id())).startswith(
        "A decision of a board"
    )
