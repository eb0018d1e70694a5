"""Interests by page, API and command."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.kernel import civil, clock, guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.canonical import identifiers
from crossforce.nominals.choices import Decision
from crossforce.nominals.commands import commands
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.tests.interested import (
    both,
    interest,
    own_policies,
    told,
)
from crossforce.records.tests.factories import HERE, PARTNER

pytestmark = pytest.mark.django_db
LETTER = identifiers.letter("010012345")


@pytest.fixture(autouse=True)
def _own() -> None:
    own_policies()


class TestPages:
    def test_an_interest_is_registered_met_decided_and_withdrawn(self, cast: Cast) -> None:
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        both()
        theirs = interest(bryn.actor)
        now = civil.day_of(clock.now())

        def press(path: str, **given: str) -> Any:
            sent = {"idempotency_key": str(uuid4()), **given}
            return asha.client.post(f"/nominals/interests/{path}", sent)

        def page() -> str:
            return str(asha.client.get("/nominals/interests/").content.decode())

        said = {
            "scheme": "vrm",
            "said": "AB12 CDE",
            "name": "Operation Heron",
            "reason": "Burglaries",
        }
        said |= {"decision": "waiting", "contact": "Incident room 3"}
        day = {
            "until-day": str(now.day),
            "until-month": str(now.month),
            "until-year": str(now.year),
        }
        assert press("add/", **said, **day).status_code == 302
        assert "you have not decided yet" in page()
        with guarded.acting(asha.actor):
            (row,) = models.Interest.objects.all()
        assert press(f"{row.pk}/", decision="be-contacted", contact="Room 4").status_code == 302
        assert told(bryn.actor) == {theirs.pk: Met(("Room 4",))}
        with guarded.acting(asha.actor):
            models.Interest.objects.update(until=now - timedelta(days=4000))
        assert "Its last day is past" in page()
        late = press(
            f"{row.pk}/day/", **{**day, "until-day": "1", "until-year": str(now.year + 3)}
        )
        assert "no more than" in late.content.decode()
        assert press(f"{row.pk}/day/", **day).status_code == 302
        assert "Somebody else is interested too" in page()
        assert press(f"{theirs.pk}/withdraw/").status_code == 404
        assert press(f"{row.pk}/withdraw/").status_code == 302
        assert "You have registered none" in page()

    def test_all_that_is_wrong_is_said_at_once(self, cast: Cast) -> None:
        asha = cast.asha("investigator")
        wrong = {"scheme": "vrm", "said": "?", "name": "Heron", "reason": "x"}
        day = {"until-day": "1", "until-month": "2", "until-year": "2020"}
        sent = {**wrong, **day, "idempotency_key": str(uuid4())}
        said = asha.client.post("/nominals/interests/add/", sent).content.decode()
        for why in (
            "Enter whom another",
            "Say why, in a few words",
            "The last day is today or",
        ):
            assert why in said
        assert 'id="id_said-error"' in said

    def test_api_and_commands_do_the_same(self, cast: Cast) -> None:
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        both()
        interest(bryn.actor, decision=Decision.CONTACTED)
        until = str(civil.day_of(clock.now()) + timedelta(days=3))
        new = {
            "name": "Heron",
            "reason": "Burglaries of shops",
            "contact": "Room 3",
            "until": until,
        }
        api, sent = "/api/v1/nominals/interests", {"Idempotency-Key": str(uuid4())}
        made = asha.client.post(
            api,
            {**new, "scheme": "vrm", "identifier": "AB12 CDE"},
            "application/json",
            headers=sent,
        )
        assert made.status_code == 201, made.content
        assert (made.json()["both"], made.json()["is_past"]) == (True, False)
        assert Entry.objects.filter(operation="record.combined", organisation=HERE).count() == 1
        (one,) = asha.client.get(api).json()
        assert (one["both"], one["contacts"]) == (True, [f"Incident room of {PARTNER}"])

        def run(*words: str) -> str:
            done = CliRunner().invoke(commands, [*words, "--as", asha.account.username])
            assert done.exit_code == 0, done.output
            return done.output

        assert "somebody else is interested too" in run("interests")
        run("interest-decide", one["id"], "silent")
        run("interest-move", one["id"], until)
        run("interest-withdraw", one["id"])
        assert run("interests") == ""
        options = [
            part for name in ("reason", "contact", "until") for part in (f"--{name}", new[name])
        ]
        run(
            "interest-register",
            "Heron",
            "--scheme",
            "pnc",
            "--number",
            f"01/12345{LETTER}",
            *options,
        )
        assert f"2001/0012345{LETTER}" in run("interests")
