"""Duties on the command line."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models
from crossforce.duty.commands import IN_PART, REFUSED, commands
from crossforce.duty.operations import MayNotImport
from crossforce.duty.queries import NoSuchDuty
from crossforce.duty.queries.exporting import SeesNone
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import NESTED, SHIFTS
from crossforce.duty.tests.factories import HERE, UNIT, entries, rows
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.people.tests.cast import made

__all__ = ["bodies", "few_bodies"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONE = factories.EARLY
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;RF;;"
DAYS = ("--first-day", "2026-11-21", "--last-day", "2026-11-21")


@ground.fixture
def asha() -> Player:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234", name="Robin Hill")
    factories.person("1235", name="Sam Lowe")
    return made(ASHA, "duty-inspector")


class Desk:
    """A folder with a mapping and an export, and somebody who types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mapping = self.holds("shifts.toml", SHIFTS)

    def holds(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def brings(self, player: Player, *lines: str, more: tuple[str, ...] = ()) -> Result:
        file = self.holds("duties.csv", rows(*lines))
        return run("import", self.mapping, file, *more, player=player)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def run(*words: str, player: Player) -> Result:
    return CliRunner().invoke(commands, [*words, "--as", player.account.username])


def entry_of(player: Player) -> UUID:
    with guarded.acting(player.actor):
        found: UUID = models.Entry.objects.get(source_reference="1").pk
    return found


class TestEntries:
    @pytest.mark.parametrize(
        ("starts_at", "says"),
        [
            ("2027-03-28T01:30", "never happens"),
            ("2026-10-25T01:30", "happens twice"),
            ("soon", "give an instant"),
        ],
    )
    def test_a_time_that_is_none_or_two_is_refused(
        self, asha: Player, starts_at: str, says: str
    ) -> None:
        times = ("--starts-at", starts_at, "--ends-at", "2027-03-28T09:00")
        done = run("add", "1234", *times, player=asha)
        assert done.exit_code == 2
        assert says in done.output


class TestChange:
    def test_says_otherwise_whatever_is_given_and_leaves_the_rest(
        self, asha: Player, desk: Desk
    ) -> None:
        desk.brings(asha, ONE)
        times = ("--ends-at", "2026-11-21T17:00", "--function", "dogs")
        words = ("--status", "4", "--location", "", "--call-sign", "XG09")
        done = run("change", str(entry_of(asha)), *times, *words, player=asha)
        assert done.exit_code == 0, done.output
        (found,) = entries(asha.actor)
        assert (found.ends_at.hour, found.function, found.status) == (17, "dogs", "4")
        assert (found.location, found.call_sign, found.unit) == ("", "XG09", UNIT)

    def test_makes_a_duty_an_absence(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        words = ("--what", "absence", "--absence", "training")
        assert run("change", str(entry_of(asha)), *words, player=asha).exit_code == 0
        assert entries(asha.actor)[0].absence == "training"

    def test_asks_what_is_to_be_changed(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        done = run("change", str(entry_of(asha)), player=asha)
        assert done.exit_code == 2
        assert "say what is to be changed" in done.output


class TestImport:
    def test_a_rehearsal_says_what_it_would_do_and_does_nothing(
        self, asha: Player, desk: Desk
    ) -> None:
        done = desk.brings(asha, ONE, TWO, more=("--rehearse",))
        assert done.exit_code == 0, done.output
        assert done.stdout == "2 read, 2 new, 0 changed, 0 cancelled, 0 same, 0 refused\n"
        assert not entries(asha.actor)
        with guarded.acting(asha.actor):
            assert not models.Import.objects.exists()

    def test_brings_in_what_the_rehearsal_said_and_keeps_the_import(
        self, asha: Player, desk: Desk
    ) -> None:
        done = desk.brings(asha, ONE, TWO)
        assert done.exit_code == 0, done.output
        assert [each.name for each in entries(asha.actor)] == ["Robin Hill", "Sam Lowe"]
        with guarded.acting(asha.actor):
            assert models.Import.objects.get().file_name == "duties.csv"
        again = desk.brings(asha, ONE, TWO).stdout
        assert "0 new, 0 changed, 0 cancelled, 2 same" in again
        assert "Its duties are in already, as they are: nothing changes." in again

    def test_a_refused_row_is_told_with_its_place_and_the_rest_come_in(
        self, asha: Player, desk: Desk
    ) -> None:
        done = desk.brings(asha, ONE, TWO.replace("1235", "9999"))
        assert done.exit_code == IN_PART
        assert "1 new" in done.stdout
        written, finding = done.stderr.splitlines()
        assert written == "rows: 1"
        assert finding.startswith("duties.csv, row 3, Collar: Nobody with the number '9999'")

    def test_a_file_that_cannot_be_trusted_brings_nothing_in(
        self, asha: Player, desk: Desk
    ) -> None:
        file = desk.holds("bad.csv", b"Nothing;Of;The;Kind\n1;2;3;4\n")
        done = run("import", desk.mapping, file, player=asha)
        assert done.exit_code == REFUSED
        assert done.stderr.startswith("bad.csv")
        assert "Shift no" in done.stderr
        assert not entries(asha.actor)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"format = ", "not TOML"),
            (b"\xff\xfe", "not UTF-8"),
            (SHIFTS.replace(b'shape = "shifts"', b'shape = "circle"'), "shape"),
        ],
    )
    def test_a_mapping_that_says_nothing_is_refused_by_name(
        self, asha: Player, desk: Desk, content: bytes, says: str
    ) -> None:
        desk.mapping = desk.holds("bad.toml", content)
        done = desk.brings(asha, ONE)
        assert done.exit_code == REFUSED
        assert done.stderr.startswith("bad.toml")
        assert says in done.stderr

    def test_a_file_that_is_not_there_is_a_mistake_in_typing(
        self, asha: Player, desk: Desk
    ) -> None:
        done = run("import", desk.mapping, str(desk.folder / "none.csv"), player=asha)
        assert done.exit_code == 2
        assert "does not exist" in done.stderr

    def test_is_for_whom_a_policy_lets(self, asha: Player, cast: Cast, desk: Desk) -> None:
        done = desk.brings(cast.cole("duty-inspector"), ONE)
        assert isinstance(done.exception, MayNotImport)
        assert not entries(asha.actor)


