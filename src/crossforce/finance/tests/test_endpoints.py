"""Money over HTTP: a budget's life, lines sent twice, invoices, the price of leaving."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from crossforce.finance import endpoints
from crossforce.finance.endpoints import invoices, leaving, years
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, NOW, OVER, REFERENCE, ROADS, WILTS, YEAR
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.ledger.models import Entry

pytestmark = pytest.mark.django_db
HOME = "/api/v1/finance"
LINE = {
    "sort": "actual", "on": "2027-06-01", "pence": 90_000_000, "force": WILTS, "words": "Pay",
    "reference": "GL-1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.pinned(monkeypatch, endpoints)


def send(player: Player, method: str, path: str, body: Any = None, tag: str = "") -> Any:
    headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": tag} if tag else {})
    ask: Any = getattr(player.client, method)
    return ask(HOME + path, body or {}, content_type="application/json", headers=headers)


def test_a_budget_goes_through_its_life(asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    new = {"agreement": REFERENCE, "function": ROADS, "year": YEAR, "pence": 100_000_000}
    made = send(asha, "post", "/budgets", new)
    assert made.status_code == 201, made.content
    path = f"/budgets/{made.json()['id']}"
    assert send(asha, "put", f"{path}/proposed").status_code == 428
    changed = send(asha, "patch", path, {"rhythm": "month"}, made["ETag"])
    assert changed.json()["instalments"][0]["part"] == "2027-04", changed.content
    proposed = send(asha, "put", f"{path}/proposed", {}, changed["ETag"])
    back = send(asha, "delete", f"{path}/proposed", {}, proposed["ETag"])
    assert back.json()["state"] == "draft"
    proposed = send(asha, "put", f"{path}/proposed", {}, back["ETag"])
    opened = send(asha, "put", f"{path}/opened", {"decision": "Board 3"}, proposed["ETag"])
    assert opened.json()["standing"][0]["shares"][GLOS] == "1/3"
    assert send(asha, "put", f"{path}/standing", {}, opened["ETag"]).status_code == 409
    for same in (0, 1):
        posted = send(asha, "post", f"{path}/lines", {"lines": [LINE]})
        assert posted.json()["same"] == same, posted.content
    charged = {"agreement": REFERENCE, "year": YEAR, "part": "2027-04"}
    (first, _) = send(asha, "post", "/invoices", charged).json()["invoices"]
    tag = asha.client.get(f"{HOME}/invoices/{first}")["ETag"]
    gone = send(asha, "put", f"/invoices/{first}/withdrawn", {"words": "Wrong"}, tag)
    assert gone.json()["state"] == "withdrawn"
    said = asha.client.get(f"{HOME}{path}/forecast?rule=as-budgeted&on=2027-04-01").json()
    assert said["outturn"] == 100_000_000
    monkeypatch.setattr(years, "clock", SimpleNamespace(now=lambda: OVER))
    late = OVER + timedelta(days=30)
    monkeypatch.setattr(invoices, "clock", SimpleNamespace(now=lambda: late))
    raised = send(asha, "put", f"{path}/settled", {}, opened["ETag"]).json()["invoices"]
    (trued,) = asha.client.get(f"{HOME}/true-ups?year={YEAR}").json()
    assert trued["actual"] == 90_000_000
    told = asha.client.get(f"{HOME}{path}/year-end").json()
    assert told["is_over"]
    assert not told["can_settle"]
    assert [step["is_done"] for step in told["steps"]] == [True] * 4 + [False] * 2
    assert {each["balance"] for each in trued["parties"]} == {0}
    for each in raised:
        tag = asha.client.get(f"{HOME}/invoices/{each}")["ETag"]
        assert send(asha, "put", f"/invoices/{each}/sent", {}, tag).json()["state"] == "sent"
    (theirs,) = asha.client.get(f"{HOME}/invoices?state=sent&body=pcc-{GLOS}").json()
    settled = {"invoices": [theirs["id"]], "on": "2028-05-01", "reference": "BACS 1"}
    paid = send(asha, "post", "/settlements", settled).json()
    assert (paid["payer"], paid["pence"]) == (f"pcc-{GLOS}", theirs["pence"])
    for entry in asha.client.get(f"{HOME}/journals/{REFERENCE}/{YEAR}").json():
        assert sum(each["pence"] for each in entry["postings"]) == 0


def test_a_line_is_taken_back(asha: Player) -> None:
    path = f"/budgets/{factories.opened(asha.actor)}/lines"
    (key,) = send(asha, "post", path, {"lines": [LINE]}).json()["new"]
    assert send(asha, "post", f"/lines/{key}/taken-back", {"words": "Twice"}).status_code == 201
    first, second = asha.client.get(HOME + path).json()
    assert (first["pence"], second["pence"]) == (90_000_000, -90_000_000)
    assert first["taken_back_by"] == second["id"]
    (after,) = asha.client.get(f"{HOME}{path}?after={first['id']}&most=1").json()
    assert after == second
    wrong = send(asha, "post", path, {"lines": [LINE | {"force": "cumbria", "reference": ""}]})
    assert wrong.status_code == 400
    assert "“cumbria” does not share this cost" in wrong.json()["detail"]


def disclosed() -> set[str]:
    """The files that left, by what the ledger calls them."""
    rows = Entry.objects.filter(operation="record.disclosed")
    return {json.loads(bytes(each.body).split(b"\n", 1)[1])["detail"]["file"] for each in rows}


def test_the_price_of_leaving(asha: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "clock", SimpleNamespace(now=lambda: NOW))
    item = {
        "sort": "contract",
        "code": "A",
        "words": "Lease",
        "pence": 100,
        "ends_on": "2031-01-01",
    }
    made = send(asha, "post", f"/leaving/{REFERENCE}/items", item)
    assert made.status_code == 201, made.content
    path = f"/items/{made.json()['id']}"
    tag = asha.client.get(HOME + path)["ETag"]
    (held,) = asha.client.get(f"{HOME}/leaving/{REFERENCE}/items?most=1").json()
    assert held["id"] == made.json()["id"]
    assert not asha.client.get(f"{HOME}/leaving/{REFERENCE}/items?after={held['id']}").json()
    more = {name: value for name, value in item.items() if name != "sort"} | {"pence": 500_000}
    changed = send(asha, "put", path, more, tag)
    assert changed.json()["pence"] == 500_000
    tag = asha.client.get(HOME + path)["ETag"]
    ended = send(asha, "put", f"{path}/ended", {"on": "2030-01-01"}, tag)
    assert ended.json()["ends_on"] == "2030-01-01", ended.content
    assert len(send(asha, "post", f"/leaving/{REFERENCE}/kept").json()["kept"]) == 3
    found = asha.client.get(f"{HOME}/leaving/{REFERENCE}?on=2027-01-15").json()
    where = f"{HOME}/leaving/{REFERENCE}"
    assert b"Lease" in asha.client.get(f"{where}/items.csv").getvalue()
    for part, says in (("", "Kept in pence"), ("&by_part=true", "Lease")):
        answer = asha.client.get(f"{where}/prices.csv?on=2027-01-15{part}")
        assert says in answer.getvalue().decode()
        assert "OFFICIAL-SENSITIVE.csv" in answer["Content-Disposition"]
    for form, says in (("csv", "Kept in"), ("csv-by-part", "Lease"), ("csv-of-items", "Lease")):
        answer = asha.client.get(f"/finance/leaving/{REFERENCE}/?on=2027-01-15&format={form}")
        assert says in answer.getvalue().decode()
    assert disclosed() >= {"prices-of-leaving", "items-held"}
    for each in found["prices"]:
        assert (
            each["pence"] == each["kept_pence"] == sum(line["pence"] for line in each["lines"])
        )


def test_whoever_has_no_clause_finds_nothing(asha: Player, cast: Cast) -> None:
    key = factories.opened(asha.actor)
    bryn = cast.bryn("finance-officer")
    assert bryn.client.get(f"{HOME}/budgets").json() == []
    assert bryn.client.get(f"{HOME}/budgets/{key}").status_code == 404
    assert bryn.client.get(f"{HOME}/true-ups?year={YEAR}").json() == []
