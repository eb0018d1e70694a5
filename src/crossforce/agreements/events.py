"""What agreements tell the floors above, after commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AgreementDrafted:
    """A draft was begun, for a new agreement or for a variation."""

    agreement: UUID
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementRecorded:
    """A version was loaded from a public source or as demonstration; nobody signed it here."""

    agreement: UUID
    version: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementProposed:
    """A version was put to its parties, each of which is thereby notified."""

    agreement: UUID
    version: UUID
    parties: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn:
    """A proposed version was taken back before every party had signed."""

    agreement: UUID
    version: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementConsidered:
    """A party recorded its view of a version."""

    agreement: UUID
    version: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementRefused:
    """A party refused a version, which is thereby rejected."""

    agreement: UUID
    version: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementSigned:
    """A party signed a version for itself."""

    agreement: UUID
    version: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementActivated:
    """The last party signed: the version is in force from `in_force_from`, which may lie ahead."""

    agreement: UUID
    version: UUID
    in_force_from: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementSuspended:
    """An agreement was suspended at once."""

    agreement: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementResumed:
    """A suspension was lifted."""

    agreement: UUID
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice is complete: `side` leaves, or all ends when it is empty, at `effective_at`."""

    agreement: UUID
    notice: UUID
    side: str
    effective_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoverDone:
    """One item of a handover list was settled."""

    agreement: UUID
    item: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class PartyNovated:
    """A successor took a party's place because the party was succeeded."""

    agreement: UUID
    predecessor: str
    successor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SigningKeyChanged:
    """A signing key of an organisation was issued, replaced or revoked."""

    key: UUID
    organisation: str
    at: datetime
