"""SQL that slips into somebody's request leaves no bearer token behind: what it writes opens nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from crossforce.kernel import clock, guarded
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.people.models import Token
from crossforce.people.signin import sealing, tokens
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
HOME = "/api/v1/records/records.note"
MINE = tokens.PREFIX + "a-secret-of-the-intruder"
PLANT = """INSERT INTO people_token (id, digest, title, account_id, posting_id, purpose, issued_at, issued_by,
                                     expires_at, revoked_by, seal)
           VALUES (coalesce(%s, gen_random_uuid()), %s, 'mine', %s, %s, '', now() - interval '1 day', 'x',
                   now() + interval '30 years', '', %s)"""


@pytest.fixture
def asha(cast: Cast) -> Player:
    factories.policy()
    return cast.asha("investigator")


def injected(player: Player, statement: str, *values: Any) -> int:
    with guarded.acting(player.actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def issued(player: Player) -> tuple[str, Token]:
    made = tokens.issue(actor=player.actor, title="nightly", days=30, at=clock.now())
    return made.secret, made.token


def status(secret: str) -> int:
    return Client().get(HOME, headers={"Authorization": f"Bearer {secret}"}).status_code


def anew(sealed: bytes, *, context: str) -> bytes:
    again: bytes = settings.KEYS.seal(
        settings.KEYS.unseal(sealed, context=context), context=context
    )
    return again


def plant(player: Player, seal: bytes = b"", key: Any = None) -> int:
    digest = tokens.digest(MINE)
    return injected(player, PLANT, key, digest, player.account.pk, player.actor.posting, seal)


class TestABearerToken:
    def test_that_was_issued_opens(self, asha: Player) -> None:
        assert status(issued(asha)[0]) == 200

    def test_that_sql_put_there_opens_nothing(self, asha: Player) -> None:
        assert plant(asha) == 1
        assert status(MINE) == 401

    def test_nor_with_the_seal_of_a_true_one(self, asha: Player) -> None:
        assert plant(asha, bytes(issued(asha)[1].seal)) == 1
        assert status(MINE) == 401

    @pytest.mark.parametrize(
        "change",
        [
            "expires_at = now() + interval '30 years'",
            "purpose = 'another'",
            "digest = 'x'",
            "id = gen_random_uuid()",
            "issued_at = issued_at - interval '1 day'",
        ],
    )
    def test_that_stands_is_not_changed(self, asha: Player, change: str) -> None:
        issued(asha)
        with pytest.raises(DatabaseError, match="not changed otherwise"):
            injected(asha, f"UPDATE people_token SET {change}")

    def test_that_was_revoked_does_not_come_back(self, asha: Player) -> None:
        secret, token = issued(asha)
        tokens.revoke(actor=asha.actor, token=token.pk, at=clock.now())
        with pytest.raises(DatabaseError, match="not changed otherwise"):
            injected(asha, "UPDATE people_token SET revoked_at = NULL, revoked_by = ''")
        with pytest.raises(DatabaseError, match="duplicate key"):
            plant(asha, bytes(token.seal), token.pk)
        assert status(secret) == 401

    def test_altered_in_any_part_is_not_sealed(self, asha: Player) -> None:
        token = issued(asha)[1]
        token.refresh_from_db()
        assert token.is_sealed
        for name, value in (("purpose", "zz"), ("expires_at", token.expires_at + timedelta(1))):
            kept = getattr(token, name)
            setattr(token, name, value)
            assert not token.is_sealed
            setattr(token, name, kept)

    def test_is_sealed_anew_with_a_new_master_key(self, asha: Player) -> None:
        secret, token = issued(asha)
        plant(asha)
        assert sealing.reseal_tokens(anew) == 1
        assert bytes(Token.objects.get(pk=token.pk).seal) != bytes(token.seal)
        assert (status(secret), status(MINE)) == (200, 401)
