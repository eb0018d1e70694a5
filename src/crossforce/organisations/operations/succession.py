"""Bodies are established, renamed, followed by others, merged and abolished.

Enactments do these things; an office of the platform writes them down here. No row of any record
changes: whoever reads a holder resolves its heirs through the directory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from crossforce.kernel import events, guarded
from crossforce.kernel.refusals import Conflict, Missing, StaleVersion
from crossforce.kernel.words import Words
from crossforce.ledger import api as ledger
from crossforce.organisations import directory
from crossforce.organisations.choices import (
    Enactment,
    PolicingBodyKind,
    SuccessionRelation,
)
from crossforce.organisations.events import (
    OrganisationEstablished,
    OrganisationRenamed,
    OrganisationSucceeded,
)
from crossforce.organisations.models import DirectoryStamp, Organisation, rows
from crossforce.organisations.operations.permission import permit
from crossforce.organisations.queries import directory as held_directory
from crossforce.organisations.rules import succession as rules


class CannotEstablish(Conflict):
    """This body cannot enter the directory as it is described."""


class CannotRename(Conflict):
    """This body cannot take that name from that day."""


class CannotSucceed(Conflict):
    """The one body cannot follow the other from that day."""


class CannotEnd(Conflict):
    """This body cannot end on that day."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who follows: a code in the directory, or a new body that is established with the succession.

    `ends` False means that the body lives on and only gave functions away.
    """

    body: str | directory.Organisation
    relation: SuccessionRelation
    ends: bool = True

    @property
    def code(self) -> str:
        """The heir's code."""
        return self.body if isinstance(self.body, str) else self.body.code


@guarded.acts
def establish(
    *, actor: ledger.Acts, organisation: directory.Organisation, at: datetime
) -> Organisation:
    """Enter a new body in the directory under a code that lasts for ever."""
    permit(actor, "organisation.create")
    if reason := rules.refusal_to_establish(organisation, held_directory()):
        raise CannotEstablish(reason)
    created = _enter(actor, organisation, at)
    connection.check_constraints()
    ledger.append(
        actor=actor,
        operation="organisation.established",
        subject=f"organisation:{organisation.code}",
        detail={"kind": organisation.kind.value, "source": organisation.source},
        at=at,
        about=ledger.About(concerns=_concerned(organisation)),
    )
    events.publish(OrganisationEstablished(organisation=organisation.code, at=at))
    return created


@guarded.acts
def rename(
    *,
    actor: ledger.Acts,
    organisation: str,
    version: int,
    name: Words,
    enactment: Enactment,
    at: datetime,
    policing_body_kind: PolicingBodyKind | None = None,
) -> Organisation:
    """Give a body another name from a day. It stays the same legal person and keeps its code.

    A commissioner who takes on fire and rescue changes kind in the same way.
    """
    permit(actor, "organisation.succeed")
    row = _locked(organisation, version)
    before = rows.value_of(row)
    if reason := rules.refusal_to_rename(before, name=name.en, on=enactment.on):
        raise CannotRename(reason)
    former = directory.FormerName(
        name=before.name,
        until=enactment.on,
        policing_body_kind=before.policing_body_kind if policing_body_kind else None,
        source=enactment.source,
        confidence="V",
    )
    rows.former_name_row(organisation, former).save()
    kind = policing_body_kind.value if policing_body_kind else row.policing_body_kind
    names = {"name_en": name.en, "name_cy": name.cy or ""}
    _change(row, actor, at, **names, policing_body_kind=kind)
    ledger.append(
        actor=actor,
        operation="organisation.renamed",
        subject=f"organisation:{organisation}",
        detail={"name": name.en, "on": str(enactment.on), "source": enactment.source},
        at=at,
        about=ledger.About(concerns=_concerned(before)),
    )
    events.publish(OrganisationRenamed(organisation, enactment.on.date, at))
    return row


@guarded.acts
def succeed(
    *,
    actor: ledger.Acts,
    organisation: str,
    version: int,
    heir: Heir,
    enactment: Enactment,
    at: datetime,
) -> Organisation:
    """Record that another body follows this one from a day, and end this one unless told not to.

    The successor is a code in the directory or a new body, which is then established with it: a
    force has one policing body on any day, so the one must end as the other begins.
    """
    permit(actor, "organisation.succeed")
    row = _locked(organisation, version)
    before = rows.value_of(row)
    after = _body(heir)
    if reason := rules.refusal_to_succeed(
        before, after, on=enactment.on, directory=held_directory()
    ):
        raise CannotSucceed(reason)
    _change(row, actor, at, **(_end(enactment) if heir.ends else {}))
    if not isinstance(heir.body, str):
        establish(actor=actor, organisation=heir.body, at=at)
    step = directory.Succession(
        code=heir.code, relation=heir.relation, on=enactment.on, note=enactment.source
    )
    rows.succession_row(organisation, step, row.successions.count()).save()
    connection.check_constraints()
    _told(actor, before, heir, enactment, at)
    return row


