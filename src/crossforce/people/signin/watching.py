"""Who looks at a page that stays current: the session that opened it, asked again and again.

`settings.LIVE_WATCHERS` names this module. An open page is no use of a session: it neither moves its
end on nor outlives it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from crossforce.kernel import clock
from crossforce.kernel.web import sessions
from crossforce.people.choices import Actor
from crossforce.people.models import Account
from crossforce.people.signin import acting

LONGEST_KEY: Final = 100


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody signed in, whom they act as, and a print of what that was read from."""

    account: UUID
    actor: Actor
    key: str
    seen: str


def arrived(cookie: str) -> Watcher | None:
    """Whose session this is, if it is one in which somebody acts."""
    if not cookie or len(cookie) > LONGEST_KEY:
        return None
    return _read(cookie, _sessions([cookie]).get(cookie))


def remaining(watchers: Sequence[Watcher]) -> list[Watcher | None]:
    """Of each the same where it is still signed in and acts as before; None otherwise."""
    opened = _sessions({each.key for each in watchers})
    accounts = Account.objects.filter(pk__in={e.account for e in watchers}, is_active=True)
    passwords = dict(accounts.values_list("pk", "password"))
    return [
        _after(each, opened.get(each.key), passwords.get(each.account)) for each in watchers
    ]


def _after(before: Watcher, session: str | None, password: str | None) -> Watcher | None:
    if session is None or password is None:
        return None
    if _print(session, password) == before.seen:
        return before
    now = _read(before.key, session)
    return now if now and (now.account, now.actor) == (before.account, before.actor) else None


def _sessions(keys: Iterable[str]) -> dict[str, str]:
    """By the key, what stands in each session that has not ended."""
    by_stored = {sessions.stored(key): key for key in keys}
    found = Session.objects.filter(session_key__in=by_stored, expire_date__gt=clock.now())
    rows = found.values_list("session_key", "session_data")
    return {by_stored[stored]: data for stored, data in rows}


def _print(session: str, password: str) -> str:
    return hashlib.sha256(f"{session}|{password}".encode()).hexdigest()


def _read(key: str, session: str | None) -> Watcher | None:
    request = HttpRequest()
    request.session = sessions.SessionStore(key)
    chosen = request.session.get(SESSION_KEY)
    account = Account.objects.filter(pk=chosen, is_active=True).first() if chosen else None
    if session is None or account is None:
        return None
    if not _is_of(account, request.session.get(HASH_SESSION_KEY, "")):
        return None
    request.user = account
    actor = acting.resume(request, at=clock.now())
    if actor is None:
        return None
    return Watcher(account.pk, actor, key, _print(session, account.password))


def _is_of(account: Account, noted: str) -> bool:
    """Whether the session was opened with the password that the account has now."""
    known = (account.get_session_auth_hash(), *account.get_session_auth_fallback_hash())
    return any(constant_time_compare(noted, each) for each in known)
