"""Saved searches that were kept before each lay in the compartment of its posting: they are put there.

What postings have of their own was kept for six years before it had a schedule of its own: it is kept by that. An interest
that was taken from a record, and outlived it, says nothing of it.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.kernel import registry, statements
from crossforce.ledger import api as ledger
from crossforce.nominals.choices import ALERT, INTEREST
from crossforce.nominals.operations import going
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import SAYING

OWNED: Final = """UPDATE nominals_alert a
   SET version = a.version + 1, changed_at = %s, changed_by = %s,
       scope_id = access_number_of(s.holder, s.kind, s.collection, 'own:' || a.posting, s.marking, s.person)
  FROM access_scope s WHERE s.id = a.scope_id AND s.compartment = ''
RETURNING a.id, a.scope_id, s.holder, a.version"""
UNREVIEWED: Final = """SELECT r.id, (r.created_at AT TIME ZONE 'Europe/London')::date FROM {table} r
  JOIN access_scope s ON s.id = r.scope_id WHERE starts_with(s.compartment, 'own:') AND r.review_group = ''"""
SHORTER: Final = """UPDATE {table} r SET version = r.version + 1, review_due = %s, changed_at = %s, changed_by = %s
  FROM access_scope s WHERE s.id = r.scope_id AND r.id = %s AND r.review_due = %s
RETURNING r.id, r.scope_id, s.holder, r.version"""
OF_BEFORE: Final = "4"
ORPHANED: Final = """UPDATE nominals_interest i
   SET version = i.version + 1, identifier = '', marks = '{}', changed_at = %s, changed_by = %s
  FROM access_scope s
 WHERE s.id = i.scope_id AND i.scheme = 'record' AND i.marks <> '{}'
   AND NOT EXISTS (SELECT FROM records_pointer p WHERE p.id = substr(i.marks[1], 8)::uuid)
RETURNING i.id, i.scope_id, s.holder, i.version"""


@transaction.atomic
def own_searches(*, actor: Actor, at: datetime) -> int:
    """Put each where its posting alone reaches, as the owner of the tables; answers how many that were."""
    people.require(actor, "platform.operate")
    moved = statements.answers(OWNED, at, actor.reference)
    acts = [_act(ALERT, *each, is_moved=True) for each in moved]
    if acts:
        ledger.append_many(actor=actor, acts=acts, at=at)
    return len(moved)


@transaction.atomic
def own_terms(*, actor: Actor, at: datetime) -> int:
    """Where one stands as it began before its kind had its schedule, let it be due by that; answers how many did."""
    people.require(actor, "platform.operate")
    acts = []
    for kind, table in ((ALERT, "nominals_alert"), (INTEREST, "nominals_interest")):
        declared = registry.record_kinds.get(kind)
        assert declared
        for record, made_on in statements.answers(UNREVIEWED.format(table=table)):
            now, before = (
                records.due_for_review(declared, group, made_on, None)
                for group in ("", OF_BEFORE)
            )
            found = statements.answers(
                SHORTER.format(table=table), now, at, actor.reference, record, before
            )
            acts += [_act(kind, *each, review_due=str(now)) for each in found]
    if acts:
        ledger.append_many(actor=actor, acts=acts, at=at)
    return len(acts)


@transaction.atomic
def of_gone(*, actor: Actor, at: datetime) -> int:
    """Empty interests whose record went before these were emptied with it; answers how many did."""
    people.require(actor, "platform.operate")
    found = statements.answers(ORPHANED, at, actor.reference)
    if found:
        ledger.append_many(actor=actor, acts=[going.emptied(*each) for each in found], at=at)
        subjects = [f"{INTEREST}:{record}" for record, *_ in found]
        ledger.erase_said(actor=actor, subjects=subjects, operations=SAYING, at=at)
    return len(found)


def _act(
    kind: str, record: UUID, scope: int, holder: str, version: int, **changed: str | bool
) -> ledger.Act:
    said = {"rows": [str(record)], "count": 1, "version": version, **changed}
    return ledger.Act(
        "record.altered", f"{kind}:{record}", said, ledger.About([holder], [], [scope])
    )
