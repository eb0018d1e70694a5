"""Money on the command line."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from crossforce.finance import commands as room
from crossforce.finance.commands import commands, invoicing, years
from crossforce.finance.operations.budgets import NotInState
from crossforce.finance.operations.charging import YearGoesOn
from crossforce.finance.operations.invoices import NotSo
from crossforce.finance.operations.items import Unsound
from crossforce.finance.queries.forecasting import NoForecast
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, NOW, OVER, REFERENCE, ROADS, YEAR
from crossforce.kernel.testing.cast import Player

pytestmark = pytest.mark.django_db
CSV = "reference,sort,date,force,amount,words\nGL-1,actual,2027-06-01,wiltshire,900.00,Pay\n"
OF = ("--year", str(YEAR))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.pinned(monkeypatch, room)


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
    (invoice, _) = run(asha, "charge", REFERENCE, "2027/28 Q1", *OF).output.split()
    paper = tmp_path / "invoice.pdf"
    assert "£100, due on " in run(asha, "invoice-paper", invoice, str(paper)).output
    assert paper.read_bytes().startswith(b"%PDF")
    (tmp_path / "lines.csv").write_text(CSV)
    assert "1 posted, 0 there already" in run(asha, "post", key, f"{tmp_path}/lines.csv").output
    assert "0 posted, 1 there already" in run(asha, "post", key, f"{tmp_path}/lines.csv").output
    with pytest.raises(YearGoesOn):
        run(asha, "settle-year", key)
    assert f"{GLOS}: £300, owes £200" in run(asha, "true-up", *OF).output
    monkeypatch.setattr(years, "clock", SimpleNamespace(now=lambda: OVER))
    assert "2 invoices" in run(asha, "settle-year", key).output
    told = run(asha, "year-end", key).output
    assert "done   The year is settled" in told
    assert (
        "to do  Invoices are sent: 0 of 4. Raised: 2 of instalments, 2 of the true-up." in told
    )
    assert f"{GLOS}: £300, in kind £0, to pay £300, borne £300, owes £0" in told
    assert run(asha, "invoices", "--body", f"pcc-{GLOS}").output.count("raised") == 2
    assert "entries" in run(asha, "journal", REFERENCE, f"{tmp_path}/journal.csv", *OF).output
    journal = (tmp_path / "journal.csv").read_text("utf-8")
    assert journal.startswith("\ufeffMarking,reference,")
    assert "due-from" in journal
    for words, says in (
        (["budgets", "--state", "closed"], ROADS),
        (["lines", key], "GL-1"),
        (["invoices", "--state", "raised"], f"pcc-{GLOS}"),
        (["true-up", *OF], "Still owed in pence"),
    ):
        file = tmp_path / f"out-{words[0]}.csv"
        assert run(asha, *words, "--to", str(file)).output == ""
        assert file.read_text("utf-8").startswith("\ufeffMarking,")
        assert says in file.read_text("utf-8")
    assert run(asha, "budgets", "--state", "shut").exit_code == 2


def test_invoices_are_withdrawn_sent_and_settled(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (years, invoicing):
        monkeypatch.setattr(module, "clock", SimpleNamespace(now=lambda: NOW))
    key = factories.opened(asha.actor)
    first, _ = run(asha, "charge", REFERENCE, "2027/28 Q1", *OF).output.split()
    debtor = run(asha, "invoice", first).output.split(" to ")[1].split()[0]
    assert "withdrawn" in run(asha, "withdraw", first, "--why", "Wrong address").output
    (again,) = run(asha, "charge", REFERENCE, "2027/28 Q1", *OF).output.split()
    assert "v2  sent" in run(asha, "send", again).output
    with pytest.raises(NotSo, match="is sent"):
        run(asha, "withdraw", again, "--why", "Too late")
    said = run(asha, "invoices", "--state", "sent", "--body", debtor, *OF).output
    assert said.startswith(f"{again} v2  sent")
    monkeypatch.setattr(invoicing, "clock", SimpleNamespace(now=lambda: OVER))
    paid = ("--on", "2027-05-01", "--reference", "BACS 1")
    assert f"{debtor} pays pcc-wiltshire £83,333.3" in run(asha, "settle", again, *paid).output
    assert "settled on 2027-05-01 by BACS 1" in run(asha, "invoice", again).output
    assert run(asha, "settle", again, "--on", "1 May", "--reference", "B").exit_code == 2
    assert f"{GLOS}: £333,333.33" in run(asha, "shares", str(key)).output


def test_lines_are_added_listed_and_taken_back(asha: Player) -> None:
    key = str(factories.opened(asha.actor))
    words = ("--on", "2027-06-01", "--force", GLOS, "--words", "Fuel", "--reference", "GL-9")
    line = run(asha, "add-line", key, "actual", "--pounds", "12.50", *words).output.strip()
    again = run(asha, "add-line", key, "actual", "--pounds", "12.50", *words)
    assert again.output == "there already\n"
    assert "£12.50  GL-9  Fuel" in run(asha, "lines", key).output
    back = run(asha, "take-back", line, "--why", "Twice").output.strip()
    told = run(asha, "lines", key).output.splitlines()
    assert told[0].startswith(line)
    assert told[0].endswith("Fuel taken back")
    assert told[1].startswith(back)
    assert told[1].endswith("Twice takes another back")
    early = run(asha, "forecast", key, "--on", "2027-04-01")
    assert "as-budgeted: £1,000,000" in early.output
    with pytest.raises(NoForecast, match="Nothing is closed yet"):
        run(asha, "forecast", key, "--rule", "as-so-far", "--on", "2027-04-02")


def test_a_draft_changes_and_goes_back(asha: Player) -> None:
    key = str(factories.drafted(asha.actor))
    run(asha, "change", key, "--pounds", "6.00", "--rhythm", "month")
    assert f"{GLOS}: £2," in run(asha, "shares", key).output
    run(asha, "propose", key)
    run(asha, "redraft", key)
    assert "v4  draft" in run(asha, "budgets").output
    with pytest.raises(NotInState, match="Only an open budget is shared anew"):
        run(asha, "share-anew", key)


def test_items_are_entered_changed_and_ended(asha: Player, tmp_path: Path) -> None:
    lease = (
        "contract",
        "LEASE",
        "Twelve cars",
        "--pounds",
        "100.00",
        "--ends-on",
        "2031-01-01",
    )
    key = run(asha, "add-item", REFERENCE, *lease, "--break-pounds", "9.00").output.strip()
    assert "£100, £9 to break it" in run(asha, "items", REFERENCE).output
    run(asha, "change-item", key, "--pounds", "200.00", "--without", "break-pounds")
    assert "LEASE  £200  - until before 2031-01-01" in run(asha, "items", REFERENCE).output
    with pytest.raises(Unsound, match="has the day after its last one"):
        run(asha, "change-item", key, "--without", "ends-on")
    run(asha, "end-item", key, "--on", "2030-01-01")
    assert "until before 2030-01-01" in run(asha, "items", REFERENCE).output
    file = tmp_path / "settlement.pdf"
    notice = ("--notice-on", "2027-01-01")
    said = run(asha, "settlement", REFERENCE, GLOS, str(file), *notice).output
    assert said.startswith(f"{GLOS}: £")
    pence = said.split("£")[1].split(",")[0].replace(".", "")
    for words, says in (
        (["items", REFERENCE], "contract,LEASE,Twelve cars,20000,,2030-01-01,"),
        (["leaving", REFERENCE, *notice], f"{GLOS},2028-03-31,{pence}"),
        (
            ["leaving", REFERENCE, *notice, "--by-part"],
            f"{GLOS},contract-break,LEASE,Twelve cars,",
        ),
    ):
        table = tmp_path / f"{len(words)}.csv"
        assert run(asha, *words, "--to", str(table)).output == ""
        assert f"\nOFFICIAL-SENSITIVE,{says}" in table.read_text("utf-8").replace("\r", "")
    assert file.read_bytes().startswith(b"%PDF")
    refused = run(asha, "leaving", REFERENCE, "--by-part")
    assert (refused.exit_code, "--to" in refused.output) == (2, True)


def test_budgets_are_brought_in_by_a_file(asha: Player, tmp_path: Path) -> None:
    file = tmp_path / "budgets.csv"
    file.write_text(f"agreement,function,year,amount\n{REFERENCE},{ROADS},2027,5\n")
    assert run(asha, "bring-in", str(file)).output == "1 drafted, 0 as they were\n"
    file.write_text(f"agreement,function,year,amount\n{REFERENCE},dogs,2027,5\n")
    done = run(asha, "bring-in", str(file))
    assert done.exit_code == 1
    assert "B2: No signed clause" in done.output


def test_a_bad_file_is_told_cell_by_cell(asha: Player, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(CSV.replace("900.00", "9.555"))
    key = factories.opened(asha.actor)
    done = run(asha, "post", str(key), f"{tmp_path}/lines.csv")
    assert done.exit_code == 1
    assert "E2 holds 9.555, which is not whole pennies" in done.output


def test_the_price_of_leaving(asha: Player) -> None:
    day = (factories.NOW + timedelta(days=30)).date().isoformat()
    said = run(asha, "leaving", REFERENCE, "--notice-on", day).output
    assert f"{GLOS}: £0, last day" in said


def test_a_sum_that_is_none_is_refused(asha: Player) -> None:
    done = run(asha, "draft", REFERENCE, ROADS, *OF, "--pounds", "12.5")
    assert done.exit_code == 2
    assert "Write a sum in pounds" in done.output
