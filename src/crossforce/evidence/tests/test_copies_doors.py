"""Copies by page, interface and command: each side sees its own, and no third anything."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from typer.testing import CliRunner

from crossforce.evidence.commands import commands
from crossforce.evidence.models import Received
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_copies import TEXT, clauses
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import PARTNER

pytestmark = pytest.mark.django_db


class TestDoors:
    def test_pages_from_the_offer_to_the_receipt(self, cast: Cast) -> None:
        clauses()
        asha, bryn = cast.asha("investigator").client, cast.bryn("investigator").client
        exhibit = factories.exhibit()
        factories.kept(exhibit, TEXT)
        address = f"/evidence/copies/give/?exhibit={exhibit.pk}"
        page = asha.get(address).content.decode()
        assert "Gloucestershire" in page
        assert sent(asha, address, receiver=PARTNER, ground="").status_code == 422
        form = {"receiver": PARTNER, "ground": "Joint inquiry", "lasts": "agreement"}
        assert sent(asha, address, **form).status_code == 302
        assert "Copies of exhibits that are offered" in bryn.get("/").content.decode()
        with guarded.acting(cast.bryn("investigator").actor):
            row = Received.objects.get()
        offer = f"/evidence/received/{row.pk}/"
        assert "Take the copy" in bryn.get(offer).content.decode()
        taken = sent(bryn, f"{offer}take/")
        assert taken.headers["Location"] == f"/evidence/{row.exhibit}/"
        assert "A copy that" in bryn.get(taken.headers["Location"]).content.decode()
        mine = f"/evidence/copies/{row.copy}/"
        assert sent(asha, f"{mine}recall/", why="").status_code == 422
        assert sent(asha, f"{mine}recall/", why="Case withdrawn").status_code == 302
        assert "Case withdrawn" in bryn.get(offer).content.decode()
        assert sent(bryn, f"{offer}answer/", answer="keeps").status_code == 422
        assert sent(bryn, f"{offer}answer/", answer="keeps", why="Ours").status_code == 302
        assert "kept, because: Ours" in asha.get("/evidence/copies/").content.decode()
        assert asha.get(f"{mine}receipt.pdf").content.startswith(b"%PDF")
        for client, other in (
            (bryn, mine),
            (asha, offer),
            (cast.cole("investigator").client, mine),
        ):
            assert client.get(other).status_code == 404

    def test_interface_and_commands(self, cast: Cast) -> None:
        clauses()
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        exhibit, run = factories.exhibit(), CliRunner().invoke
        factories.kept(exhibit, TEXT)
        said = {"exhibit": str(exhibit.pk), "receiver": PARTNER, "ground": "Joint inquiry"}
        answer = posted(asha.client, "/api/v1/evidence/copies", said)
        assert answer.status_code == 201, answer.content
        (given,) = answer.json()
        assert given["state"] == "Offered, not taken yet"
        (came,) = bryn.client.get("/api/v1/evidence/received").json()
        by = ["--as", bryn.account.username]
        taken = run(commands, ["take-copy", came["id"], *by])
        assert taken.exit_code == 0, taken.output
        why = ["--why", "Case withdrawn", "--as", asha.account.username]
        assert run(commands, ["recall-copy", given["id"], *why]).exit_code == 0
        reply = {"answer": "lets-go"}
        answered = posted(bryn.client, f"/api/v1/evidence/received/{came['id']}/answer", reply)
        assert answered.status_code == 200, answered.content
        told = json.loads(run(commands, ["copies", "--as", asha.account.username]).output)
        assert told["given"][0]["state"] == "Asked back; let go, not gone yet"


def sent(client: Client, address: str, **form: str) -> Any:
    return client.post(address, form | {"idempotency_key": str(uuid4())})


def posted(client: Client, address: str, said: dict[str, str]) -> Any:
    return client.post(
        address,
        json.dumps(said),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
