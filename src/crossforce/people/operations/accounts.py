"""Accounts are opened for staff, and closed. Passwords belong to the sign-in pages."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from crossforce.kernel import events, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.people import models
from crossforce.people.choices import PLATFORM, Actor, PostingState
from crossforce.people.events import AccountClosed, AccountOpened, PostingHeld
from crossforce.people.operations import beats, postings
from crossforce.people.operations import staff as employment
from crossforce.people.rules.powers import require

ADMINISTRATOR: Final = "force-administrator"
OPERATOR: Final = "platform-administrator"


class NameTaken(Conflict):
    """Another account has that user name or that email address. Choose another."""


class WeakPassword(Conflict):
    """That password is too easily guessed. Choose a longer one."""


class HasAccount(Conflict):
    """This person has an account already."""


class AlreadyClosed(Conflict):
    """That account is closed already."""


class NoSuchAccount(Missing):
    """There is no such account in your organisation."""


class OwnAccount(Refused):
    """Nobody closes their own account. Ask another administrator."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What someone signs in with. Without a password they set one by the letter sent to them."""

    username: str
    email: str = ""
    password: str | None = None


@guarded.acts
def open_account(
    *, actor: Actor, staff: UUID, credentials: Credentials, at: datetime
) -> models.Account:
    """Let a member of staff sign in; what they may do then follows from their postings."""
    row = beats.permitted_staff(actor, staff, "people.administer")
    account = _opened(row, credentials, at)
    beats.record(
        actor=actor,
        operation="people.account-opened",
        staff=row,
        detail={"account": str(account.pk)},
        private={"email": account.email, "username": account.username},
        at=at,
    )
    events.publish(AccountOpened(account.pk, row.pk, at))
    return account


@guarded.acts
def close_account(*, actor: Actor, account: UUID, at: datetime) -> models.Account:
    """Stop an account at once. Sessions that are open find it closed at their next page."""
    rows = models.Account.objects.select_for_update(of=("self",)).select_related("staff")
    found = rows.filter(pk=account, organisation=actor.organisation).first()
    if found is None or found.staff is None:
        raise NoSuchAccount
    require(actor, "people.administer", organisation=actor.organisation)
    if actor.account == found.pk:
        raise OwnAccount
    if not found.is_active:
        raise AlreadyClosed
    found.is_active, found.closed_at = False, at
    found.save(update_fields=["is_active", "closed_at"])
    beats.record(
        actor=actor,
        operation="people.account-closed",
        staff=found.staff,
        detail={"account": str(found.pk)},
        at=at,
    )
    events.publish(AccountClosed(found.pk, found.staff.pk, at))
    return found


@guarded.acts
def appoint_administrator(
    *,
    actor: Actor,
    organisation: str,
    particulars: employment.Particulars,
    credentials: Credentials,
    starts_at: datetime,
    at: datetime,
) -> models.Account:
    """Give an organisation its administrator, who then administers it; nobody else's power grows.

    The way in for an organisation that has none: the only thing the platform may do to its people.
    """
    require(actor, "people.appoint-administrator", organisation=organisation)
    by = actor.reference
    newcomer = employment.write(organisation, particulars, Period(starts_at), by=by, at=at)
    role = OPERATOR if organisation == PLATFORM else ADMINISTRATOR
    wanted = postings.Wanted(organisation, role, Period(starts_at))
    postings.refuse_unsound(actor, newcomer, wanted)
    posting = postings.write(newcomer, wanted, PostingState.HELD, by=by, at=at)
    account = _opened(newcomer, credentials, at)
    beats.record(
        actor=actor,
        operation="people.administrator-appointed",
        staff=newcomer,
        detail={"account": str(account.pk), **postings.detail(posting)},
        private={**asdict(particulars), "username": account.username},
        at=at,
    )
    events.publish(PostingHeld(posting.pk, newcomer.pk, organisation, at))
    events.publish(AccountOpened(account.pk, newcomer.pk, at))
    return account


def refuse_weak(password: str | None) -> None:
    """Raises WeakPassword with what would mend it; no password is refused nothing."""
    if password is None:
        return
    try:
        validate_password(password)
    except ValidationError as fault:
        raise WeakPassword(" ".join(fault.messages)) from fault


def _opened(row: models.Staff, credentials: Credentials, at: datetime) -> models.Account:
    username, email = credentials.username.strip().lower(), credentials.email.strip().lower()
    held = models.Account.objects.filter(staff=row).first()
    if held is not None and held.is_sealed:
        raise HasAccount
    taken = models.Account.objects.filter(username=username)
    if email:
        taken = taken | models.Account.objects.filter(email__iexact=email)
    if not username or taken.exclude(staff=row).exists():
        raise NameTaken
    refuse_weak(credentials.password)
    account = held or models.Account(staff=row)  # one that was altered is opened anew
    account.username, account.email, account.name = username, email, row.name
    account.organisation_id, account.opened_at = row.organisation_id, at
    account.set_anew(credentials.password)
    account.save()
    return account
