"""A large file is pushed with its key as a field of the form; with the header, the refusal says so."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crossforce.duty.operations import mappings
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import AT, EARLY, rows
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)
PUSH = "/api/v1/duty/imports"


def given() -> dict[str, Any]:
    content = rows(EARLY) + b"\r\n" * 1_500_000
    return {
        "mapping": "wiltshire-shifts",
        "file": SimpleUploadedFile("d.csv", content),
        "rehearse": "true",
    }


def test_the_refusal_names_the_field(asha: Player) -> None:
    mappings.keep(actor=asha.actor, text=SHIFTS.decode(), at=AT)
    key = str(new_id())
    answer = asha.client.post(PUSH, given(), headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert "as the field `idempotency_key` of the form" in answer.json()["detail"]
    answer = asha.client.post(PUSH, given() | {"idempotency_key": key})
    assert answer.status_code in (200, 202), answer.content
