"""Whoever may no longer act is refused also what they sent before, when they send it again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from crossforce.kernel import clock, guarded
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.web import idempotency
from crossforce.people import operations
from crossforce.people.models import Posting
from crossforce.people.signin import tokens
from crossforce.people.tests import factories as people
from crossforce.records import models
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
HOME = "/api/v1/records/records.note"
NEW = {
    "fields": {"subject": "A blue van", "body": "Seen twice."},
    "purposes": ["prevent-offences"],
}


@pytest.fixture
def asha(cast: Cast) -> Player:
    factories.policy()
    return cast.asha("investigator")


def send(client: Client, key: str, secret: str = "") -> Any:
    headers = {"Idempotency-Key": key}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    return client.post(HOME, NEW, content_type="application/json", headers=headers)


def notes() -> int:
    with guarded.acting(factories.asha()):
        return int(models.Note.objects.count())


def leave(player: Player) -> None:
    """Their posting ended a minute ago."""
    at = clock.now()
    row = Posting.objects.get(pk=player.actor.posting)
    operations.end_posting(
        actor=people.actor("force-administrator"),
        posting=row.pk,
        version=row.version,
        ends_at=at - timedelta(minutes=1),
        at=at,
    )


class TestARepeat:
    def test_by_a_token_that_was_revoked_is_refused(self, asha: Player) -> None:
        made = tokens.issue(actor=asha.actor, title="nightly", days=30, at=clock.now())
        key, machine = str(uuid4()), Client()
        first = send(machine, key, made.secret)
        again = send(machine, key, made.secret)
        assert (first.status_code, again.status_code) == (201, 201)
        tokens.revoke(actor=asha.actor, token=made.token.pk, at=clock.now())
        refused = send(machine, key, made.secret)
        assert refused.status_code == 401
        assert first.json()["id"] not in refused.content.decode()
        assert notes() == 1

    @pytest.mark.parametrize("is_machine", [True, False])
    def test_from_a_posting_that_ended_is_refused(self, asha: Player, is_machine: bool) -> None:
        secret = ""
        if is_machine:
            issued = tokens.issue(actor=asha.actor, title="nightly", days=30, at=clock.now())
            secret = issued.secret
        key, client = str(uuid4()), Client() if is_machine else asha.client
        first = send(client, key, secret)
        assert first.status_code == 201
        leave(asha)
        refused = send(client, key, secret)
        assert refused.status_code == 401
        assert first.json()["id"] not in refused.content.decode()
        assert notes() == 1

    def test_where_a_right_to_add_ended_adds_nothing_and_tells_nothing_of_the_record(
        self, asha: Player
    ) -> None:
        key = str(uuid4())
        first = send(asha.client, key)
        factories.policy(actions=("find",))
        again = send(asha.client, key)
        assert again.json() == {"id": first.json()["id"], "detail": idempotency.DONE}
        assert send(asha.client, str(uuid4())).status_code == 403
        factories.policy()
        assert notes() == 1

    def test_with_something_else_in_it_is_refused(self, asha: Player) -> None:
        key = str(uuid4())
        assert send(asha.client, key).status_code == 201
        other = NEW | {"purposes": ["preserve-order"]}
        refused = asha.client.post(
            HOME, other, content_type="application/json", headers={"Idempotency-Key": key}
        )
        assert refused.status_code == 409
        assert notes() == 1
