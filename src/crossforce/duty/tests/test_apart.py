"""Units of which a board shows a part, or nobody: it says so, and nothing of it looks as if all were well."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from crossforce.agreements import api as agreements_api
from crossforce.agreements import operations as agreements
from crossforce.agreements.choices import State
from crossforce.agreements.queries import in_force
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import queries
from crossforce.duty.choices import COVER
from crossforce.duty.operations.cover import NewCover, set_cover
from crossforce.duty.queries import Filter, ahead, whole
from crossforce.duty.queries.cover import shortfalls
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS, described
from crossforce.duty.tests.factories import HERE, PARTNER, UNIT, brought_in, rows
from crossforce.duty.views import drawing
from crossforce.insight import api as insight
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.organisations import directory
from crossforce.people.tests import cast as company
from crossforce.people.tests import factories as people
from crossforce.records.tests.factories import LONG_AGO
from crossforce.register.jobs import publish_missing

__all__ = ["bodies", "few_bodies"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "bodies")]
SHARED = f"{agreed.REFERENCE}-unit"
CHIEF = f"chief-constable-{HERE}"
AT = agreed.LATER + timedelta(hours=9)
ASKED = {"on": f"{AT:%Y-%m-%d}", "time": f"{AT:%H:%M}"}
DUTY = "7;1234;15/01/2027;07:00;15:00;SOU;XG01;Devizes;AV;;"


@ground.fixture
def two_forces(bodies: None) -> None:
    """They share a unit by an agreement."""
    agreed.in_force((HERE, PARTNER))
    people.joint_unit(SHARED, agreed.REFERENCE)
    factories.policy(HERE, PARTNER)
    share((PARTNER, HERE))
    factories.person("1234")


@ground.fixture
def asha(two_forces: None) -> Player:
    """Who sees all of a unit that two forces share, with one on duty of three who are needed."""
    player = company.made(ASHA, "duty-inspector")
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


class TestCommanding:
    """While an agreement is suspended, its unit is still known, and each is under their own chief officer."""

    def test_the_unit_says_who_suspended_it_and_what_holds_meanwhile(
        self, asha: Player
    ) -> None:
        suspended(asha)
        assert [each.is_suspended for each in queries.units(asha.actor, AT)] == [True]
        found = queries.unit_card(asha.actor, SHARED, AT)
        assert found.suspended is not None
        assert found.suspended.by == CHIEF
        commanders = {row.force: row.lines[0] for row in found.staffing}
        assert {force: line.code for force, line in commanders.items()} == {
            force: f"chief-constable-{force}" for force in (HERE, PARTNER)
        }
        assert (
            "Joint roads policing is suspended, and its clauses say" in commanders[HERE].ground
        )
        answer = asha.client.get(f"/duty/commands/{SHARED}/", ASKED)
        said = " ".join(answer.content.decode().split())
        assert answer.status_code == 200
        assert "is suspended by Chief Constable of Wiltshire Police since 15 January" in said
        sent: Any = asha.client.get(
            f"/api/v1/duty/card/unit/{SHARED}", {"at": AT.isoformat()}
        ).json()
        assert sent["suspended"]["by"] == CHIEF
        assert ">Suspended<" in asha.client.get("/duty/commands/", ASKED).content.decode()

    def test_one_that_is_acted_on_goes_before_one_that_is_suspended(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where two agreements have made a unit of one code."""
        (stands,) = in_force.standing(AT, [agreed.REFERENCE])
        before = replace(stands, reference="a-former-one", state=State.SUSPENDED)
        monkeypatch.setattr(agreements_api, "standing", lambda *_: [before, stands])
        found = queries.unit_card(asha.actor, SHARED, AT)
        assert (found.reference, found.suspended) == (agreed.REFERENCE, None)
        assert [each.is_suspended for each in queries.units(asha.actor, AT)] == [False]
        assert not whole.shared({SHARED}, AT)[SHARED].is_suspended
        monkeypatch.setattr(agreements_api, "standing", lambda *_: [stands, before])
        assert not whole.shared({SHARED}, AT)[SHARED].is_suspended

    def test_so_does_the_card_of_one_of_its_people(self, asha: Player) -> None:
        before = queries.card(asha.actor, board(asha).rows[0].entry.pk, AT)
        assert (before.suspended, before.lines[0].reference) == (None, agreed.REFERENCE)
        suspended(asha)
        found = queries.card(asha.actor, board(asha).rows[0].entry.pk, AT)
        assert found.suspended is not None
        assert (found.commander, found.lines[0].reference) == (f"chief-constable-{HERE}", "")
        assert "Joint roads policing is suspended" in found.sentence
        address = f"/duty/card/{board(asha).rows[0].entry.pk}/"
        said = asha.client.get(address, ASKED).content.decode()
        assert 'id="suspended"' in said


