"""What people tell: ids and instants, never objects. Delivered after commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StaffAdded:
    """An organisation has a new member of staff."""

    staff: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffEdited:
    """The particulars of a member of staff changed."""

    staff: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffEnded:
    """A member of staff leaves at an instant, and with them every posting and authority."""

    staff: UUID
    organisation: str
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class PostingOffered:
    """A posting for another organisation waits for that organisation's answer."""

    posting: UUID
    staff: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostingHeld:
    """Someone is posted: the posting counts from its start."""

    posting: UUID
    staff: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostingDeclined:
    """The organisation does not want the posting that it was offered."""

    posting: UUID
    staff: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostingEnded:
    """A posting has an end that it did not have, or an earlier one."""

    posting: UUID
    staff: UUID
    organisation: str
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class SkillChanged:
    """A skill was recorded or ended."""

    staff: UUID
    code: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuthorityChanged:
    """An authority was granted, suspended, reinstated, renewed or withdrawn."""

    authority: UUID
    staff: UUID
    code: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VettingChanged:
    """A clearance was recorded or withdrawn."""

    staff: UUID
    code: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """A member of staff can sign in."""

    account: UUID
    staff: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """An account can no longer sign in."""

    account: UUID
    staff: UUID
    at: datetime
