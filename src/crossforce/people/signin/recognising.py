"""Session, account and posting of a request, found in one look-up.

Which account and posting a session names stands in its signed data, which nobody can read before the
session is found. So it is remembered, as a guess: everything is read anew on every request, and a guess
that does not hold costs time, no more. What does not match is left to the ordinary way. Signatures are
checked once for the very texts that they were found good for; any other text is checked anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Model
from django.db.models.base import ModelState
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from crossforce.kernel import statements
from crossforce.kernel.web import sessions
from crossforce.organisations import api as organisations
from crossforce.people.choices import PostingState
from crossforce.people.models import Account, Posting

RECOGNISED: Final = b"SELECT * FROM people_recognised(%s, %s, %s, %s)"
MOST_REMEMBERED: Final = 4096
ModelT = TypeVar("ModelT", bound=Model)

_guesses: dict[str, "Guess"] = {}


@dataclass(frozen=True, slots=True)
class Proof:
    """What the table held of a session and of its account's password, and what is in such a session."""

    data: str
    password: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Guess:
    """The account, and the posting, that a session named when it was last read."""

    account: UUID
    posting: UUID | None
    proof: Proof | None = None


def recognise(request: HttpRequest, posting_key: str, *, at: datetime) -> Posting | None:
    """Set the request's user where the guess holds, and answer with the posting where that holds too.

    The transaction of a page is begun with it; that of a form is not, whose body may take long to come.
    """
    store: Any = request.session
    key = sessions.stored(store.session_key or "")
    guess = _guesses.get(key)
    if guess is None:
        return None
    given = (key, guess.account, guess.posting, at)
    begins = (
        request.method == "GET" and guess.posting is not None and not settings.REPLICA_DATABASE
    )
    found = statements.first_of_request(RECOGNISED, given, begins=begins)
    if not found:
        return None
    data, username, password, name, staff, employer, *seat = found[0]
    proof = guess.proof
    is_proven = proof is not None and (proof.data, proof.password) == (data, password)
    store.hold(data, known=proof.content if proof and is_proven else None)
    user = _partly(
        Account,
        id=guess.account,
        username=username,
        password=password,
        name=name,
        staff_id=staff,
        organisation_id=employer,
        is_active=True,
    )
    if not is_proven:
        if not _is_of(user, store):
            return None
        _guesses[key] = replace(guess, proof=Proof(data, password, store.content()))
    request.user = user
    if guess.posting is None or store.get(posting_key) != str(guess.posting) or seat[0] is None:
        return None
    return _posting(guess.posting, staff, seat)


def remember(request: HttpRequest, posting_key: str) -> None:
    """Note what the session names, for its next request."""
    store: Any = request.session
    if store.session_key is None:
        return
    if len(_guesses) >= MOST_REMEMBERED:
        _guesses.clear()
    chosen = store.get(posting_key)
    guess = Guess(UUID(store[SESSION_KEY]), UUID(chosen) if chosen else None)
    _guesses[sessions.stored(store.session_key)] = guess


def _is_of(account: Account, store: Any) -> bool:
    """Whether the session is this account's, opened with the password and by a way that still stand."""
    return (
        store.get(SESSION_KEY) == str(account.pk)
        and store.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            store.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()
        )
    )


def _posting(key: UUID, staff: UUID, seat: Sequence[Any]) -> Posting:
    code, role, en, cy, unit, unit_code, unit_en, unit_cy = seat
    posting = _partly(
        Posting,
        id=key,
        staff_id=staff,
        organisation_id=code,
        unit_id=unit,
        role=role,
        state=PostingState.HELD.value,
    )
    posting.organisation = _partly(
        organisations.Organisation, code=code, name_en=en, name_cy=cy
    )
    if unit is not None:
        posting.unit = _partly(
            organisations.Unit, id=unit, code=unit_code, name_en=unit_en, name_cy=unit_cy
        )
    return posting


def _partly(model: type[ModelT], **values: Any) -> ModelT:
    """A row of which these fields were read; any other is read when it is asked for.

    As `from_db` makes it, but for signals, which nobody waits for here: four of them are made on every page.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding = False
    row.__dict__.update(values)
    return row
