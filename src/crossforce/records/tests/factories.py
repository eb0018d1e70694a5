"""Records, actors and clauses for tests."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from crossforce.access.choices import ACTIONS, Grant, Origin
from crossforce.access.operations import put_grants
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import models, operations
from crossforce.records.choices import Place
from crossforce.sharing.choices import NewShare
from crossforce.sharing.operations import give_share
from crossforce.transparency.entry import from_bytes

AT = people.AT
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HERE, PARTNER, ELSEWHERE = people.HERE, people.PARTNER, people.ELSEWHERE
KINDS = ("records.note", "records.document", "records.request")


def grant(kind: str, **more: Any) -> Grant:
    values: dict[str, Any] = {
        "version": 1,
        "clause": "2",
        "term": "2/1",
        "holder": HERE,
        "recipient": HERE,
        "kind": kind,
        "actions": ACTIONS,
        "holds": Period(LONG_AGO),
        "marking": "OFFICIAL-SENSITIVE",
    }
    return Grant(**(values | more))


def policy(reference: str = "policy", kinds: tuple[str, ...] = KINDS, **more: Any) -> None:
    """An agreement in force that gives these kinds; by default this force's own policy."""
    with transaction.atomic():
        put_grants(reference, [grant(kind, **more) for kind in kinds])


def asha(role: str = "investigator") -> Actor:
    return people.actor(role, HERE)


def bryn(role: str = "investigator") -> Actor:
    return people.actor(role, PARTNER, name="Bryn Parry")


def cole(role: str = "investigator") -> Actor:
    return people.actor(role, ELSEWHERE, name="Cole Marsh")


def note(actor: Actor | None = None, subject: str = "A blue van", **more: Any) -> models.Note:
    """A note as it comes to be in the database, below the operations."""
    actor = actor or asha()
    place = {
        name: more.pop(name)
        for name in ("collection", "compartment", "marking")
        if name in more
    }
    with guarded.acting(actor):
        scope = guarded.scope(guarded.ScopeOf(actor.organisation, "records.note", **place))
        by = actor.reference
        values = {
            "subject": subject,
            "body": "Seen twice.",
            "purposes": ["prevent-offences"],
            "scope_id": scope,
            "created_at": AT,
            "created_by": by,
            "changed_at": AT,
            "changed_by": by,
        }
        row: models.Note = models.Note.objects.create(**(values | more))
        return row


def new(kind: str = "records.note", **more: Any) -> operations.NewRecord:
    """What an operation is asked to add; fields of the kind and of the place by name."""
    fields = [field.name for field in dataclasses.fields(Place)]
    place = {name: more.pop(name) for name in fields if name in more}
    group = more.pop("group", "")
    values = {"subject": "A blue van", "body": "Seen twice.", "purposes": ["prevent-offences"]}
    return operations.NewRecord(
        kind, Place(**({"holder": HERE} | place)), values | more, group=group
    )


def created(actor: Actor, **more: Any) -> Any:
    """A record added through the operation."""
    return operations.create(actor=actor, new=new(**more), at=AT)


def entries(operation: str) -> list[Any]:
    """The ledger's entries of an operation, parsed, oldest first."""
    about = StoredEntry.objects.filter(operation=operation, subject__startswith="records.")
    rows = about.order_by("at", "id")
    return [from_bytes(bytes(row.body)) for row in rows]


@contextmanager
def as_asha() -> Iterator[None]:
    """While somebody of this force acts."""
    with guarded.acting(asha()):
        yield


def opened(record: models.Note, to: Actor, actions: tuple[str, ...] = ("find", "read")) -> None:
    """One record, open to one posting."""
    assert to.posting
    manager = people.actor("information-manager", HERE)
    share = NewShare(
        kind="records.note",
        record=record.pk,
        posting=to.posting,
        actions=actions,
        holds=Period(LONG_AGO, datetime(2100, 1, 1, tzinfo=UTC)),
    )
    with guarded.acting(manager):
        give_share(actor=manager, share=share, origin=Origin.SHARE, holder=HERE, at=AT)
