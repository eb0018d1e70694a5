"""Judged rows are written: what goes first, then what changes, then what is new; in batches, each its own entry."""

from contextlib import suppress
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.intake.api import copying, joined
from crossforce.intake.choices import Progress, Step
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.nominals.choices import TIE
from crossforce.nominals.operations.judging import MODELS, SAID
from crossforce.people.api import Actor
from crossforce.records import api as records

BATCH: Final = 5_000
UNTIED: Final = 500
INSERTED: Final = """
INSERT INTO {table} (id, scope_id, version, source_system, source_reference, purposes, review_group,
  review_due, disposal, proposed_by, created_at, created_by, changed_at, changed_by, {names}{more})
SELECT i.id, %(scope)s, 1, %(system)s, i.source_reference, %(purposes)s, '', NULL, 'kept', '',
       %(at)s, %(by)s, %(at)s, %(by)s, {theirs}{no_statements}
  FROM nominals_incoming i JOIN nominals_judged j USING (row, source_reference)
 WHERE j.act = 'new' AND i.row BETWEEN %(first)s AND %(last)s AND j.row BETWEEN %(first)s AND %(last)s
RETURNING id::text, scope_id"""
CHANGED: Final = """
UPDATE {table} e SET version = e.version + 1, changed_at = %(at)s, changed_by = %(by)s, {sets}
  FROM nominals_incoming i JOIN nominals_judged j USING (row, source_reference)
 WHERE e.id = ANY ((SELECT array_agg(existing) FROM nominals_judged
                     WHERE act = 'changed' AND row BETWEEN %(first)s AND %(last)s)::uuid[])
   AND j.existing = e.id AND j.act = 'changed' AND e.version = j.version
   AND i.row BETWEEN %(first)s AND %(last)s AND j.row BETWEEN %(first)s AND %(last)s
RETURNING e.id::text, e.scope_id"""
PARTS: Final = """
SELECT min(row), max(row), count(*) FROM nominals_judged WHERE act = %s GROUP BY row / 1000 ORDER BY 1"""
DELETED: Final = "SELECT existing, version FROM nominals_judged WHERE act = 'deleted' ORDER BY source_reference"
REASON: Final = "Its holder's system holds it no longer."


class Clash(Conflict):
    """What is held changed while the load was written. What was written stays: load it again to go on."""


class Target(NamedTuple):
    """What is written, where, by whom."""

    actor: Actor
    kind: str
    scope: int
    system: str
    purposes: tuple[str, ...]
    at: datetime


def write(to: Target, progress: Progress) -> None:
    """Write what is changed and new. Raises Clash."""
    names = SAID[to.kind]
    table = MODELS[to.kind]._meta.db_table
    is_tie = to.kind == TIE
    inserted = INSERTED.format(
        table=table,
        names=", ".join(names),
        theirs=", ".join(f"i.{each}" for each in names),
        more=", statements" * is_tie,
        no_statements=", '[]'" * is_tie,
    )
    changed = CHANGED.format(
        table=table, sets=", ".join(f"{each} = i.{each}" for each in names)
    )
    _in_batches(to, "altered", "changed", changed, progress)
    _in_batches(to, "collected", "new", inserted, progress)


def _in_batches(to: Target, how: str, act: str, statement: str, progress: Progress) -> None:
    parts = [(first, last, int(number)) for first, last, number in copying.asked(PARTS, (act,))]
    whole, so_far = sum(number for _, _, number in parts), 0
    try:
        for first, last, number in joined(parts, BATCH):
            given: Any = {
                "first": first, "last": last, "at": to.at, "by": to.actor.reference,
                "scope": to.scope, "system": to.system, "purposes": list(to.purposes),
            }  # fmt: skip
            with guarded.acting(to.actor), transaction.atomic():
                copying.written_soon()
                if records.cursor(MODELS[to.kind]).written(how, statement, given) < number:
                    raise Clash
            so_far += number
            progress(Step("write", so_far, 100 * so_far // whole))
    except IntegrityError as error:
        raise Clash from error


def delete(to: Target) -> tuple[int, list[tuple[UUID, str]]]:
    """Destroy what its system no longer holds, with its ties: how many went, and which were kept, and why.

    Each goes as the frame lets it go: what is held back by a hold or a review stays.
    """
    gone, kept = 0, []
    for record, version in copying.asked(DELETED):
        try:
            with guarded.acting(to.actor), transaction.atomic():
                _destroy(to, to.kind, record, version)
            gone += 1
        except (Conflict, Refused) as refused:
            kept.append((record, refused.message))
    return gone, kept


def _destroy(to: Target, kind: str, record: UUID, version: int) -> None:
    records.dispose(
        actor=to.actor, kind=kind, record=record, version=version, reason=REASON, at=to.at
    )


def untie(to: Target, gone: list[UUID]) -> int:
    """Destroy ties that their rows no longer make: how many went. Those that are kept back stay."""
    went = 0
    for begun in range(0, len(gone), UNTIED):
        some = gone[begun : begun + UNTIED]
        went += _untied(to, some) or sum(_untied(to, [tie]) for tie in some)
    return went


def _untied(to: Target, ties: list[UUID]) -> int:
    """How many went: all, or none where anything keeps one of them."""
    with suppress(Conflict, Refused), guarded.acting(to.actor), transaction.atomic():
        records.dispose_many(actor=to.actor, kind=TIE, records=ties, reason=REASON, at=to.at)
        return len(ties)
    return 0