@guarded.acts
def merge(
    *,
    actor: ledger.Acts,
    organisations: Mapping[str, int],
    into: str | directory.Organisation,
    enactment: Enactment,
    at: datetime,
) -> list[Organisation]:
    """Two or more bodies, given by code and version, end on one day and one body follows them all."""
    permit(actor, "organisation.succeed")
    if len(organisations) < 2:
        raise CannotSucceed("A merger has at least two bodies; for one, use succession.")
    target = into if isinstance(into, str) else into.code
    if not isinstance(into, str):
        establish(actor=actor, organisation=into, at=at)
    return [
        succeed(
            actor=actor,
            organisation=code,
            version=version,
            heir=Heir(target, SuccessionRelation.MERGED),
            enactment=enactment,
            at=at,
        )
        for code, version in organisations.items()
    ]


@guarded.acts
def abolish(
    *,
    actor: ledger.Acts,
    organisation: str,
    version: int,
    enactment: Enactment,
    at: datetime,
) -> Organisation:
    """End a body that nobody follows."""
    permit(actor, "organisation.succeed")
    row = _locked(organisation, version)
    before = rows.value_of(row)
    if reason := rules.refusal_to_abolish(before, on=enactment.on):
        raise CannotEnd(reason)
    _change(row, actor, at, **_end(enactment))
    _told(actor, before, None, enactment, at)
    return row


def follow_or_end(
    *,
    actor: ledger.Acts,
    organisation: str,
    version: int,
    heir: Heir | None,
    enactment: Enactment,
    at: datetime,
) -> Organisation:
    """What one form asks: another body follows, or with no heir this one is abolished."""
    if heir is None:
        return abolish(
            actor=actor, organisation=organisation, version=version, enactment=enactment, at=at
        )
    return succeed(
        actor=actor,
        organisation=organisation,
        version=version,
        heir=heir,
        enactment=enactment,
        at=at,
    )


def _locked(code: str, version: int) -> Organisation:
    row = Organisation.objects.select_for_update(of=("self",)).filter(code=code).first()
    if row is None:
        raise Missing(f"No organisation has the code {code}.")
    if row.version != version:
        raise StaleVersion
    return row


def _body(heir: Heir) -> directory.Organisation:
    if not isinstance(heir.body, str):
        return heir.body
    found = held_directory().get(heir.body)
    if found is None:
        raise Missing(f"No organisation has the code {heir.body}; establish it first.")
    return found


def _enter(actor: ledger.Acts, value: directory.Organisation, at: datetime) -> Organisation:
    created = Organisation.objects.create(
        code=value.code,
        administered_at=at,
        administered_by=actor.office,
        **rows.columns_of(value),
    )
    for tie in rows.ties_of(value):
        tie.save()
    DirectoryStamp.renew()
    return created


def _change(row: Organisation, actor: ledger.Acts, at: datetime, **values: Any) -> None:
    row.change(expected=row.version, administered_at=at, administered_by=actor.office, **values)
    DirectoryStamp.renew()


def _end(enactment: Enactment) -> dict[str, Any]:
    return {"until": enactment.on.date, "until_precision": enactment.on.precision.value}


def _told(
    actor: ledger.Acts,
    before: directory.Organisation,
    heir: Heir | None,
    enactment: Enactment,
    at: datetime,
) -> None:
    """Record who follows the body, or that nobody does, and tell the floors above."""
    successor = heir.code if heir else None
    relation = heir.relation if heir else SuccessionRelation.ABOLISHED
    ledger.append(
        actor=actor,
        operation="organisation.succeeded" if heir else "organisation.abolished",
        subject=f"organisation:{before.code}",
        detail={
            "ends": heir.ends if heir else True,
            "on": str(enactment.on),
            "relation": relation.value,
            "source": enactment.source,
            "successor": successor,
        },
        at=at,
        about=ledger.About(concerns=[*_concerned(before), *([successor] if successor else [])]),
    )
    events.publish(
        OrganisationSucceeded(
            predecessor=before.code,
            successor=successor,
            relation=relation.value,
            on=enactment.on.date,
            at=at,
            ends=heir.ends if heir else True,
        )
    )


def _concerned(organisation: directory.Organisation) -> list[str]:
    return [organisation.code, *([organisation.force] if organisation.force else [])]
