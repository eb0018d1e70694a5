"""Money on the command line."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from crossforce.finance.commands import budgets, commands
from crossforce.finance.operations.charging import YearGoesOn
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, OVER, REFERENCE, ROADS, YEAR
from crossforce.kernel.testing.cast import Cast, Player

pytestmark = pytest.mark.django_db
CSV = "reference,sort,date,force,amount,words\nGL-1,actual,2027-06-01,wiltshire,900.00,Pay\n"
OF = ("--year", str(YEAR))


@pytest.fixture
def asha(bodies: None, cast: Cast) -> Player:
    factories.agreement()
    factories.policy()
    return cast.asha("finance-officer")


def run(player: Player, *words: str) -> Result:
    done = CliRunner().invoke(commands, [*words, "--as", player.account.username])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_a_year_from_draft_to_journal(
    asha: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = run(asha, "draft", REFERENCE, ROADS, *OF, "--pounds", "1,200.00").output.strip()
    assert f"{GLOS}: £400" in run(asha, "shares", key).output
    assert run(asha, "propose", key).exit_code == 0
    assert run(asha, "open", key, "--decision", "Board 3").exit_code == 0
    assert "open" in run(asha, "budgets", "--agreement", REFERENCE).output
    assert len(run(asha, "charge", REFERENCE, "2027/28 Q1", *OF).output.split()) == 2
    (tmp_path / "lines.csv").write_text(CSV)
    assert "1 posted, 0 there already" in run(asha, "post", key, f"{tmp_path}/lines.csv").output
    assert "0 posted, 1 there already" in run(asha, "post", key, f"{tmp_path}/lines.csv").output
    with pytest.raises(YearGoesOn):
        run(asha, "settle-year", key)
    assert f"{GLOS}: £300, owes £200" in run(asha, "true-up", *OF).output
    monkeypatch.setattr(budgets, "clock", SimpleNamespace(now=lambda: OVER))
    assert "2 invoices" in run(asha, "settle-year", key).output
    assert run(asha, "invoices", "--body", f"pcc-{GLOS}").output.count("raised") == 2
    assert "entries" in run(asha, "journal", REFERENCE, f"{tmp_path}/journal.csv", *OF).output
    assert "due-from" in (tmp_path / "journal.csv").read_text("utf-8")


def test_budgets_are_brought_in_by_a_file(asha: Player, tmp_path: Path) -> None:
    file = tmp_path / "budgets.csv"
    file.write_text(f"agreement,function,year,amount\n{REFERENCE},{ROADS},2027,5\n")
    assert run(asha, "bring-in", str(file)).output == "1 drafted\n"
    file.write_text(f"agreement,function,year,amount\n{REFERENCE},dogs,2027,5\n")
    done = run(asha, "bring-in", str(file))
    assert done.exit_code == 1
    assert "Row 2, column “function”: No signed clause" in done.output


def test_a_bad_file_is_told_cell_by_cell(asha: Player, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(CSV.replace("900.00", "9.5"))
    key = factories.opened(asha.actor)
    done = run(asha, "post", str(key), f"{tmp_path}/lines.csv")
    assert done.exit_code == 1
    assert "Row 2, column “amount”: “9.5” is no sum" in done.output


def test_the_price_of_leaving(asha: Player) -> None:
    day = (factories.NOW + timedelta(days=30)).date().isoformat()
    said = run(asha, "leaving", REFERENCE, "--notice-on", day).output
    assert f"{GLOS}: £0, last day" in said


def test_a_sum_that_is_none_is_refused(asha: Player) -> None:
    done = run(asha, "draft", REFERENCE, ROADS, *OF, "--pounds", "12.5")
    assert done.exit_code == 2
    assert "Write a sum in pounds" in done.output