class TestBoard:
    def test_says_who_is_on_duty(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE, TWO)
        done = run("board", player=asha)
        assert done.exit_code == 0, done.output
        first = done.stdout.splitlines()[0]
        assert first.startswith(f"{HERE}  XG01  Robin Hill  {UNIT}  Devizes  available")
        assert f"{UNIT}: 2\n" in done.stdout

    def test_is_filtered_and_told_to_programs(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE, TWO.replace("SOU", "RPU"))
        found = json.loads(run("board", "--unit", "roads", "--json", player=asha).stdout)
        assert [each["name"] for each in found] == ["Sam Lowe"]
        assert found[0]["from"] == "2026-11-21T07:00:00+00:00"

    def test_tells_of_another_instant(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        assert "Robin Hill" in run("board", "--at", "2026-11-21T14:59", player=asha).stdout
        assert not run("board", "--at", "2026-11-21T15:00", player=asha).stdout

    @pytest.mark.parametrize("at", ["yesterday", "0001-01-01", "9999-12-31T23:59"])
    def test_refuses_an_instant_that_is_none(self, asha: Player, at: str) -> None:
        done = run("board", "--at", at, player=asha)
        assert done.exit_code == 2
        assert "give a" in done.stderr

    def test_shows_short_cover_and_the_gaps_ahead(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        factories.cover(asha.actor, minimum=2)
        done = run("board", player=asha)
        assert f"{UNIT}: 1 of 2 (short)" in done.stdout
        assert f"Gap: {UNIT} 21/11 09:00 to 21/11 15:00: 1 of 2" in done.stdout

    def test_shows_a_stranger_nothing(self, asha: Player, cast: Cast, desk: Desk) -> None:
        desk.brings(asha, ONE)
        done = run("board", player=cast.cole("duty-inspector"))
        assert not done.stdout
        assert "No clause lets you see duties of 21/11/2026 09:00" in done.stderr

    def test_says_of_the_past_from_when_a_clause_holds(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        done = run("board", "--at", "1999-01-01T07:00", player=asha)
        assert "No clause lets you see duties of 01/01/1999 07:00" in done.stderr
        assert "it holds from" in done.stderr
        assert not run("board", player=asha).stderr


@pytest.mark.usefixtures("bodies")
class TestCard:
    def test_is_read_out(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        done = run("card", str(entry_of(asha)), player=asha)
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith("At 09:00 on 21 November 2026 Robin Hill, 1234, is")
        assert "Holds to account: " in done.stdout

    def test_is_told_to_programs(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        found = json.loads(run("card", str(entry_of(asha)), "--json", player=asha).stdout)
        assert found["lines"][0]["code"] == f"chief-constable-{HERE}"
        assert all(line["ground"] for line in found["lines"])

    def test_is_not_there_for_a_stranger(self, asha: Player, cast: Cast, desk: Desk) -> None:
        desk.brings(asha, ONE)
        done = run("card", str(entry_of(asha)), player=cast.cole("duty-inspector"))
        assert isinstance(done.exception, NoSuchDuty)


class TestExport:
    def test_gives_back_what_was_brought_in(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE, TWO)
        file = desk.folder / "out.csv"
        done = run("export", desk.mapping, str(file), *DAYS, player=asha)
        assert done.exit_code == 0, done.output
        assert done.stdout == "2 duties\n"
        again = run("import", desk.mapping, str(file), player=asha)
        assert "0 new, 0 changed, 0 cancelled, 2 same, 0 refused" in again.stdout

    def test_says_which_duty_the_form_cannot_say(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        other = SHIFTS.replace(b'SOU = "tri-force-sou"', b'XX = "dogs"')
        file = desk.folder / "out.csv"
        done = run("export", desk.holds("b.toml", other), str(file), *DAYS, player=asha)
        assert done.exit_code == REFUSED
        assert UNIT in done.stderr
        assert not file.exists()

    def test_writes_the_rest_and_lists_what_the_form_cannot_say(
        self, asha: Player, desk: Desk
    ) -> None:
        desk.brings(asha, ONE, TWO)
        other = SHIFTS.replace(b'RF = "4"\n', b"")
        file = desk.folder / "out.csv"
        done = run("export", desk.holds("b.toml", other), str(file), *DAYS, player=asha)
        assert done.exit_code == IN_PART
        assert done.stdout == "1 duties\n"
        assert done.stderr.startswith("2: 1235, 21/11/2026 07:00")
        assert "1 left out" in done.stderr
        assert b"1234" in file.read_bytes()

    def test_says_that_no_duties_of_the_force_may_be_seen(
        self, asha: Player, cast: Cast, desk: Desk
    ) -> None:
        desk.brings(asha, ONE)
        file = desk.folder / "out.csv"
        done = run("export", desk.mapping, str(file), *DAYS, player=cast.bryn("duty-inspector"))
        assert done.exit_code == 1
        assert isinstance(done.exception, SeesNone)
        assert HERE in done.exception.message
        assert not file.exists()

    def test_refuses_a_folder_for_a_file(self, asha: Player, desk: Desk) -> None:
        done = run("export", desk.mapping, str(desk.folder), *DAYS, player=asha)
        assert done.exit_code == 2
        assert "directory" in done.stderr

    def test_holds_nothing_of_another_system(self, asha: Player, desk: Desk) -> None:
        desk.brings(asha, ONE)
        other = NESTED.replace(b'"gloucestershire"', f'"{HERE}"'.encode())
        file = str(desk.folder / "out.json")
        done = run("export", desk.holds("n.toml", other), file, *DAYS, player=asha)
        assert done.stdout == "0 duties\n"
