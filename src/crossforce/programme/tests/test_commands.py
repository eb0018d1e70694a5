"""The programme on the command line."""

from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.commands import commands
from crossforce.programme.commands.options import IN_PART, REFUSED
from crossforce.programme.queries import entries, projects
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, FULL, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    factories.policy()
    return cast.asha("programme-officer")


def run(player: Player, *words: str | Path | UUID) -> Result:
    told = CliRunner().invoke(commands, [*map(str, words), "--as", player.account.username])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told


def test_a_register_is_brought_in_listed_and_written(asha: Player, tmp_path: Path) -> None:
    sheet = tmp_path / "register.csv"
    sheet.write_text("Reference,Title,Stage,Function\nW-1,Dogs,idea,dogs\nW-2,=1,idea,\n")
    assert run(asha, "import", sheet, "--rehearse").exit_code == REFUSED
    assert "held back 1" in run(asha, "import", sheet).output
    told = run(asha, "import", sheet, "--in-part")
    assert told.exit_code == IN_PART
    assert "new 1, changed 0" in told.output
    assert "W-1  Dogs  (idea, wiltshire)" in run(asha, "register").output
    written = tmp_path / "out.xlsx"
    run(asha, "register", "--to", written)
    assert run(asha, "import", written).exit_code == 0
    assert run(asha, "register", "--to", tmp_path / "out.pdf").exit_code == 2
    sheet.write_bytes(b"\0")
    assert run(asha, "import", sheet).exit_code == REFUSED
    assert "register  register.csv  (you, wiltshire; new 1" in run(asha, "imports").output
    run(asha, "imports", "--to", tmp_path / "imports.csv")
    assert run(asha, "imports", "--to", tmp_path / "imports.csv").exit_code == 2
    run(asha, "calendar", "--to", tmp_path / "comes.CSV")
    assert "What,Sort,Day or instant" in (tmp_path / "comes.CSV").read_text()
    lines = (tmp_path / "imports.csv").read_text().splitlines()
    assert [each.split(",")[7:9] for each in lines if "register.csv" in each] == [
        ["refused", "0"], ["in-part", "1"], ["refused", "0"],
    ]  # fmt: skip


def test_entries_are_looked_at_moved_and_compared(asha: Player) -> None:
    key = factories.entry(asha.actor, entered_on=day(-400))
    factories.entry(asha.actor, "W-2", title="The joint dog section")
    assert "days overdue" in run(asha, "chase").output
    assert "both are of dogs" in run(asha, "alike").output
    run(asha, "look", key)
    run(asha, "move", key, "scoping")
    assert entries.one(asha.actor, key).stage == "scoping"
    assert "W-1" not in run(asha, "chase").output


def test_projects_are_told_and_moved(asha: Player) -> None:
    key = factories.project(asha.actor, **FULL)
    factories.milestone(asha.actor, "M1", -60)
    assert run(asha, "projects").output.startswith("Red ")
    assert "Red      M1" in run(asha, "project", key).output
    told = run(asha, "dashboard").output
    assert "1 project: Red 1" in told
    assert "Money, 2026/27: no budget that you may see" in told
    assert "The register: no entry that you may see" in told
    run(asha, "move-project", key, "business-case", "--decision", "Board 1")
    assert projects.one(asha.actor, key).state == "business-case"


def test_trials_and_reviews_are_decided(asha: Player) -> None:
    key = factories.project(asha.actor, trial_from=day(-9), trial_to=day(9))
    run(asha, "decide-trial", key, "--decision", "Board 2", "--to", str(day(90)))
    assert projects.one(asha.actor, key).trial_to == day(90)
    run(asha, "decide-trial", key, "--decision", "Board 3")
    assert projects.one(asha.actor, key).trial_adopted_on == day(0)
    review = run(asha, "plan-review", "Intelligence unit", "wiltshire").output.strip()
    run(asha, "move-review", review, "gathering")
    assert "gathering Intelligence unit" in run(asha, "reviews").output
