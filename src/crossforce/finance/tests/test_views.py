"""The finance officer's pages: from the draft of a budget to the payment, and who is kept out."""

import html
import io
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from crossforce.access.operations import put_grants
from crossforce.finance import views
from crossforce.finance.choices import ITEM
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import (
    AVON,
    GLOS,
    NOW,
    OVER,
    REFERENCE,
    ROADS,
    WILTS,
    YEAR,
    line,
)
from crossforce.finance.views import budgets, invoices, leaving, tables, yearend
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.records import api as records
from crossforce.records.tests.factories import grant

pytestmark = pytest.mark.django_db
CSV = """reference,sort,date,force,amount,words
GL-1,actual,2027-06-01,wiltshire,"1,000,000.00",Pay
GL-2,in-kind,01/07/2027,gloucestershire,2500,A garage
"""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.pinned(monkeypatch, views)


def send(player: Player, name: str, *args: Any, **given: Any) -> Any:
    address = reverse(f"finance:{name}", args=args)
    return player.client.post(address, {"idempotency_key": str(new_id()), **given})


def seen(player: Player, name: str, *args: Any, **asked: Any) -> str:
    answer = player.client.get(reverse(f"finance:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content.decode()
    return bytes(answer.getvalue()).decode()


def test_a_year_from_its_draft_to_its_last_payment(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reverse("finance:budget-add") + f"?agreement={REFERENCE}"
    assert "Roads policing" in asha.client.get(page).content.decode()
    form = {
        "idempotency_key": str(new_id()), "function": ROADS, "year": YEAR, "pence": "£1,200,000",
        "rhythm": "quarter", "spread": "alike",
    }  # fmt: skip
    answer = asha.client.post(page, form)
    assert answer.status_code == 302, answer.content.decode()
    key = answer.headers["Location"].split("/")[-2]
    assert "£400,000" in seen(asha, "budget", key)
    assert send(asha, "budget-propose", key, version=1).status_code == 302
    assert send(asha, "budget-open", key, version=2, decision="Board 3").status_code == 302
    said = seen(asha, "budget", key)
    assert "clause 5" in said
    assert "2027/28 Q1: £200,000" in said
    assert send(asha, "instalments", key, part="2027/28 Q1").status_code == 302
    file = SimpleUploadedFile("lines.csv", CSV.encode())
    assert send(asha, "lines-bring-in", key, file=file).status_code == 302
    assert "A garage" in seen(asha, "lines", key)
    assert "GL-1" in seen(asha, "lines", key, format="csv")
    assert "To do" in seen(asha, "year-end", key)
    monkeypatch.setattr(yearend, "clock", SimpleNamespace(now=lambda: OVER))
    assert "Settle the year" in seen(asha, "year-end", key)
    answer = send(asha, "year-settle", key, version=3)
    assert answer.status_code == 302, answer.content.decode()
    assert "Nothing is owed any more" in seen(asha, "year-end", key)
    said = seen(asha, "invoices", agreement=REFERENCE, year=YEAR)
    assert said.count("Raised</strong>") == 4
    sent = [
        row.split("/")[0] for row in said.split("/finance/invoices/")[1:] if row[0].isdigit()
    ]
    for invoice in dict.fromkeys(sent):
        assert send(asha, "invoice-send", invoice, version=1).status_code == 302
    assert "Settle invoices" in seen(asha, "invoices")
    told = "".join(seen(asha, "invoice", each) for each in sent)
    assert [each in told for each in ("2027/28 Q1", "is of what was spent")] == [True, True]
    assert seen(asha, "invoices-settle", agreement="another").count("checkboxes__item") == 0
    late = OVER + timedelta(days=30)
    monkeypatch.setattr(invoices, "clock", SimpleNamespace(now=lambda: late))
    both = [e for e in dict.fromkeys(sent) if GLOS.capitalize() in seen(asha, "invoice", e)]
    day = {"on-day": "1", "on-month": "5", "on-year": "2028"}
    answer = send(asha, "invoices-settle", chosen=both, reference="BACS 1", **day)
    assert answer.status_code == 302, answer.content.decode()
    assert re.search("\nOFFICIAL-SENSI.*shared-cost", seen(asha, "journal", REFERENCE, YEAR))
    assert "pcc-gloucestershire" in seen(asha, "invoices", format="csv")
    assert "Still owed" in seen(asha, "year", YEAR, format="csv")
    assert "Roads policing" in seen(asha, "budgets", format="csv")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a;b\n", "No row has the headings of the table"),
        (CSV.replace("reference,", "").encode(), "has no heading &#39;Reference&#39;"),
        (CSV.replace("1,000,000.00", "12.505").encode(), "E2 holds 12.505, which is not whole"),
        (CSV.replace("01/07/2027", "7 July").encode(), "C3: &#39;7 July&#39; is not a date"),
        (CSV.replace("in-kind", "gift").encode(), "B3: &#39;gift&#39; is not known under Sort"),
        (CSV.replace("Pay", "").encode(), "F2 is empty"),
        (CSV.replace('"1,000,000.00"', "=SUM(A1)").encode(), "E2 holds a formula"),
        (CSV.replace("wiltshire", "narnia").encode(), "D2: &#39;narnia&#39; is not known"),
        (
            CSV.replace("wiltshire", "dorset").encode(),
            "D2: “dorset” does not share this cost",
        ),
        (
            CSV.replace("Pay", "Unquoted, comma").encode(),
            "G2 holds something and has no heading",
        ),
        (b"\xff\xfe\x00", "neither UTF-8"),
        (CSV.splitlines()[0].encode(), "no row below the heading"),
        (b'"reference"x,sort\n', "Row 1 is not CSV"),
        (CSV.replace("words", "words,words").encode(), "F1 and G1 are both headings of Words"),
        (CSV.replace("Pay", "Pay\0").encode(), "zero bytes"),
        (CSV.replace("1,000,000.00", "1" * 20).encode(), "E2 is more than there is"),
    ],
)
def test_of_a_bad_file_nothing_is_posted(asha: Player, content: bytes, says: str) -> None:
    key = factories.opened(asha.actor)
    answer = send(asha, "lines-bring-in", key, file=SimpleUploadedFile("lines.csv", content))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "No lines yet" in seen(asha, "lines", key)


def test_budgets_are_brought_in_by_a_file(asha: Player) -> None:
    text = f"agreement,function,year,amount\n{REFERENCE},{ROADS},2027,5.00\n"
    assert "Bring budgets in" in seen(asha, "budgets")
    assert "with the columns agreement" in seen(asha, "budgets-bring-in")
    file = SimpleUploadedFile("budgets.csv", text.replace(ROADS, "dogs").encode())
    answer = send(asha, "budgets-bring-in", file=file)
    assert answer.status_code == 422
    assert "B2: No signed clause" in answer.content.decode()
    file = SimpleUploadedFile("budgets.csv", text.encode())
    assert send(asha, "budgets-bring-in", file=file).status_code == 302
    assert "£5" in seen(asha, "budgets")


def test_lines_of_a_workbook_are_posted_by_the_names_of_forces(asha: Player) -> None:
    key, book = factories.opened(asha.actor), io.BytesIO()
    sheet = Workbook()
    page: Any = sheet.active
    page.append(["Reference", "Sort", "Date", "Force", "Amount", "Words"])
    page.append(["GL-9", "actual", date(2027, 6, 1), "Wiltshire Police", 12.5, "Fuel"])
    sheet.save(book)
    file = SimpleUploadedFile("lines.xlsx", book.getvalue())
    assert send(asha, "lines-bring-in", key, file=file).status_code == 302
    assert "£12.50" in seen(asha, "lines", key)


def test_lines_of_a_file_may_end_and_break_in_any_way(asha: Player) -> None:
    key = factories.opened(asha.actor)
    text = CSV.replace("A garage", '"A garage\nwith a yard"').replace("\n", "\r\n")
    file = SimpleUploadedFile("lines.csv", text.encode())
    assert send(asha, "lines-bring-in", key, file=file).status_code == 302
    assert "A garage\nwith a yard" in seen(asha, "lines", key, format="csv")


def test_what_is_typed_wrongly_is_told_at_its_field(asha: Player) -> None:
    key = factories.opened(asha.actor)
    day = {"on-day": "1", "on-month": "6", "on-year": "2027"}
    wrong = {"sort": "actual", "pence": "12.5", "party": "wiltshire", "words": "Fuel", **day}
    answer = send(asha, "line-add", key, **wrong)
    assert answer.status_code == 422
    assert "Write a sum in pounds as 1234.56" in answer.content.decode()
    answer = send(asha, "line-add", key, **wrong | {"pence": "9" * 20})
    assert "No single sum is larger" in answer.content.decode()
    assert send(asha, "line-add", key, **wrong | {"pence": "12.50"}).status_code == 302
    said = seen(asha, "lines", key)
    line = said.split("/finance/lines/")[1].split("/")[0]
    assert send(asha, "line-back", line, words="Twice").status_code == 302
    assert "Takes another back" in seen(asha, "lines", key)


def test_a_list_asks_the_database_as_often_for_many_as_for_few(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(name: str) -> int:
        seen(asha, name)
        with CaptureQueriesContext(connection) as counted:
            seen(asha, name)
        return len(counted)

    later = SimpleNamespace(now=lambda: factories.charged_at("Q2"))
    key = factories.opened(asha.actor)
    send(asha, "instalments", key, part="2027/28 Q1")
    few = asked("budgets"), asked("invoices")
    for year in (2028, 2029, 2030):
        factories.opened(asha.actor, year=year)
    monkeypatch.setattr(yearend, "clock", later)
    assert send(asha, "instalments", key, part="2027/28 Q2").status_code == 302
    assert asked("budgets") <= few[0]
    assert asked("invoices") <= few[1]


def test_what_is_given_back_is_charged_too(bodies: None, cast: Cast) -> None:
    """Who gives more in kind than it owes gets money back in every part of the year."""
    gift = 'what = { en = "A garage" }, annual_pence = 40_000_000'
    gifts = ", ".join(f'{{ force = "{force}", {gift} }}' for force in (AVON, GLOS))
    factories.agreement(f'method = "equal"\nin_kind = [{gifts}]')
    factories.policy()
    asha = cast.asha("finance-officer")
    key = factories.opened(asha.actor)
    assert "2027/28 Q1: £33,333.33 given back" in seen(asha, "budget", key)
    assert send(asha, "instalments", key, part="2027/28 Q1").status_code == 302
    assert seen(asha, "invoices").count("-£16,666.6") == 2


def test_of_a_part_that_was_charged_only_later_ones_are_offered(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = factories.opened(asha.actor)
    assert "2027/28 Q2: " not in seen(asha, "budget", key).partition("Charge what falls due")[2]
    early = send(asha, "instalments", key, part="2027/28 Q2")
    assert early.status_code == 409
    assert "is charged from 31 March 2027 on" in early.content.decode()
    later = SimpleNamespace(now=lambda: factories.charged_at("Q2"))
    for module in (yearend, budgets):
        monkeypatch.setattr(module, "clock", later)
    send(asha, "instalments", key, part="2027/28 Q2")
    said = seen(asha, "budget", key)
    assert "2027/28 Q1: " not in said
    assert "2027/28 Q3: " in said
    monkeypatch.setattr(yearend, "clock", SimpleNamespace(now=lambda: NOW))
    assert "the year ends on 31 March 2028" in seen(asha, "year", YEAR)


def test_a_long_list_has_pages(asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGE", 1)
    for year in (2027, 2028):
        key = factories.opened(asha.actor, year=year)
        factories.pinned(monkeypatch, views, datetime(year, 3, 1, tzinfo=UTC))
        send(asha, "instalments", key, part=f"{year}/{year - 1999} Q1")
        factories.posted(asha.actor, key, *(line(5, on=date(year, 6, n)) for n in (1, 2)))
    for name, number in (("budgets", 2), ("invoices", 4)):
        assert walked(asha, name, "", agreement=REFERENCE) == number
    assert walked(asha, "lines", key) == 4
    for code in ("A", "B"):
        factories.item(asha.actor, code=code)
    assert walked(asha, "leaving", REFERENCE, on="2027-01-01") == 2
    said = seen(asha, "leaving", REFERENCE, on="2026-01-01")
    assert "No signed version of this agreement is in force on that day" in said
    assert "End it" in said
    assert "No invoices" in seen(asha, "invoices", agreement="none")
    answer = asha.client.get(reverse("finance:invoices"), {"after": str(new_id())})
    assert answer.status_code == 400
    assert "Begin with the first page" in answer.content.decode()


def walked(player: Player, name: str, of: Any, **asked: Any) -> int:
    """How many pages there are from the first to the last, and as many on the way back."""
    args = (of,) if of else ()
    counts = []
    said = seen(player, name, *args, **asked)
    for word in ("Next", "Previous"):
        counts.append(1)
        while found := re.search(rf'href="\?([^"]*)">{word} page', said):
            given = dict(parse_qsl(html.unescape(found[1])))
            assert asked.items() <= given.items()
            said = seen(player, name, *args, **given)
            counts[-1] += 1
    assert counts[0] == counts[1]
    return counts[0]


def test_a_year_that_none_is_is_not_found(asha: Player) -> None:
    for year in (0, 1066, 9999):
        address = reverse("finance:year", args=[year])
        assert asha.client.get(address).status_code == 404


def test_drafts_change_and_go_back(asha: Player) -> None:
    key = factories.drafted(asha.actor)
    assert 'value="1000000.00"' in seen(asha, "budget-change", key)
    given = {"pence": "5.00", "rhythm": "month", "spread": "by-days", "version": 1}
    assert send(asha, "budget-change", key, **given).status_code == 302
    assert send(asha, "budget-propose", key, version=2).status_code == 302
    assert send(asha, "budget-back", key, version=3).status_code == 302
    assert send(asha, "budget-propose", key, version=3).status_code == 409
    assert send(asha, "budget-share", key, version=4).status_code == 409


def test_invoices_are_withdrawn_with_a_reason(asha: Player) -> None:
    key = factories.opened(asha.actor)
    send(asha, "instalments", key, part="2027/28 Q1")
    invoice = seen(asha, "invoices").split("/finance/invoices/")[3].split("/")[0]
    assert "Withdraw it" in seen(asha, "invoice", invoice)
    answer = send(asha, "invoice-withdraw", invoice, version=1, words="Wrong address")
    assert answer.status_code == 302, answer.content.decode()
    assert "Withdrawn" in seen(asha, "invoice", invoice)


def test_the_price_of_leaving_and_its_document(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "clock", SimpleNamespace(now=lambda: NOW))
    item = {
        "sort": "contract", "code": "LEASE", "words": "Vehicles", "pence": "1,000.00",
        "share": "cost-share", "ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2031",
    }  # fmt: skip
    assert REFERENCE in seen(asha, "leaving-of")
    assert send(asha, "item-add", REFERENCE, **item | {"share": ""}).status_code == 422
    assert send(asha, "item-add", REFERENCE, **item).status_code == 302
    said = seen(asha, "leaving", REFERENCE, on="2027-06-01")
    assert "Vehicles" in said
    key = said.split("/finance/items/")[1].split("/")[0]
    assert "LEASE" in seen(asha, "item-change", key)
    answer = send(asha, "item-change", key, **item | {"pence": "2,000.00"}, version=1)
    assert answer.status_code == 302, answer.content.decode()
    day = {"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2030"}
    assert "it is not held any more" in seen(asha, "item-end", key)
    assert send(asha, "item-end", key, **day, version=2).status_code == 302
    assert "1 January 2030" in seen(asha, "leaving", REFERENCE)
    assert send(asha, "prices-keep", REFERENCE).status_code == 302
    said = seen(asha, "settlement", REFERENCE, GLOS, on="2027-06-01")
    assert "It would pay" in said
    file = asha.client.get(reverse("finance:settlement-pdf", args=[REFERENCE, GLOS]))
    assert file.getvalue().startswith(b"%PDF")


def test_whoever_has_no_clause_sees_that_there_is_nothing(asha: Player, cast: Cast) -> None:
    key = factories.opened(asha.actor)
    bryn, cole, dee = cast.bryn("finance-officer"), cast.cole("finance-officer"), cast.dee()
    for player in (bryn, cole, dee):
        assert "No budgets that you may see" in seen(player, "budgets")
        assert player.client.get(reverse("finance:budget", args=[key])).status_code == 404
    assert cole.client.get(reverse("finance:leaving", args=[REFERENCE])).status_code == 404
    factories.sharing(GLOS)
    said = seen(bryn, "budget", key)
    assert "£333,333.33" in said
    assert "Work the shares out anew" not in said
    answer = send(bryn, "budget-share", key, version=3)
    assert answer.status_code == 403


def test_a_budget_says_by_which_figures_it_is_shared(bodies: None, cast: Cast) -> None:
    """Method, weights and every figure, from which a reader works the percentages out again."""
    parts = (("0.4", "equal"), ("0.6", "population"))
    listed = ", ".join(
        f'{{ weight = "{weight}", method = "{each}" }}' for weight, each in parts
    )
    factories.agreement(f'method = "hybrid"\ncomponent = [{listed}]')
    factories.policy()
    asha = cast.asha("finance-officer")
    said = seen(asha, "budget", factories.opened(factories.officer()))
    assert re.search(r"equal.*2/5|equal.*0\.4", said)
    rows = re.findall(
        r"<tr[^>]*>(?:(?!</tr>).)*1 April 2027(?:(?!</tr>).)*</tr>", said, re.DOTALL
    )
    figures = [
        int(re.findall(r">\s*([\d,]{7,})\s*<", row)[-1].replace(",", "")) for row in rows
    ]
    assert len(figures) == 3
    shares = {f"{40 / 3 + 60 * each / sum(figures):.1f}" for each in figures}
    told = {f"{float(each):.1f}" for each in re.findall(r"(\d\d\.\d\d)%", said)}
    assert shares <= told


def test_pages_and_forms_are_marked_as_high_as_what_they_show(asha: Player) -> None:
    key = factories.item(asha.actor)
    with transaction.atomic():
        put_grants("secret", [grant(ITEM, holder=WILTS, recipient=WILTS, marking="SECRET")])
    to = records.Place(WILTS, "", "", "SECRET")
    records.move(actor=asha.actor, kind=ITEM, record=key, version=1, to=to, reason="", at=NOW)
    for name, args in (("leaving", [REFERENCE]), ("item-change", [key]), ("item-end", [key])):
        assert "SECRET" in seen(asha, name, *args), name
    for name, args in (("item-add", [REFERENCE]), ("leaving-of", [])):
        assert "SECRET" not in seen(asha, name, *args), name
