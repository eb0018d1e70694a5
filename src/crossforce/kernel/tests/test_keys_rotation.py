"""Rotation end to end, against the real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from crossforce.kernel import keys_rotation, platform_key, postgres, registry
from crossforce.kernel.keys import KeyRefused, KeyStore
from crossforce.kernel.postgres import Plan
from crossforce.kernel.postgres_server import Server
from crossforce.kernel.registry import Shelf

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, tzinfo=UTC)


class Drawer:
    """A store with one sealed row, as an app would keep it."""

    def __init__(self, keys: KeyStore) -> None:
        self.sealed = keys.seal(b"private", context="row 1")

    def __call__(self, reseal: object) -> int:
        assert callable(reseal)
        self.sealed = reseal(self.sealed, context="row 1")
        return 1


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> Shelf[object]:
    shelf: Shelf[object] = Shelf("sealed store")
    monkeypatch.setattr(registry, "sealed_stores", shelf)
    return shelf


@pytest.fixture
def own() -> Iterator[tuple[Plan, KeyStore]]:
    """An installation of its own: rotating the passwords of the shared one would end other tests."""
    var: Path = settings.VAR / f"rotation-{os.getpid()}"
    keys = KeyStore(var / "keys")
    plan = postgres.embedded(var, keys)
    with plan.running():
        plan.prepare()
        yield plan, keys
    shutil.rmtree(var)


def test_the_master_key_moves_every_sealed_row(tmp_path: Path, stores: Shelf[object]) -> None:
    keys = KeyStore(tmp_path / "keys")
    drawer = Drawer(keys)
    before = drawer.sealed
    stores.add("drawer", drawer)
    done = keys_rotation.rotate("master", keys=keys, plan=settings.DATABASE, at=AT)
    assert (done.number, done.resealed) == (2, 1)
    assert keys.unseal(drawer.sealed, context="row 1") == b"private"
    with pytest.raises(KeyRefused):
        keys.unseal(before, context="row 1")


def test_a_store_that_fails_keeps_the_old_master_key(
    tmp_path: Path, stores: Shelf[object]
) -> None:
    keys = KeyStore(tmp_path / "keys")
    drawer = Drawer(keys)
    stores.add("broken", lambda reseal: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        keys_rotation.rotate("master", keys=keys, plan=settings.DATABASE, at=AT)
    assert keys.unseal(drawer.sealed, context="row 1") == b"private"


def test_sessions_of_the_key_before_stay_good(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    first = keys.text("django")
    keys_rotation.rotate("django", keys=keys, plan=settings.DATABASE, at=AT)
    assert keys.earlier_texts("django") == [first]
    keys_rotation.rotate("django", keys=keys, plan=settings.DATABASE, at=AT)
    assert first not in keys.earlier_texts("django")


def test_what_the_platform_signed_is_verified_for_good(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    first = platform_key.sign(keys, b"said").public_key
    for _ in range(3):
        keys_rotation.rotate("platform", keys=keys, plan=settings.DATABASE, at=AT)
    assert first in platform_key.public_keys(keys)
    assert platform_key.sign(keys, b"said").public_key in platform_key.public_keys(keys)


def test_what_checks_a_key_knows_it_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = KeyStore(tmp_path / "keys")
    first = keys.text("django")
    told: list[tuple[int, bytes, str]] = []
    installs: Shelf[Callable[[int, bytes], None]] = Shelf("installer of a key")
    installs.add("django", lambda *given: told.append((*given, keys.text("django"))))
    monkeypatch.setattr(registry, "key_installs", installs)
    keys_rotation.rotate("django", keys=keys, plan=settings.DATABASE, at=AT)
    assert told == [(2, keys.versions("django")[0].as_bytes(), first)]


def test_a_key_that_nothing_could_learn_is_not_adopted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = KeyStore(tmp_path / "keys")
    first = keys.text("django")
    installs: Shelf[Callable[[int, bytes], None]] = Shelf("installer of a key")
    installs.add("django", lambda number, secret: 1 // 0)  # type: ignore[arg-type]
    monkeypatch.setattr(registry, "key_installs", installs)
    with pytest.raises(ZeroDivisionError):
        keys_rotation.rotate("django", keys=keys, plan=settings.DATABASE, at=AT)
    assert [each.secret for each in keys.versions("django")] == [first]


def test_says_what_is_due(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "keys")
    made = keys.versions("django")[0].made_at
    (soon,) = keys_rotation.states(keys, at=made + timedelta(days=179))
    (late,) = keys_rotation.states(keys, at=made + timedelta(days=180))
    assert (soon.is_due, late.is_due) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["database-app", "database-owner", "database-admin"])
def test_a_database_password_is_replaced_in_the_server(
    own: tuple[Plan, KeyStore], name: str
) -> None:
    plan, keys = own
    logins = {
        "database-app": plan.application,
        "database-owner": plan.owner_login(),
        "database-admin": plan.admin,
    }
    login = logins[name]
    assert login
    keys_rotation.rotate(name, keys=keys, plan=plan, at=AT)
    login.as_role(login.user, keys.text(name)).connect().close()
    with pytest.raises(psycopg.OperationalError, match="password"):
        login.connect()


@pytest.mark.slow
def test_a_kill_between_noting_and_setting_the_password_is_mended(
    own: tuple[Plan, KeyStore],
) -> None:
    plan, keys = own
    keys.adopt("database-admin", keys.prepare("database-admin").secret)
    keys.adopt("database-app", keys.prepare("database-app").secret)
    assert isinstance(plan.server, Server)
    again = postgres.embedded(plan.server.place.home.parent, keys)
    again.prepare()
    again.application.connect().close()
    assert again.admin
    again.admin.connect().close()
