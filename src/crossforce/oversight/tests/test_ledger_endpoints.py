"""The ledger over HTTP."""

import ast
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.ledger import api as ledger
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.ledger.tests.logs import integrated
from crossforce.oversight.choices import OPERATIONS
from crossforce.oversight.commands.ledger import commands
from crossforce.oversight.tests.test_ledger_views import appended
from crossforce.records.tests import factories as records
from crossforce.transparency import exported
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
API = "/api/v1/ledger/entries"
WRITERS = ("ledger.append", "beats.record", "_record", "append")
NAMED = r"[a-z-]+\.[a-z-]*[a-z]"


class TestEntries:
    def test_are_listed_newest_first_to_an_auditor(self, cast: Cast) -> None:
        dee, entry = cast.dee().client, appended()
        appended(PARTNER)
        found: Any = dee.get(API, {"operation": "people.staff-added", "until": "2026-11-21"})
        assert str(entry) in [row["id"] for row in found.json()["items"]]
        assert {PARTNER} not in [set(row["concerns"]) for row in found.json()["items"]]

    def test_a_slip_is_refused_with_what_there_is(self, cast: Cast) -> None:
        dee = cast.dee().client
        for slip in ("zz", "people.staff-add3d"):
            answer: Any = dee.get(API, {"operation": slip})
            assert answer.status_code == 422
            assert "people.staff-added" in answer.content.decode()
        for known in ("people.", "platform.restored", ""):
            assert dee.get(API, {"operation": known}).status_code == 200

    def test_every_operation_that_the_source_enters_is_known(self) -> None:
        source = Path(ledger.__file__).parents[1]
        entered = {
            word.value
            for path in source.glob("*/**/*.py")
            if "tests" not in path.parts and "migrations" not in path.parts
            for call in ast.walk(ast.parse(path.read_text()))
            if isinstance(call, ast.Call) and ast.unparse(call.func) in WRITERS
            for given in (
                *call.args[:2],
                *(k.value for k in call.keywords if k.arg == "operation"),
            )
            for word in ast.walk(given)
            if isinstance(word, ast.Constant) and re.fullmatch(NAMED, str(word.value))
        }
        assert len(entered) > 40
        assert entered <= set(OPERATIONS)

    def test_whoever_sees_a_private_part_leaves_an_entry(self, cast: Cast) -> None:
        dee, own, theirs = cast.dee(), appended(), appended(PARTNER, concerns=(HERE,))
        user = ("--as", dee.account.username)
        looks: list[Callable[[UUID], Any]] = [
            lambda entry: dee.client.get(f"{API}/{entry}"),
            lambda entry: dee.client.get(f"{API}/{entry}/export"),
            lambda entry: dee.client.get(reverse("ledger:entry", args=[entry])),
            lambda entry: dee.client.get(reverse("ledger:export", args=[entry])),
            lambda entry: CliRunner().invoke(commands, ["show", str(entry), *user]),
            lambda entry: CliRunner().invoke(
                commands, ["export", str(entry), os.devnull, *user]
            ),
        ]
        queried = StoredEntry.objects.filter(operation="ledger.queried")
        for number, look in enumerate(looks, start=1):
            look(own)
            look(theirs)
            assert queried.count() == number
        assert {row.subject for row in queried} == {f"ledger.entry:{own}"}
        last = from_bytes(bytes(queried.latest("at").body))
        assert last.detail == {"report": "entry", "parts": ["actor", "private"]}

    @pytest.mark.django_db(transaction=True)
    def test_so_does_whoever_takes_a_receipt(self, cast: Cast) -> None:
        dee, own = cast.dee(), appended()
        integrated()
        command = ["receipt", str(own), os.devnull, "--as", dee.account.username]
        looks: list[Callable[[], Any]] = [
            lambda: dee.client.get(f"{API}/{own}/receipt"),
            lambda: dee.client.get(reverse("ledger:receipt", args=[own])),
            lambda: CliRunner().invoke(commands, command),
        ]
        queried = StoredEntry.objects.filter(operation="ledger.queried")
        for number, look in enumerate(looks, start=1):
            look()
            assert [row.subject for row in queried.all()] == [f"ledger.entry:{own}"] * number

    def test_what_a_record_says_stands_with_the_record(self, cast: Cast) -> None:
        records.policy(roles=("investigator",))
        note = records.created(records.asha(), body="The informant is Kite.")
        entry = StoredEntry.objects.get(subject=f"records.note:{note.pk}")
        dee = cast.dee().client
        told: Any = dee.get(f"{API}/{entry.pk}")
        assert told.json()["standing"] == {"actor": "open", "private": "with-record"}
        shown: Any = dee.get(reverse("ledger:entry", args=[entry.pk]))
        assert "Whoever may read the record" in shown.content.decode()
        assert "Kite" not in shown.content.decode() + told.content.decode()

    def test_one_is_shown_with_its_parts(self, cast: Cast) -> None:
        shown: Any = cast.dee().client.get(f"{API}/{appended()}")
        assert shown.json()["opened"]["private"] == {"name": "Somebody"}
        assert shown.json()["standing"] == {"actor": "open", "private": "open"}

    def test_another_organisations_actor_is_withheld(self, cast: Cast) -> None:
        theirs = appended(PARTNER, concerns=(HERE,))
        shown: Any = cast.dee().client.get(f"{API}/{theirs}")
        assert shown.json()["opened"] == {}
        assert shown.json()["standing"] == {"actor": "withheld", "private": "withheld"}

    def test_an_export_verifies(self, cast: Cast) -> None:
        answer = cast.dee().client.get(f"{API}/{appended()}/export")
        assert exported.verify(json.dumps(json.loads(answer.content))).closed == ()

    @pytest.mark.parametrize(("office", "status"), [("duty-inspector", 403), ("auditor", 200)])
    def test_are_for_auditors(self, cast: Cast, office: str, status: int) -> None:
        assert cast.asha(office).client.get(API).status_code == status

    def test_what_does_not_concern_the_reader_is_not_there(self, cast: Cast) -> None:
        theirs = appended(PARTNER)
        assert cast.dee().client.get(f"{API}/{theirs}").status_code == 404

    def test_a_stranger_is_asked_to_sign_in(self) -> None:
        assert Client().get(API).status_code == 401
