"""The acting key is replaced while people act."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection

from crossforce.acting import context, guarding
from crossforce.kernel import guarded, keys_rotation, registry
from crossforce.kernel.keys import KeyStore
from crossforce.kernel.registry import Shelf
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Iterator[KeyStore]:
    """An acting key of this test's own, known to the database."""
    before = configured.KEYS
    settings.KEYS = KeyStore(tmp_path / "keys")
    version = settings.KEYS.versions(context.KEY)[0]
    guarding.install_key(version.number, version.as_bytes())
    yield settings.KEYS
    for version in reversed(before.versions(context.KEY)[:2]):
        guarding.install_key(version.number, version.as_bytes())


def who() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (access_acting()).role")
        found: str | None = cursor.fetchone()[0]
    return found


def rotate(keys: KeyStore) -> None:
    keys_rotation.rotate(context.KEY, keys=keys, plan=configured.DATABASE, at=AT)


def test_who_acts_goes_on_acting_and_so_does_the_next(keys: KeyStore) -> None:
    inspector = factories.actor("duty-inspector")
    with guarded.acting(inspector):
        rotate(keys)
        assert who() == "duty-inspector"
    with guarded.acting(inspector):
        assert who() == "duty-inspector"
    assert keys.versions(context.KEY)[0].number == 2


def test_nobody_stops_acting_between_the_two_steps(
    keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspector = factories.actor("duty-inspector")
    seen: list[str | None] = []

    def install(number: int, secret: bytes) -> None:
        guarding.install_key(number, secret)
        with guarded.acting(inspector):
            seen.append(who())

    installs: Shelf[Any] = Shelf("installer of a key")
    installs.add(context.KEY, install)
    monkeypatch.setattr(registry, "key_installs", installs)
    rotate(keys)
    assert seen == ["duty-inspector"]


def test_the_version_before_the_last_is_good_for_nothing(
    keys: KeyStore, owner_connection: Any
) -> None:
    rotate(keys)
    rotate(keys)
    numbers = owner_connection.execute("SELECT number FROM access_key ORDER BY 1").fetchall()
    assert numbers == [(2,), (3,)]
    assert [each.number for each in keys.versions(context.KEY)] == [3, 2]


def test_two_who_rotate_at_once_do_it_one_after_the_other(
    keys: KeyStore, monkeypatch: pytest.MonkeyPatch, owner_connection: Any
) -> None:
    inspector = factories.actor("duty-inspector")
    others: list[threading.Thread] = []

    def also() -> None:
        try:
            rotate(keys)
        finally:
            connection.close()

    def install(number: int, secret: bytes) -> None:
        guarding.install_key(number, secret)
        if not others:
            others.append(threading.Thread(target=also))
            others[0].start()
            others[0].join(timeout=0.5)
            assert others[0].is_alive()

    installs: Shelf[Any] = Shelf("installer of a key")
    installs.add(context.KEY, install)
    monkeypatch.setattr(registry, "key_installs", installs)
    rotate(keys)
    others[0].join(timeout=30)
    assert [each.number for each in keys.versions(context.KEY)] == [3, 2]
    known = owner_connection.execute("SELECT number, inner_pad FROM access_key").fetchall()
    assert {number: bytes(pad) for number, pad in known} == {
        each.number: context.pads(each.as_bytes())[0] for each in keys.versions(context.KEY)
    }
    with guarded.acting(inspector):
        assert who() == "duty-inspector"
