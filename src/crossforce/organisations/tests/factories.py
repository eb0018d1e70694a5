"""Who acts and on what, in the tests of organisations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from crossforce.kernel import guarded
from crossforce.kernel.words import Words
from crossforce.organisations import directory
from crossforce.organisations.choices import (
    Enactment,
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
JOINED = datetime(2015, 4, 1, tzinfo=UTC)


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
    unit: str = ""

    def may(self, power: str, organisation: str | None = None) -> bool:
        own = power in self.powers and organisation in (None, self.organisation)
        return own or power in self.everywhere


#: Asha administers Avon and Somerset's own units; Bryn Gloucestershire's; Cole has no power.
ADMINISTERS = frozenset({"organisation.administer"})
OFFICE = "force-administrator"
ASHA = Someone(
    "avon-and-somerset", ADMINISTERS, office=OFFICE, staff=UUID(int=11), posting=UUID(int=11)
)
BRYN = Someone(
    "gloucestershire", ADMINISTERS, office=OFFICE, staff=UUID(int=12), posting=UUID(int=12)
)
COLE = Someone("kent", office="cole")
KEEPER = Someone(
    "crossforce-platform",
    everywhere=frozenset({"organisation.create", "organisation.succeed", "unit.bring-in"}),
    office="system:world-loader",
)


def post(someone: Someone) -> None:
    """The posting in which they act, held since 2015: the database asks for it."""
    staff, posting = apps.get_model("people", "Staff"), apps.get_model("people", "Posting")
    noted = {"starts_at": JOINED, "changed_at": JOINED, "changed_by": "test"}
    kind, identifier = "people.staff", someone.posting
    assert identifier is not None
    with guarded.acting(KEEPER):
        scope = guarded.scope(guarded.ScopeOf(someone.organisation, kind, person=identifier))
        staff.objects.create(
            id=identifier,
            organisation_id=someone.organisation,
            number=str(identifier)[-12:],
            family_name="Office",
            kind="staff",
            scope_id=scope,
            **noted,
        )
        posting.objects.create(
            id=identifier,
            staff_id=identifier,
            organisation_id=someone.organisation,
            role=someone.office,
            state="held",
            answered_at=JOINED,
            answered_by="test",
            **noted,
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
