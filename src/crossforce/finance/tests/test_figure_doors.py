"""Figures that a force states: the same by the pages, over HTTP and on the command line."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access.operations import put_grants
from crossforce.finance.choices import FIGURE, IMPORT
from crossforce.finance.commands import commands
from crossforce.finance.queries import figures
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import NOW
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Player
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made
from crossforce.records import api as records
from crossforce.records.tests.factories import grant

pytestmark = pytest.mark.django_db
HOME = "/api/v1/finance/figures"
CSV = "what is counted,as at,figure,source\nofficer-fte,2024-03-31,1102.3,Workforce return\n"
FORM = {
    "driver": "officer-fte", "on-day": "31", "on-month": "3", "on-year": "2024", "value": "1,102.3",
    "source": "Workforce return", "confidence": "S",
}  # fmt: skip


@ground.fixture
def asha(keeper: Actor) -> Player:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    return made(ASHA, "finance-officer")


def page(player: Player, name: str, *args: Any) -> str:
    answer = player.client.get(reverse(f"finance:{name}", args=args))
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def send(player: Player, name: str, *args: Any, **given: Any) -> Any:
    address = reverse(f"finance:{name}", args=args)
    return player.client.post(address, {"idempotency_key": str(new_id()), **given})


def test_pages_state_correct_and_bring_in(asha: Player) -> None:
    assert "No force states a figure" in page(asha, "figures")
    wrong = send(asha, "figure-add", **FORM | {"value": "-1"})
    assert "not less than nothing" in wrong.content.decode()
    assert send(asha, "figure-add", **FORM).status_code == 302
    told = page(asha, "figures")
    assert "1,102.3" in told
    assert "(stated in the source)" in told
    key = told.split("/correct/")[0].rsplit("/", 1)[1]
    given = {**FORM, "value": "1,110", "version": 1}
    assert send(asha, "figure-correct", key, **given).status_code == 302
    assert "1,110" in page(asha, "figures")
    for act, says in (("check", "0 new, 1 corrected, 0 as they were"), ("bring-in", "")):
        file = SimpleUploadedFile("figures.csv", CSV.encode())
        answer = send(asha, "figures-bring-in", file=file, act=act)
        assert says in answer.content.decode()
    assert answer.status_code == 302
    file = SimpleUploadedFile("figures.csv", CSV.replace("1102.3", "many").encode())
    refused = send(asha, "figures-bring-in", file=file, act="bring-in")
    assert refused.status_code == 422
    assert "C2: &#39;many&#39; is not a number" in refused.content.decode()
    assert "1,102.3" in page(asha, "figures")
    file_of = asha.client.get(reverse("finance:figures") + "?format=csv")
    assert "officer-fte,wiltshire,2024-03-31,1102.30" in file_of.getvalue().decode()


def test_over_http_a_figure_is_stated_and_corrected(asha: Player) -> None:
    def sent(method: str, path: str, body: Any, tag: str = "") -> Any:
        headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": tag} if tag else {})
        ask: Any = getattr(asha.client, method)
        return ask(HOME + path, body, content_type="application/json", headers=headers)

    new = {"driver": "population", "on": "2024-06-30", "value": "760000", "source": "Estimates"}
    made = sent("post", "", new)
    assert made.status_code == 201, made.content
    path = f"/{made.json()['id']}"
    tag = asha.client.get(HOME + path)["ETag"]
    said = {"on": "2024-06-30", "value": 761000.5, "source": "Estimates", "confidence": "K1"}
    assert sent("put", path, said, tag).status_code == 422
    said |= {"note": ""}
    assert sent("put", path, said).status_code == 428
    assert sent("put", path, said, tag).json()["version"] == 2
    (listed,) = asha.client.get(HOME).json()
    assert (listed["force"], listed["held_by"], listed["value"]) == (
        "wiltshire", "wiltshire", "761000.50",
    )  # fmt: skip
    assert sent("post", "", {**new, "value": "1.234"}).status_code == 422
    file = {"file": SimpleUploadedFile("figures.csv", CSV.encode()), "rehearse": "true"}
    headers = {"Idempotency-Key": str(new_id())}
    brought = asha.client.post(f"{HOME}/imports", file, headers=headers)
    assert brought.json() == {
        "new": 1, "changed": 0, "unchanged": 0, "is_refused": False, "findings": [], "record": None,
    }  # fmt: skip


def test_on_the_command_line(asha: Player, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(commands, [*words, "--as", asha.account.username])
        assert not done.exception, (done.output, done.exception)
        return str(done.output)

    on = ("--on", "2024-04-01")
    said = (*on, "--figure", "130,000,000", "--source", "Budget book")
    key = run("state-figure", "net-revenue-budget", *said).strip()
    run("correct-figure", key, "--figure", "131,000,000")
    assert "131000000" in run("figures")
    (tmp_path / "figures.csv").write_text(CSV)
    assert "1 new" in run("import-figures", f"{tmp_path}/figures.csv", "--rehearse")
    assert "1 new" in run("import-figures", f"{tmp_path}/figures.csv")
    out = ("figures", "--driver", "officer-fte", "--to", f"{tmp_path}/out.csv")
    run(*out)
    assert "Workforce return" in (tmp_path / "out.csv").read_text()
    again = CliRunner().invoke(commands, [*out, "--as", asha.account.username])
    assert again.exit_code == 2


def test_a_file_is_marked_as_high_as_what_it_tells(asha: Player, tmp_path: Path) -> None:
    for driver in ("officer-fte", "population"):
        assert send(asha, "figure-add", **FORM | {"driver": driver}).status_code == 302
    own = {"holder": factories.WILTS, "recipient": factories.WILTS, "marking": "SECRET"}
    with transaction.atomic():
        put_grants("secret", [grant(FIGURE, **own)])
    row = next(each for each in figures.figures(asha.actor, figures.Wanted("population")))
    to = records.Place(factories.WILTS, "", "", "SECRET")
    records.move(
        actor=asha.actor, kind=FIGURE, record=row.row.pk, version=1, to=to, reason="", at=NOW
    )
    address = reverse("finance:figures")
    for asked, marking in (("", "SECRET"), ("&driver=officer-fte", "OFFICIAL-SENSITIVE")):
        file = asha.client.get(f"{address}?format=csv{asked}")
        assert f"figures-{marking}.csv" in file.headers["Content-Disposition"]
        lines = file.getvalue().decode().splitlines()[1:]
        assert {line.split(",")[0] for line in lines} == {marking}
    assert "SECRET" in page(asha, "figures")
    run = ["figures", "--to", f"{tmp_path}/out.csv", "--as", asha.account.username]
    assert CliRunner().invoke(commands, run).exit_code == 0
    assert "SECRET" in (tmp_path / "out.csv").read_text()


def test_files_that_came_are_listed_with_what_became_of_them(
    asha: Player, tmp_path: Path
) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE, IMPORT))
    for text, name in ((CSV, "sound.csv"), (CSV.replace("1102.3", "many"), "wrong.csv")):
        file = SimpleUploadedFile(name, text.encode())
        answer = send(asha, "figures-bring-in", file=file, act="bring-in")
    assert answer.status_code == 200
    assert "C2: &#39;many&#39; is not a number" in answer.content.decode()
    refused, done = asha.client.get("/api/v1/finance/imports").json()
    assert (refused["file_name"], refused["state"], refused["counts"]["faults"]) == (
        "wrong.csv", "refused", 1,
    )  # fmt: skip
    assert refused["findings"][0].startswith("C2: 'many' is not a number")
    assert (done["sent_by"], done["layout"], done["counts"]["new"]) == ("you", "figures", 1)
    told = page(asha, "imports")
    assert told.index("wrong.csv") < told.index("sound.csv")
    assert (
        done["file_sha256"]
        in asha.client.get(reverse("finance:imports") + "?format=csv").getvalue().decode()
    )
    run = ["imports", "--to", f"{tmp_path}/out.csv", "--as", asha.account.username]
    assert CliRunner().invoke(commands, run).exit_code == 0
    assert "OFFICIAL-SENSITIVE,wrong.csv,figures" in (tmp_path / "out.csv").read_text()
    assert (
        "refused   figures  wrong.csv"
        in CliRunner().invoke(commands, [run[0], *run[3:]]).output
    )
    file = SimpleUploadedFile("wrong.csv", b"nothing")
    headers = {"Idempotency-Key": str(new_id())}
    told = asha.client.post(f"{HOME}/imports", {"file": file}, headers=headers).json()
    assert (told["is_refused"], len(asha.client.get("/api/v1/finance/imports").json())) == (
        True,
        3,
    )
