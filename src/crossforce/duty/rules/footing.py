"""On what footing somebody works, as far as the Acts on police tell people apart."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from crossforce.kernel import rulepacks
from crossforce.people.choices import EmploymentKind

PACK: Final = "duty-accountability"


class Footing(StrEnum):
    """What somebody is in law, or that it is not known."""

    CONSTABLE = "constable"
    CHIEF_OFFICER = "chief-officer"
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    PARTNER = "partner"
    UNKNOWN = "unknown"


OF: Final = {
    EmploymentKind.OFFICER: Footing.CONSTABLE,
    EmploymentKind.SPECIAL: Footing.CONSTABLE,
    EmploymentKind.STAFF: Footing.STAFF,
    EmploymentKind.PCSO: Footing.STAFF,
    EmploymentKind.VOLUNTEER: Footing.VOLUNTEER,
    EmploymentKind.PARTNER: Footing.PARTNER,
}


def footing(kind: str, rank: str, role: str, on: date, held: Iterable[str] = ()) -> Footing:
    """What somebody is by employment and rank, where these are known.

    Else by the role on this duty, else by an authority that they hold, as some are for constables only.
    """
    pack = rulepacks.load(PACK)
    by_role = {code: each for each in Footing for code in pack.under("roles", on).get(each, ())}
    if rank.casefold() in pack.value("ranks.chief-officer", on):
        return Footing.CHIEF_OFFICER
    if by_role.get(role) is Footing.CHIEF_OFFICER or not kind:
        is_constable = not {*held}.isdisjoint(pack.value("authorities.constable", on))
        return by_role.get(role, Footing.CONSTABLE if is_constable else Footing.UNKNOWN)
    return OF[EmploymentKind(kind)]
