"""The beats that every change to a record shares: find and permit, refuse, record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.access import api as access
from crossforce.kernel import guarded_watch
from crossforce.kernel.refusals import Conflict, Missing
from crossforce.kernel.registry import RecordKind
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import watch


class NoSuchRecord(Missing):
    """There is no such record, or none that you may know of."""


class Clashes(Conflict):
    """It cannot stand beside what is held already; the message says why, and what to do."""


def permitted(kind: str, record: UUID, action: str) -> GovernedRecord:
    """The record, for a change of it; locked where the change is an edit. Raises NoSuchRecord, Refused."""
    access.require(kind, record, action)
    rows = queries.model_of(kind).objects.filter(pk=record)
    with guarded_watch.locking(True):
        row: GovernedRecord | None = (
            rows.select_for_update() if action == "edit" else rows
        ).first()
    if row is None:
        raise NoSuchRecord
    return row


def permitted_many(
    kind: str, records: Sequence[UUID], action: str
) -> dict[UUID, GovernedRecord]:
    """The records in this order, each once, for changes of them; locked where these are edits. Raises NoSuchRecord, Refused."""
    wanted = queries.model_of(kind).objects.filter(pk__in=records).order_by("pk")
    with guarded_watch.locking(True):
        rows = wanted.select_for_update() if action == "edit" else wanted
        found = {row.pk: row for row in rows}
    reach = queries.reach(kind, action)
    scopes, opened = frozenset(reach.scopes), frozenset(reach.rows)
    for record in records:
        row = found.get(record)
        if row is None or (row.scope_id not in scopes and record not in opened):
            access.require(kind, record, action)
            raise NoSuchRecord
    return {record: found[record] for record in records}


@contextmanager
def apart(kind: RecordKind) -> Iterator[None]:
    """A write that the database may refuse for what is held beside it. Raises Clashes."""
    if not kind.clashes:
        yield
        return
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        refuse_clash(kind, fault)
        raise


def refuse_clash(kind: RecordKind, fault: IntegrityError) -> None:
    """Tell it in the words of the kind, where the constraint that was met has some. Raises Clashes."""
    if told := kind.clashes.get(constraint_of(fault)):
        raise Clashes(told) from None


def constraint_of(fault: IntegrityError) -> str:
    """The name of the constraint that was met; empty where the database says none."""
    return getattr(getattr(fault.__cause__, "diag", None), "constraint_name", None) or ""


def record(
    *,
    actor: Actor,
    operation: str,
    rows: Sequence[GovernedRecord],
    action: str,
    detail: Mapping[str, Any],
    at: datetime,
    private: Mapping[str, Any] | None = None,
) -> None:
    """One ledger entry about records of one kind, in place of what the watch would have written.

    Of records in compartments it is one for each (watch.acts); what is private goes with the first.
    """
    model = type(rows[0])
    known: dict[UUID, int | None] = {row.pk: row.scope_id for row in rows}
    gathering = guarded_watch.current()
    beside = watch.Beside(gathering.of(model).grounds) if gathering else watch.NOTHING
    first, *more = watch.acts(
        operation, model.record_kind, known, action, detail, actor=actor, beside=beside
    )
    ledger.append_many(actor=actor, acts=[replace(first, private=private), *more], at=at)
    guarded_watch.written_down(model, list(known))


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger is told of one row among many that are written at once."""

    row: GovernedRecord
    detail: Mapping[str, Any]
    private: Mapping[str, Any]


def record_each(
    *, actor: Actor, operation: str, told: Sequence[Told], action: str, at: datetime
) -> None:
    """One ledger entry for each record of one kind, as if each had been written alone."""
    model = type(told[0].row)
    grounds = _grounds(model, action, {each.row.scope_id for each in told})
    bare = [each.row.pk for each in told if not grounds[action, (each.row.scope_id,)]]
    others = watch.without_clause(actor, model.record_kind, action, bare) if bare else {}
    beside = watch.Beside(grounds, others=others)
    acts = [
        replace(act, private=each.private)
        for each in told
        for act in watch.acts(
            operation,
            model.record_kind,
            {each.row.pk: each.row.scope_id},
            action,
            each.detail,
            actor=actor,
            beside=beside,
        )
    ]
    ledger.append_many(actor=actor, acts=acts, at=at)
    guarded_watch.written_down(model, [each.row.pk for each in told])


def _grounds(
    model: type[GovernedRecord], action: str, scopes: Iterable[int]
) -> dict[tuple[str, tuple[int, ...]], Sequence[ledger.Citation]]:
    """On which clauses the action rests in each scope, asked for once."""
    gathering = guarded_watch.current()
    known = gathering.of(model).grounds if gathering else {}
    kind = model.record_kind
    return {
        (action, (scope,)): known.get((action, (scope,)))
        or queries.grounds(kind, action, [scope])
        for scope in scopes
    }


def plain(value: Any) -> Any:
    """A value of a field as the ledger and a proposal hold it."""
    if isinstance(value, UUID | float | Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def shown_to_nobody(rows: Iterable[GovernedRecord]) -> None:
    """These rows were read to carry them from one holder to another in an act that both sides enter: no consultation of theirs.

    A house test names who may say so.
    """
    for row in rows:
        guarded_watch.written_down(type(row), [row.pk])
