"""Who acts and on what, in the tests of organisations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from crossforce.kernel.words import Words
from crossforce.organisations import directory
from crossforce.organisations.choices import (
    Enactment,
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Someone:
    """An actor with the powers that a test gives it."""

    organisation: str
    powers: frozenset[str] = frozenset()
    everywhere: frozenset[str] = frozenset()
    office: str = "office"
    account: UUID | None = None
    staff: UUID | None = None
    posting: UUID | None = None
    purpose: str = "administration"
    name: str = "Some Office"

    def may(self, power: str, organisation: str | None = None) -> bool:
        own = power in self.powers and organisation in (None, self.organisation)
        return own or power in self.everywhere


#: Asha administers Avon and Somerset's own units; Bryn Gloucestershire's; Cole has no power.
ASHA = Someone("avon-and-somerset", frozenset({"organisation.administer"}), office="asha")
BRYN = Someone("gloucestershire", frozenset({"organisation.administer"}), office="bryn")
COLE = Someone("kent", office="cole")
KEEPER = Someone(
    "crossforce-platform",
    everywhere=frozenset({"organisation.create", "organisation.succeed", "unit.bring-in"}),
    office="keeper",
)


def entries(operation: str) -> list[Any]:
    """The ledger entries of that operation; the ledger's own rooms are not ours to enter."""
    return list(apps.get_model("ledger", "Entry").objects.filter(operation=operation))


def day(text: str) -> PreciseDate:
    return PreciseDate(date=date.fromisoformat(text))


def by_enactment(on: str) -> Enactment:
    return Enactment(on=day(on), source="an order made for this test")


def body(code: str, **particulars: object) -> directory.Organisation:
    """A national body unless told otherwise."""
    stated: dict[str, object] = {
        "code": code,
        "kind": OrganisationKind.NATIONAL_BODY,
        "name": Words(en=code.replace("-", " ").title()),
        "source": "made for this test",
        "confidence": "D",
    }
    return directory.Organisation.model_validate(stated | particulars)


def policing_body(
    code: str, force: str, since: str, until: str | None = None
) -> directory.Organisation:
    return body(
        code,
        kind=OrganisationKind.POLICING_BODY,
        policing_body_kind=PolicingBodyKind.MAYOR,
        force=force,
        since=day(since),
        until=day(until) if until else None,
    )
