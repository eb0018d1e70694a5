"""Units of which a board shows a part, or nobody: it says so, and nothing of it looks as if all were well."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from crossforce.agreements import operations as agreements
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import queries
from crossforce.duty.choices import COVER
from crossforce.duty.operations.cover import NewCover, set_cover
from crossforce.duty.queries import Filter
from crossforce.duty.queries.cover import shortfalls
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS, described
from crossforce.duty.tests.factories import HERE, PARTNER, UNIT, brought_in, rows
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.people.tests import factories as people
from crossforce.register.jobs import publish_missing

__all__ = ["bodies", "few_bodies"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "bodies")]
SHARED = f"{agreed.REFERENCE}-unit"
CHIEF = f"chief-constable-{HERE}"
AT = agreed.LATER + timedelta(hours=9)
ASKED = {"on": f"{AT:%Y-%m-%d}", "time": f"{AT:%H:%M}"}
DUTY = "7;1234;15/01/2027;07:00;15:00;SOU;XG01;Devizes;AV;;"


@pytest.fixture
def asha(cast: Cast) -> Player:
    """Who sees all of a unit that two forces share by an agreement, with one on duty of three who are needed."""
    agreed.in_force((HERE, PARTNER))
    people.joint_unit(SHARED, agreed.REFERENCE)
    factories.policy(HERE, PARTNER)
    share((PARTNER, HERE))
    factories.person("1234")
    player = cast.asha("duty-inspector")
    brought_in(player.actor, rows(DUTY), described(SHIFTS, (UNIT, SHARED)))
    wanted(player, 3)
    return player


def wanted(player: Player, minimum: int) -> None:
    new = NewCover(SHARED, "", "1234567", time(7), time(7), minimum)
    set_cover(actor=player.actor, new=new, at=factories.AT)


def share(*pairs: tuple[str, str], **more: Any) -> None:
    factories.sharing(*pairs, collection=f"unit:{SHARED}", **more)


def board(player: Player, **asked: str) -> queries.Board:
    return queries.on_duty(player.actor, AT, Filter(**asked))


def count(found: queries.Board) -> queries.Count:
    return next(each for each in found.counts if (each.unit, each.function) == (SHARED, ""))


def tiles(player: Player, **asked: str) -> tuple[str, list[str]]:
    """The board's page as text, and how each figure of cover is drawn."""
    said = player.client.get("/duty/", ASKED | asked).content.decode()
    return " ".join(said.split()), re.findall(r'class="cf-cover__unit ?([^"]*)"', said)


def suspended(player: Player) -> datetime:
    """As it is when a party suspends the agreement: its clauses give no sight of the other force's people."""
    agreements.suspend(
        actor=agreed.party(CHIEF), reference=agreed.REFERENCE, organisation=CHIEF,
        reason="A breach", at=agreed.LATER,
    )  # fmt: skip
    share()
    return agreed.LATER


class TestSuspended:
    def test_says_by_whom_and_since_when_and_tells_no_figure(self, asha: Player) -> None:
        before = board(asha)
        assert (count(before).has, count(before).is_short, before.suspended) == (1, True, {})
        assert before.gaps
        assert tiles(asha)[1] == ["cf-cover__unit--short"]
        since = suspended(asha)
        found = board(asha)
        told = found.suspended[SHARED]
        assert (told.by, told.since, found.hidden) == (CHIEF, since, [SHARED])
        assert (count(found).is_part, count(found).is_short, found.gaps) == (True, False, [])
        said, drawn = tiles(asha)
        assert drawn == ["cf-cover__unit--part"]
        assert (
            "Joint roads policing is suspended by Chief Constable of Wiltshire Police" in said
        )
        assert "since 15 January 2027, 00:00" in said
        assert " short " not in said
        ahead = shortfalls(asha.actor, AT, 1, Filter())
        assert (ahead.gaps, ahead.hidden) == ([], [SHARED])

    def test_says_so_where_nobody_is_shown(self, asha: Player) -> None:
        suspended(asha)
        later: Any = {"on": "2027-01-15", "time": "18:00", "unit": SHARED}
        said = tiles(asha, **later)[0]
        assert "is suspended by Chief Constable of Wiltshire Police" in said
        assert "You see nobody of" not in said

    def test_says_so_over_the_api(self, asha: Player) -> None:
        suspended(asha)
        sent: Any = asha.client.get("/api/v1/duty/board", {"at": AT.isoformat()}).json()
        assert sent["suspended"][SHARED]["by"] == CHIEF, sent
        assert sent["hidden"] == [SHARED]


class TestPart:
    def test_is_never_drawn_as_covered(self, asha: Player) -> None:
        share()
        found = board(asha)
        assert (count(found).is_part, count(found).is_short, found.gaps) == (True, False, [])
        said, drawn = tiles(asha)
        assert drawn == ["cf-cover__unit--part"]
        assert "You see part of this unit" in said
        assert "because you may not see the duties of every force that takes part" in said

    def test_cover_that_may_not_be_read_is_not_taken_for_none(
        self, asha: Player, cast: Cast
    ) -> None:
        bryn = cast.bryn("duty-inspector")
        share((HERE, PARTNER))
        assert not count(board(bryn)).is_told
        said, drawn = tiles(bryn)
        assert drawn == ["cf-cover__unit--part"]
        assert "Its minimum cover may not be seen by you" in said
        assert "No minimum set" not in said
        share((HERE, PARTNER), kinds=(COVER,), reference="cover")
        assert tiles(bryn)[1] == ["cf-cover__unit--short"]


class TestClosed:
    def test_says_whose_unit_it_is_and_whose_duties_are_not_read(
        self, asha: Player, cast: Cast
    ) -> None:
        bryn = cast.bryn("duty-inspector")
        found = board(bryn, unit=SHARED).closed
        assert found is not None
        assert (set(found.forces), found.unread) == ({HERE, PARTNER}, [HERE])
        said = tiles(bryn, unit=SHARED)[0]
        assert "It is a unit of Joint roads policing" in said
        assert "lets you see the duties of Wiltshire Police there" in said
        share((HERE, PARTNER))
        assert board(bryn, unit=SHARED).closed is None
        assert "You see nobody" not in tiles(bryn, unit=SHARED)[0]

    def test_a_stranger_learns_no_more_than_the_register_tells_all(
        self, asha: Player, cast: Cast
    ) -> None:
        cole = cast.cole("duty-inspector")
        with pytest.raises(queries.NoSuchFilter):
            board(cole, unit=SHARED)
        publish_missing(AT)
        found = board(cole, unit=SHARED)
        assert found.closed is not None
        assert set(found.closed.unread) == {HERE, PARTNER}
        assert "You see nobody of" in tiles(cole, unit=SHARED)[0]


class TestNothingNoted:
    def test_is_not_taken_for_being_shut_out(self, cast: Cast) -> None:
        factories.policy(PARTNER)
        bryn = cast.bryn("duty-inspector")
        assert board(bryn).reaches
        assert queries.timeline(bryn.actor, AT, Filter()).reaches
        assert "You may see duties: none covers this instant" in tiles(bryn)[0]
        assert not board(cast.cole("duty-inspector")).reaches
