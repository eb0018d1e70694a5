"""The ledger over HTTP."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.ledger import api as ledger
from crossforce.oversight.choices import OPERATIONS
from crossforce.oversight.tests.test_ledger_views import appended
from crossforce.transparency import exported

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
