"""What is told ahead of who will govern: the day, the body, its board, in every way of asking."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.agreements import api as agreements
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.commands import commands
from crossforce.boards.queries import changing
from crossforce.boards.tests import factories, welsh
from crossforce.boards.tests.factories import REFERENCE
from crossforce.boards.tests.welsh import GROUP, JOINS, LEAVES, SOUTH, THREE
from crossforce.kernel import civil
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Member, Player
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made

__all__ = ["shipped_directory"]

pytestmark = pytest.mark.django_db
BEFORE, DURING = date(2027, 1, 20), date(2027, 2, 17)
OWN = {f"pcc-{force}" for force in THREE}


@ground.fixture
def rhian(shipped_directory: None) -> Actor:
    """Who keeps the boards, in South Wales."""
    welsh.agreement()
    factories.policy(SOUTH)
    return factories.secretary(SOUTH)


def told(found: list[changing.Stretch]) -> list[tuple[date, set[str], UUID | None]]:
    return [
        (each.on, set(each.by.bodies) if each.by else set(), each.board.pk if each.board else None)
        for each in found
    ]  # fmt: skip


def test_both_boards_know_the_days_ahead(rhian: Actor) -> None:
    own, group = welsh.boards(rhian)
    both = [(JOINS, {GROUP}, group), (LEAVES, OWN, own)]
    assert told(changing.coming(rhian, [REFERENCE], BEFORE)) == both
    assert told(changing.of_board(rhian, own, BEFORE)) == both
    assert told(changing.of_board(rhian, group, BEFORE)) == both
    assert told(changing.of_board(rhian, group, DURING)) == both[1:]
    assert changing.coming(rhian, [REFERENCE], LEAVES) == []


def test_nobody_governs_what_has_not_begun(rhian: Actor) -> None:
    first = agreed.BEGINS
    (found,) = changing.coming(rhian, [REFERENCE], first - timedelta(days=1), months=1)
    assert (found.on, set(found.by.bodies if found.by else ())) == (first, OWN)
    assert changing.standing(rhian, [REFERENCE], first - timedelta(days=1)) == []


def test_a_version_that_begins_within_a_day_counts_from_the_next(rhian: Actor) -> None:
    days = agreements.turning_days(civil.instant(LEAVES), [REFERENCE])
    assert days == {REFERENCE: frozenset({agreed.BEGINS})}


@pytest.mark.parametrize("first_day", [True, False])
def test_what_is_brought_in_unsigned_does_not_begin_on_the_next_day(
    rhian: Actor, first_day: bool
) -> None:
    recorded = welsh.recorded("old", first_day=first_day)
    noon = civil.instant(BEFORE) + timedelta(hours=12)
    agreements.record_set(actor=agreed.loader(), files={"old.toml": recorded}, at=noon)
    told_of = {each.on for each in changing.coming(rhian, ["old", REFERENCE], BEFORE)}
    assert told_of == {JOINS, LEAVES}
    found = [
        each for each in changing.coming(rhian, ["old"], BEFORE) if each.agreement == "old"
    ]
    assert [(each.on, set(each.by.bodies if each.by else ())) for each in found] == [
        (JOINS, {GROUP}),
        (LEAVES, OWN),
    ]


def test_who_may_not_know_of_the_agreement_is_told_nothing(rhian: Actor) -> None:
    stranger = factories.secretary("kent")
    assert changing.coming(stranger, [REFERENCE], BEFORE) == []


@pytest.mark.usefixtures("evening")
class TestPages:
    """The pages of a board, a meeting and a paper tell the change before it comes."""

    @pytest.fixture
    def player(self, shipped_directory: None) -> Player:
        welsh.agreement()
        factories.policy(SOUTH)
        return made(Member("Rhian Pugh", SOUTH), "programme-officer")

    def page(self, player: Player, name: str, key: UUID) -> str:
        answer = player.client.get(reverse(f"boards:{name}", args=[key]))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    def test_of_the_interface_and_the_command(self, player: Player) -> None:
        welsh.boards(player.actor)
        asked = {"agreement": REFERENCE, "on": str(BEFORE)}
        answer = player.client.get("/api/v1/boards/coming", asked)
        assert answer.status_code == 200, answer.content
        assert [(each["on"], each["bodies"]) for each in answer.json()] == [
            (str(JOINS), [GROUP]),
            (str(LEAVES), sorted(OWN)),
        ]
        user = player.account.username
        said = CliRunner().invoke(
            commands, ["coming", REFERENCE, "--as", user, "--on", str(BEFORE)]
        )
        assert f"{JOINS}  roads-policing  {GROUP}" in said.output, said.output

    def test_of_both_boards(self, player: Player) -> None:
        own, group = welsh.boards(player.actor)
        for key, first, second in ((own, "All Wales Policing Group", "This board"),
                                   (group, "This board", "Bodies of the three")):  # fmt: skip
            said = self.page(player, "board", key).split("What changes in the next")[1]
            assert re.search(rf"1 February 2027.*{first}.*1 June 2027.*{second}", said)

    def test_of_a_meeting_at_which_nobody_sits(self, player: Player) -> None:
        own, _ = welsh.boards(player.actor)
        key = factories.meeting(player.actor, own, DURING)
        said = self.page(player, "meeting", key)
        assert "On that day All Wales Policing Group governs Roads policing (clause 3" in said
        assert "of 0 seats" not in said

    def test_of_a_paper_with_the_meeting_that_it_comes_before(self, player: Player) -> None:
        own, group = welsh.boards(player.actor)
        for board, on in ((own, BEFORE), (group, DURING), (group, date(2027, 6, 16))):
            factories.meeting(player.actor, board, on)
        said = self.page(player, "paper", factories.paper(player.actor))
        said = said.split("Before whom it comes", 1)[1]
        rows = (
            "Today.*20 January 2027",
            "1 February.*17 February 2027",
            "1 June.*None is planned",
        )
        assert re.search(".*".join(rows), said)
        assert "Bodies of the three" in said.split("Decide it between meetings")[1]
        assert "All Wales" not in said.split("Decide it between meetings")[1]
