"""People, things and places as forces hold them, and the clauses that open them; below the operations."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from crossforce.access.choices import Grant, Origin
from crossforce.access.operations import put_grants
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.choices import LOCATION, OBJECT, PERSON
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER
from crossforce.sharing.choices import NewShare
from crossforce.sharing.operations import give_share
from crossforce.transparency.entry import from_bytes

KINDS = (PERSON, OBJECT, LOCATION, "nominals.event", "nominals.tie")
LONG_AGO, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def policy(reference: str = "policy", *, kinds: tuple[str, ...] = KINDS, **more: Any) -> None:
    """A clause in force over nominals; by default this force's own policy."""
    grants: list[Grant] = [factories.grant(kind, **more) for kind in kinds]
    with transaction.atomic():
        put_grants(reference, grants)


def own_policies() -> None:
    """Each of two forces holds its own."""
    policy("own-here")
    policy("own-partner", holder=PARTNER, recipient=PARTNER)


def shared(*actions: str, reference: str = "shared", **more: Any) -> None:
    """A clause that opens what this force holds to the partner, for some actions."""
    policy(reference, **({"recipient": PARTNER, "actions": actions} | more))


def person(actor: Actor, given: str, family: str, born: str = "", **more: Any) -> models.Person:
    made: models.Person = _made(
        models.Person, actor, given_names=given, family_name=family, born=born, **more
    )
    return made


def thing(actor: Actor, identifier: str, what: str = "vehicle", **more: Any) -> models.Object:
    made: models.Object = _made(models.Object, actor, what=what, identifier=identifier, **more)
    return made


def place(actor: Actor, address: str, postcode: str = "", **more: Any) -> models.Location:
    made: models.Location = _made(
        models.Location, actor, address=address, postcode=postcode, **more
    )
    return made


def event(actor: Actor, **more: Any) -> models.Event:
    made: models.Event = _made(models.Event, actor, what="stop", **more)
    return made


def tie(actor: Actor, one: Any, other: Any, role: str, **more: Any) -> models.Tie:
    ends = {
        "one": one.pk,
        "one_kind": one.record_kind,
        "other": other.pk,
        "other_kind": other.record_kind,
    }
    made: models.Tie = _made(models.Tie, actor, role=role, **ends, **more)
    return made


def statement(about: str, **value: Any) -> dict[str, Any]:
    """One statement, as it is held."""
    return {"about": about, "value": value, "asserted": "fact", "source": "custody record"}


def opened(
    record: models.Person, to: Actor, actions: tuple[str, ...] = ("find", "read")
) -> None:
    """One record, open to one posting."""
    assert to.posting
    manager = people.actor("information-manager", HERE)
    share = NewShare(PERSON, record.pk, to.posting, actions, Period(LONG_AGO, UNTIL))
    with guarded.acting(manager):
        give_share(actor=manager, share=share, origin=Origin.SHARE, holder=HERE, at=AT)


def consulted() -> list[set[UUID]]:
    """The records that each consultation of nominals names, oldest first."""
    return _named("record.consulted")


def disclosed() -> list[set[UUID]]:
    """The records that each disclosure of nominals names, oldest first."""
    return _named("record.disclosed")


def _named(operation: str) -> list[set[UUID]]:
    about = Entry.objects.filter(operation=operation, subject__startswith="nominals.")
    entries = [from_bytes(bytes(row.body)) for row in about.order_by("at", "id")]
    return [set(map(UUID, each.rows)) for each in entries]


def _made(model: Any, actor: Actor, **values: Any) -> Any:
    place = {name: values.pop(name) for name in ("collection", "marking") if name in values}
    with guarded.acting(actor):
        scope = guarded.scope(guarded.ScopeOf(actor.organisation, model.record_kind, **place))
        key, by = new_id(), actor.reference
        return model.objects.create(
            **{
                "id": key,
                "number": f"N/{str(key)[-6:]}",
                "purposes": ["prevent-offences"],
                "scope_id": scope,
                "created_at": AT,
                "created_by": by,
                "changed_at": AT,
                "changed_by": by,
            }
            | values
        )
