"""Small frozen values of oversight."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args
from uuid import UUID

from crossforce.ledger.choices import Citation, Who

EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2199, 12, 31)
"""Days that can be asked for."""

LOGGED: Final = {
    "record.collected": "Collected",
    "record.altered": "Altered",
    "record.consulted": "Consulted",
    "record.disclosed": "Disclosed",
    "record.combined": "Combined",
    "record.erased": "Erased",
}
"""The operations that the Data Protection Act 2018, section 62, has logged, in words."""

CONSULTED, DISCLOSED = "record.consulted", "record.disclosed"
SHOWN: Final = {
    "read": "Read",
    "found": "Found, by its pointer",
    "counted": "Counted",
    "taken-out": "Taken out in a file",
    "handed-over": "Handed to a recipient",
}
"""What was shown of records: all that they say; that they exist, and whom to ask; their number; a file."""
Seen = Literal["read", "found", "counted"]
SEEN: Final[tuple[str, ...]] = get_args(Seen)
"""What may be asked for of what was consulted."""

MARKING: Final = "OFFICIAL-SENSITIVE [PERSONAL]"
"""Reports on people's looking carry it, on the page and in every row of a file."""


OPERATIONS: Final = tuple(
    f"{family}.{done}"
    for family, acts in {
        "access": "break-glass-opened glass-reviewed grants-derived previewed request-decided request-opened requested "
        "share-ended share-opened",
        "agreement": "considered draft-changed draft-discarded drafted handover-settled notice-given novated proposed "
        "recorded refused resumed signed suspended units-brought-in withdrawn",
        "evidence": "content-read copy-accepted copy-answered copy-ended copy-given copy-recalled copy-receipt continuity-entered copy-tried cut disposed exported proof-made redacted "
        "redaction-decided share-opened share-read share-recalled subject-answered",
        "ledger": "private-part-erased queried witness-registered witness-withdrawn",
        "organisation": "abolished established reference-loaded renamed succeeded",
        "people": "account-closed account-opened administrator-appointed authority-granted authority-reinstated "
        "authority-renewed authority-suspended authority-withdrawn posted posting-accepted posting-declined "
        "posting-ended posting-offered scopes-given skill-ended skill-recorded staff-added staff-edited staff-ended "
        "vetting-recorded vetting-withdrawn",
        "platform": "files-examined key-rotated restored",
        "record": "altered collected combined consulted correction-accepted correction-proposed correction-refused "
        "disclosed erased recipients-told",
        "register": "entry-published",
        "signing-key": "issued revoked rotated",
        "token": "issued revoked",
        "unit": "changed closed opened",
    }.items()
    for done in acts.split()
)
"""What is entered in the ledger, by what it is about: the operations that a list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to list; every condition given must hold. `until` is the last day."""

    operation: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the log; every condition given must hold. `until` is the last day.

    `shown` is one of SEEN, of what was consulted. `record` was touched; `about` is the person whom the touched records are about; `staff` acted, and
    is of the own organisation.
    """

    operation: str = ""
    since: date | None = None
    until: date | None = None
    organisation: str = ""
    kind: str = ""
    record: UUID | None = None
    about: UUID | None = None
    staff: UUID | None = None
    purpose: str = ""
    recipient: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One logged act on records: who, when, for which purpose, resting on which clauses.

    `shown` is what was shown of them (SHOWN), "" where nothing was. `otherwise` names standing access and openings, where no clause is cited.
    """

    entry: UUID
    at: datetime
    operation: str
    subject: str
    organisation: str
    who: Who
    records: int
    basis: tuple[Citation, ...]
    recipient: str
    otherwise: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many acts, touching how many records, in a month by an organisation."""

    month: date
    organisation: str
    operation: str
    acts: int
    records: int


@dataclass(frozen=True, slots=True)
class Alert:
    """Something in the log to look into: which rule, who, when, how much of what."""

    rule: str
    staff: UUID
    name: str
    day: date
    count: int
    threshold: int
