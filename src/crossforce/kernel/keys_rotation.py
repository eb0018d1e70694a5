"""Replace a key by a fresh one without losing what the old one protected (docs/keys.md)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from crossforce.kernel import events, platform_key, postgres_roles, registry
from crossforce.kernel.keys import CATALOGUE, KeyKind, KeyRefused, KeyStore
from crossforce.kernel.postgres import Plan
from crossforce.kernel.postgres_roles import Login


@dataclass(frozen=True)
class KeyRotated:
    """A key was replaced; `number` is its new version."""

    name: str
    number: int
    resealed: int
    at: datetime


@dataclass(frozen=True)
class KeyState:
    """One key as it stands: what it is for, its version, and whether it is due to be replaced."""

    kind: KeyKind
    number: int
    made_at: datetime
    is_due: bool


def states(keys: KeyStore, *, at: datetime) -> list[KeyState]:
    """Every key that this installation holds."""
    held = [kind for kind in CATALOGUE.values() if keys.exists(kind.name)]
    return [_state(keys, kind, at) for kind in held]


def rotate(name: str, *, keys: KeyStore, plan: Plan, at: datetime) -> KeyRotated:
    """Put a new version in force, move everything under it, then forget the old one.

    Who comes meanwhile waits, and then replaces the new version in its turn.
    """
    connection.ensure_connection()  # opened now, since its password may be the one that changes
    with keys.rotating():
        rotated = _rotated(name, keys, plan, at)
    events.publish(rotated)
    return rotated


def _rotated(name: str, keys: KeyStore, plan: Plan, at: datetime) -> KeyRotated:
    if name == "master":
        return _rotate_master(keys, at)
    if name.startswith("database-"):
        return _rotate_password(name, keys, plan, at)
    return _rotate_plain(name, keys, at)


def _rotate_plain(name: str, keys: KeyStore, at: datetime) -> KeyRotated:
    """Whoever checks what the key makes knows the new version before anything is made with it.

    What was made under the version before stays good until the next rotation.
    """
    fresh = keys.prepare(name)
    install = registry.key_installs.get(name)
    if install is not None:
        install(fresh.number, fresh.as_bytes())
    version = keys.adopt(name, fresh.secret)
    if name == platform_key.NAME:
        platform_key.remember(keys)
    keys.retire(name, keep=2)
    return KeyRotated(name, version.number, 0, at)


def _rotate_master(keys: KeyStore, at: datetime) -> KeyRotated:
    """The old version is forgotten only after every store is sealed under the new one."""
    version = keys.adopt("master", keys.prepare("master").secret)
    with transaction.atomic():
        resealed = sum(store(keys.reseal) for store in registry.sealed_stores)
    keys.retire("master")
    return KeyRotated("master", version.number, resealed, at)


def _rotate_password(name: str, keys: KeyStore, plan: Plan, at: datetime) -> KeyRotated:
    login = _logins(plan).get(name)
    if plan.admin is None or login is None:
        raise KeyRefused(
            "This database's passwords are kept by whoever runs it: change them there."
        )
    version = keys.adopt(name, keys.prepare(name).secret)
    postgres_roles.change_password(plan.admin, role=login.user, password=version.secret)
    keys.retire(name)
    return KeyRotated(name, version.number, 0, at)


def _logins(plan: Plan) -> dict[str, Login]:
    found = {"database-app": plan.application}
    if plan.owner:
        found["database-owner"] = plan.owner
    if plan.admin and plan.is_embedded:
        found["database-admin"] = plan.admin
    return found


def _state(keys: KeyStore, kind: KeyKind, at: datetime) -> KeyState:
    version = keys.versions(kind.name)[0]
    return KeyState(
        kind, version.number, version.made_at, (at - version.made_at).days >= kind.days
    )
