"""Telling the database who acts, for one transaction; and sealing changes to what it enforces.

The token covers the backend and the start of the transaction, so that it is worth nothing anywhere
else; it travels as a bound parameter, so that it stands in no statement's text (sql/1_acting.sql).
"""

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from crossforce.kernel import statements

KEY: Final = "acting"
SET: Final = b"SELECT set_config($1, $2, true)"
ACTING: Final = "crossforce.acting"
VOUCHED: Final = "crossforce.vouched"
CONTEXT: Final = "crossforce_acting"
Key = tuple[int, bytes]
"""The number of a version of the acting key, and its secret."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class CannotAct(ValueError):
    """A field of the actor holds a character that the acting context keeps for itself."""


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts in the current transaction, and as of when."""

    actor: Any
    as_of: datetime | None
    token: str
    key: Key = field(repr=False)


def current() -> Context | None:
    """Who acts now; None when nobody does."""
    found: Context | None = getattr(connection, CONTEXT, None)
    return found


@contextmanager
def acting(actor: Any, as_of: datetime | None = None) -> Iterator[None]:
    """A transaction, or a savepoint of one, in which the actor acts; afterwards whoever did before.

    Nobody (None) acts as nobody, also inside the context of somebody. Who looks back goes on looking
    back in what they ask inside.
    """
    before, is_outermost = current(), not connection.in_atomic_block
    if before is None and actor is None:
        with transaction.atomic():
            yield
        return
    if before is not None and before.actor == actor and as_of in (None, before.as_of):
        yield
        return
    with transaction.atomic():
        _put(None if actor is None else _context(actor, as_of))
        try:
            yield
        except BaseException:
            setattr(connection, CONTEXT, before)  # the database goes back with its savepoint
            raise
        if is_outermost:
            setattr(connection, CONTEXT, None)  # the transaction ends, and its settings with it
        else:
            _put(before)


def sealed(verb: str, content: Mapping[str, Any]) -> tuple[str, str]:
    """A change to what is enforced, as the database takes it: the message and its MAC."""
    return _mac("|".join((*_here(), verb, json.dumps(content, sort_keys=True))))


def vouch(verb: str, digest: str) -> None:
    """Tell the database that what has this digest is written by the application's own process."""
    _set(VOUCHED, voucher(verb, digest))


def voucher(verb: str, digest: str) -> str:
    """What tells it so, for whoever hands it over with the rows."""
    return "~".join(_mac("|".join((*_here(), verb, digest))))


def _context(actor: Any, as_of: datetime | None) -> Context:
    key = _key()
    return Context(actor, as_of, _token(actor, as_of, key), key)


def _token(actor: Any, as_of: datetime | None, key: Key) -> str:
    fields = (
        str(actor.posting or ""),
        str(actor.staff or ""),
        actor.organisation,
        actor.unit,
        actor.office,
        actor.purpose,
        "" if as_of is None else str((as_of - EPOCH) // timedelta(microseconds=1)),
    )
    if any("|" in each or "~" in each for each in fields):
        raise CannotAct(CannotAct.__doc__)
    return "~".join(_mac("|".join((*_here(), *fields)), key))


def _here() -> tuple[str, str]:
    """This backend and the start of this transaction, which a context of this transaction names."""
    if context := current():
        _, backend, start, *_ = context.token.split("|")
        return backend, start
    return statements.here()


def _put(context: Context | None) -> None:
    _set(ACTING, context.token if context else "")
    setattr(connection, CONTEXT, context)


def _set(name: str, token: str) -> None:
    """For this transaction, and as a bound parameter."""
    statements.hold(SET, [name, token])


def _mac(rest: str, key: Key | None = None) -> tuple[str, str]:
    number, secret = key or _key()
    message = f"{number}|{rest}"
    return message, hmac.digest(secret, message.encode(), "sha256").hex()


def _key() -> Key:
    """The current version; where somebody acts already, the one that they began with."""
    if context := current():
        return context.key
    path = _file(settings.KEYS.folder)
    try:
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116 - asked on every page
    except FileNotFoundError:
        changed = 0
    return _key_read(path, changed)


@lru_cache(maxsize=2)
def _file(folder: Path) -> str:
    return str(folder / f"{KEY}.json")


@lru_cache(maxsize=2)
def _key_read(path: str, changed: int) -> Key:
    """The current version, read again once its file has changed."""
    version = settings.KEYS.versions(KEY)[0]
    return version.number, version.as_bytes()


def pads(secret: bytes) -> tuple[bytes, bytes]:
    """The inner and outer pad of HMAC-SHA256 (RFC 2104), which is all that the database keeps."""
    block = secret.ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)