class TestLooking:
    PAGES = (
        "",
        "cover/",
        "cover/set/",
        "entries/add/",
        "hours/",
        "requalification/",
        "commands/",
    )

    def test_makes_no_scope_and_tells_what_the_second_look_tells(
        self, asha: Player, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bryn = cast.bryn("duty-inspector")
        share((HERE, PARTNER), (PARTNER, HERE))
        share((HERE, PARTNER), kinds=(COVER,), reference="cover")
        guarded.forget_scopes()
        monkeypatch.setattr(guarded, "_source", [made])
        found = [count(board(each)) for each in (asha, bryn)]
        assert [(each.is_told, each.is_part, each.minimum) for each in found] == [
            (True, False, 3),
            (True, False, 3),
        ]
        for address in self.PAGES:
            assert asha.client.get(f"/duty/{address}").status_code == 200, address
        assert [count(board(each)) for each in (asha, bryn)] == found


def made(of: guarded.ScopeOf) -> int:
    raise AssertionError(of)


class TestSightThatEnds:
    def test_says_until_when_gaps_are_told(self, asha: Player) -> None:
        ends = AT + timedelta(hours=5)
        share((PARTNER, HERE), holds=Period(LONG_AGO, ends))
        found = board(asha)
        assert (found.told_until, found.hidden) == ({SHARED: ends}, [])
        assert [(gap.ends_at, gap.is_open) for gap in found.gaps] == [(ends, True)]
        later = shortfalls(asha.actor, AT, 7, Filter())
        assert (later.told_until, later.hidden) == ({SHARED: ends}, [])
        assert "gaps are told until 15 January 2027, 14:00" in tiles(asha)[0]
        days = {"days": 62}
        assert "gaps are told until" in asha.client.get("/duty/cover/", days).content.decode()
        sent: Any = asha.client.get("/api/v1/duty/cover", days).json()
        assert sent["told_until"] == {SHARED: "2027-01-15T14:00:00Z"}

    def test_where_it_ends_too_often_the_rest_is_not_told(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cuts = [AT + timedelta(minutes=number) for number in range(1, 1000)]
        monkeypatch.setattr(insight, "endings", lambda *_: cuts)
        monkeypatch.setattr(ahead, "MOST_PARTS", 3)
        found = board(asha)
        assert found.told_until == {SHARED: cuts[3]}
        assert [(gap.ends_at, gap.is_open) for gap in found.gaps] == [(cuts[3], True)]


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

    def test_is_said_to_be_of_one_force_to_whoever_asked_for_one(self, asha: Player) -> None:
        said, drawn = tiles(asha, force=HERE)
        assert drawn == ["cf-cover__unit--part"]
        assert "Of the one force that you asked for" in said
        assert "You see part of this unit" not in said

    @pytest.mark.parametrize(
        ("codes", "words"),
        [
            ([HERE], ""),
            ([HERE, PARTNER], ", of 2 forces"),
            ([HERE, "hm-revenue-and-customs"], ", of 1 force and 1 partner"),
        ],
    )
    def test_a_partner_is_no_force(
        self, monkeypatch: pytest.MonkeyPatch, codes: list[str], words: str
    ) -> None:
        monkeypatch.setattr("crossforce.organisations.api.directory", directory.shipped)
        board_: Any = SimpleNamespace(forces=codes)
        nothing: Any = None
        assert drawing.Shown(nothing, board_, nothing).whose == words


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
