"""One backend, many clients: what a transaction was told ends with it, whoever gets the backend next."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from crossforce.acting import context as acting
from crossforce.kernel import guarded
from crossforce.people.choices import Actor
from tests.adversarial.conftest import Scene, another_backend, raw

COUNT = "SELECT count(*) FROM records_note"
TOKEN = "SELECT coalesce(current_setting('crossforce.acting', true), '')"


class TestOneConnection:
    def test_serves_one_actor_after_another_and_never_mixes_them(
        self, standing_scene: Scene
    ) -> None:
        turns = [
            (standing_scene.asha, 2),
            (standing_scene.cole, 0),
            (standing_scene.colleague, 1),
        ]
        for actor, rows in turns * 5:
            with guarded.acting(actor):
                assert raw(COUNT) == [(rows,)]
            assert raw(COUNT) == [(0,)]
            assert raw(TOKEN) == [("",)]

    def test_after_a_failure_is_nobodys(self, standing_scene: Scene) -> None:
        for _ in range(2):
            with pytest.raises(DatabaseError, match="division"):
                _fail_as(standing_scene.asha)
            assert acting.current() is None
            assert raw(TOKEN) == [("",)]
            assert raw(COUNT) == [(0,)]

    def test_that_was_lost_while_somebody_acted_is_nobodys_when_it_is_back(
        self, standing_scene: Scene
    ) -> None:
        with pytest.raises(DatabaseError, match="closed"):
            _lose_as(standing_scene.asha)
        connection.close()
        assert acting.current() is None
        assert raw(COUNT) == [(0,)]
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(0,)]


class TestAPooler:
    """In transaction mode: each transaction of a client gets any backend; here two clients get the same."""

    def test_that_gives_one_backend_to_two_clients_gives_neither_the_others_context(
        self, standing_scene: Scene
    ) -> None:
        backend = _backend()
        with guarded.acting(standing_scene.asha):
            tokens = [str(raw(TOKEN)[0][0])]
            assert raw(COUNT) == [(2,)]
        assert _backend() == backend
        with transaction.atomic():
            raw("SELECT set_config('crossforce.acting', %s, true)", tokens[0])
            assert raw(COUNT) == [(0,)]
        with guarded.acting(standing_scene.cole):
            assert _backend() == backend
            raw("SELECT set_config('crossforce.acting', %s, true)", tokens[0])
            assert raw(COUNT) == [(0,)]

    def test_that_kept_the_setting_for_the_session_gave_it_to_nobody(
        self, standing_scene: Scene
    ) -> None:
        """As if somebody wrote `false` where `true` must stand: the token still ends with its transaction."""
        with guarded.acting(standing_scene.asha):
            raw("SELECT set_config('crossforce.acting', %s, false)", raw(TOKEN)[0][0])
        try:
            assert raw(TOKEN) != [("",)]
            assert raw(COUNT) == [(0,)]
            with guarded.acting(standing_scene.cole):
                assert raw(COUNT) == [(0,)]
        finally:
            raw("RESET crossforce.acting")

    def test_that_runs_two_transactions_at_once_on_two_backends_keeps_them_apart(
        self, standing_scene: Scene
    ) -> None:
        with another_backend() as other, guarded.acting(standing_scene.asha):
            other.execute("BEGIN")
            assert raw(COUNT) == [(2,)]
            assert _count(other) == 0
            other.execute(_literally(str(raw(TOKEN)[0][0])))
            assert _count(other) == 0
            assert raw(COUNT) == [(2,)]
            other.execute("COMMIT")


def _fail_as(actor: Actor) -> None:
    with guarded.acting(actor):
        raw("SELECT 1 / 0")


def _lose_as(actor: Actor) -> None:
    """As when the server goes away in the middle."""
    with guarded.acting(actor):
        connection.connection.close()
        raw(COUNT)


def _backend() -> Any:
    return raw("SELECT pg_backend_pid()")[0][0]


def _count(other: psycopg.Connection[tuple[Any, ...]]) -> int:
    row = other.execute("SELECT count(*) FROM records_note").fetchone()
    assert row is not None
    return int(row[0])


def _literally(token: str) -> Any:
    return sql.SQL("SELECT set_config('crossforce.acting', {}, true)").format(token)
