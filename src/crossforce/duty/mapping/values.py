"""What comes out of an export: duties, beside the findings about what could not become one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from crossforce.records.mapping.findings import FORMULA as FORMULA
from crossforce.records.mapping.findings import HARMLESS as HARMLESS
from crossforce.records.mapping.findings import LONGEST as LONGEST
from crossforce.records.mapping.findings import CannotRead as CannotRead
from crossforce.records.mapping.findings import Finding as Finding
from crossforce.records.mapping.findings import Wrong as Wrong
from crossforce.records.mapping.findings import in_order as in_order
from crossforce.records.mapping.findings import is_formula as is_formula
from crossforce.records.mapping.findings import plain as plain

What = Literal["duty", "on-call", "absence"]
WHATS: Final[tuple[What, ...]] = ("duty", "on-call", "absence")


class Duty(NamedTuple):
    """One person's duty, on-call or absence, in instants of UTC. `row` is where the file has it."""

    row: int
    reference: str
    staff: str
    what: What
    starts_at: datetime
    ends_at: datetime
    unit: str = ""
    function: str = ""
    call_sign: str = ""
    role: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    status: str = ""
    absence: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The codes of the platform that a file may speak of; an empty set lets any code pass."""

    units: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    absences: frozenset[str] = frozenset()
