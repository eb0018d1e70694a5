"""Answers kept for repeated requests hold nothing of a record, and say nothing that was put into them."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web import idempotency
from crossforce.records import models
from crossforce.records.tests import factories
from tests.adversarial.conftest import raw

pytestmark = pytest.mark.django_db
HOME = "/api/v1/records/records.note"
NEW = {
    "fields": {"subject": "A blue van", "body": "Seen twice."},
    "purposes": ["prevent-offences"],
    "place": {"marking": "OFFICIAL-SENSITIVE"},
}


def sent(cast: Cast, key: str) -> Any:
    return cast.asha("investigator").client.post(
        HOME, NEW, content_type="application/json", headers={"Idempotency-Key": key}
    )


def _only() -> str:
    with guarded.acting(factories.asha()):
        return str(models.Note.objects.get().pk)


@pytest.fixture
def key(cast: Cast) -> str:
    factories.policy()
    made = str(uuid4())
    assert sent(cast, made).status_code == 201
    return made


class TestKeptAnswers:
    def test_name_what_came_of_it_and_say_no_more(self, cast: Cast, key: str) -> None:
        again = sent(cast, key)
        assert again.status_code == 201
        assert again.headers["Idempotency-Replayed"] == "true"
        assert again.json().keys() == {"id", "detail"}
        assert again.json()["id"] == _only()
        assert "van" not in again.content.decode()

    def test_of_a_disclosure_hold_nothing_of_it(self, cast: Cast, key: str) -> None:
        given = {"records": [_only()], "recipient": "The coroner", "reason": "inquest"}
        client, headers = cast.asha("investigator").client, {"Idempotency-Key": str(uuid4())}
        first, again = (
            client.post(
                f"{HOME}/disclose", given, content_type="application/json", headers=headers
            )
            for _ in range(2)
        )
        assert first.status_code == again.status_code == 200
        assert "van" in first.content.decode()
        assert again.json() == {"detail": idempotency.DONE}

    def test_of_a_change_hold_nothing_of_it(self, cast: Cast, key: str) -> None:
        client = cast.asha("investigator").client
        headers = {"Idempotency-Key": str(uuid4()), "If-Match": "*"}
        change = {"fields": {"body": "Seen thrice."}}
        first, again = (
            client.patch(
                f"{HOME}/{_only()}", change, content_type="application/json", headers=headers
            )
            for _ in range(2)
        )
        assert first.json()["fields"]["subject"] == "A blue van"
        assert "van" not in again.content.decode()

    def test_are_closed_to_sql_that_slipped_in(self, cast: Cast, key: str) -> None:
        with guarded.acting(factories.cole()):
            ((asker, body, said),) = raw("SELECT asker, body, a::text FROM kernel_answer a")
        assert b"van" not in bytes(body)
        assert "van" not in said
        asha = cast.asha("investigator")
        who = f"account:{asha.account.pk}:{asha.actor.posting}"
        assert asker != hashlib.sha256(who.encode()).hexdigest()

    def test_lead_nowhere_for_sql_that_slipped_in(self, cast: Cast, key: str) -> None:
        client, url = (
            cast.asha("investigator").client,
            reverse("records:add", args=["records.note"]),
        )
        sent = NEW["fields"] | {"purposes": ["preserve-order"], "marking": "OFFICIAL"}  # type: ignore[operator]
        form = str(uuid4())
        first, again = (client.post(url, sent | {"idempotency_key": form}) for _ in range(2))
        assert first["Location"] == again["Location"]
        with guarded.acting(factories.cole()):
            assert first["Location"] not in str(
                raw("SELECT a::text, encode(body, 'escape') FROM kernel_answer a")
            )

    @pytest.mark.parametrize(
        "change",
        [
            "body = convert_to('forged', 'UTF8')",
            "status = 200",
            "content_type = 'text/html'",
            "body = (SELECT b.body FROM kernel_answer b WHERE b.key <> a.key)",
        ],
    )
    def test_altered_are_not_given(self, cast: Cast, key: str, change: str) -> None:
        assert sent(cast, str(uuid4())).status_code == 201
        with guarded.acting(factories.cole()):
            raw(f"UPDATE kernel_answer a SET {change} RETURNING 1")
        refused = sent(cast, key)
        assert refused.status_code == 409
        assert "done already" in refused.json()["detail"]
