"""Which posting and purpose somebody acts in: chosen once, remembered in the session."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http import HttpRequest

from crossforce.kernel import civil, clock, refusals
from crossforce.kernel.web import frame, jinja
from crossforce.kernel.words import Words
from crossforce.people import queries
from crossforce.people.choices import Actor
from crossforce.people.models import Account, Posting
from crossforce.people.rules import catalogue

POSTING, PURPOSE, SEEN = "acting_posting", "acting_purpose", "acting_seen"
REFRESHED_AFTER: Final = 60  #: seconds of use after which the session's end is moved on
BINDING: Final = frozenset({"agreement.sign", "agreement.give-notice", "agreement.suspend"})
STRONG: Final = frozenset({"mfa", "socialaccount"})


class NotYours(refusals.Missing):
    """You do not hold that posting."""


class NeedsSecondFactor(refusals.Conflict):
    """This posting can bind an organisation, so it asks for a second factor at sign-in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A posting that its holder can act in, in words."""

    id: UUID
    role: str
    organisation: str
    unit: str


def resume(
    request: HttpRequest, posting: Posting | None = None, *, at: datetime
) -> Actor | None:
    """The actor of a signed-in request, or None while no posting is chosen or it has ended.

    `posting` is the chosen one where it is known already to be held at the instant.
    """
    chosen = request.session.get(POSTING)
    account = request.user
    if not chosen or not isinstance(account, Account):
        return None
    if posting is None:
        posting = queries.postings_of(account, at).filter(pk=chosen).first()
    if posting is None:
        return None
    request.acting_posting = posting  # type: ignore[attr-defined]
    found = queries.acting_in(account, posting, request.session.get(PURPOSE, ""), at)
    return None if lacks_second_factor(request, found) else found


def choose(request: HttpRequest, posting: UUID, purpose: str, *, at: datetime) -> Actor:
    """Act in the posting from now on. Raises NotYours, NeedsSecondFactor."""
    account = request.user
    if not isinstance(account, Account):
        raise NotYours
    row = queries.postings_of(account, at).filter(pk=posting).first()
    if row is None:
        raise NotYours
    found = queries.acting_in(account, row, purpose, at)
    if lacks_second_factor(request, found):
        raise NeedsSecondFactor
    request.session[POSTING] = str(posting)
    request.session[PURPOSE] = purpose
    return found


def lacks_second_factor(request: HttpRequest, found: Actor) -> bool:
    """Whether the actor could bind an organisation after signing in with a password alone."""
    if not settings.SECOND_FACTOR_REQUIRED or not BINDING & found.powers:
        return False
    records = get_authentication_records(request, request.user)
    return not any(record.get("method") in STRONG for record in records)


def is_to_prove(request: HttpRequest) -> bool:
    """Whether somebody signed in has to prove anew who they are, before an act that binds.

    Not in the demonstration, where nobody has proved anything, and not by a bearer token.
    """
    if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
        return False
    return not did_recently_reauthenticate(request)


def keep_alive(request: HttpRequest, *, at: datetime) -> None:
    """Move the session's end on while it is used; at most once a minute, to spare the database."""
    seen = request.session.get(SEEN, 0)
    if at.timestamp() - seen > REFRESHED_AFTER:
        request.session[SEEN] = at.timestamp()


def bar(request: HttpRequest) -> frame.Acting | None:
    """The acting bar. `settings.ACTING_BAR` names this function."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    posting = getattr(request, "acting_posting", None)
    found: Actor | None = getattr(request, "actor", None)
    if posting is None or found is None:
        return _bar(request, "", "", "")
    words = in_words(posting)
    role = f"{words.role}, {words.unit}" if words.unit else words.role
    return _bar(request, role, words.organisation, purpose_in_words(found.purpose))


def in_words(posting: Posting) -> Choice:
    """The posting in the page's language."""
    known = roles(civil.day_of(clock.now()))
    role = (
        jinja.in_language(known[posting.role].title) if posting.role in known else posting.role
    )
    unit = name_of(posting.unit) if posting.unit else ""
    return Choice(posting.pk, role, name_of(posting.organisation), unit)


@lru_cache(maxsize=4)
def roles(on: date) -> catalogue.Catalogue:
    """The roles of the day, read once: every page of somebody signed in names one."""
    return catalogue.roles(on)


def purposes() -> dict[str, str]:
    """The purposes that somebody can act for, in the page's language."""
    known = _purposes(civil.day_of(clock.now()))
    return {code: jinja.in_language(words) for code, words in known.items()}


def purpose_in_words(code: str) -> str:
    """One of them."""
    words = _purposes(civil.day_of(clock.now())).get(code)
    return jinja.in_language(words) if words else code


@lru_cache(maxsize=4)
def _purposes(on: date) -> dict[str, Words]:
    return catalogue.purposes(on)


def _bar(request: HttpRequest, posting: str, organisation: str, purpose: str) -> frame.Acting:
    return frame.Acting(
        name=str(getattr(request.user, "name", "") or request.user.get_username()),
        posting=posting,
        organisation=organisation,
        purpose=purpose,
        change_url=frame.address(settings.ROOT_URLCONF, "account_posting"),
        sign_out_url=frame.address(settings.ROOT_URLCONF, "account_logout"),
    )


def name_of(row: Any) -> str:
    """The name of an organisation or a unit, in the page's language."""
    return str((row.name_cy if jinja.language() == "cy" else "") or row.name_en)
