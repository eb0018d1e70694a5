"""What was kept before it was erased with its record: of records that are destroyed (ADR 0024), and of what others shed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import JSONField

from crossforce.kernel import guarded_policies, registry, statements
from crossforce.kernel.registry import RecordKind
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import ALTERED, REMAINS_DUE, SAYING

NOTED: Final = "SELECT obj_description('public.records_pointer'::regclass, 'pg_class')"
HELD: Final = """SELECT DISTINCT e.subject FROM ledger_entry e
  JOIN ledger_privatepart p ON p.entry_id = e.id AND p.part = 'private'
 WHERE e.operation = ANY (%s)
   AND NOT EXISTS (SELECT FROM records_pointer r WHERE r.id::text = split_part(e.subject, ':', 2))"""
SHED: Final = """UPDATE {states} e SET {field} = %s FROM {table} r JOIN access_scope s ON s.id = r.scope_id
 WHERE r.id = e.pgh_obj_id AND to_jsonb(r.{field}) IN ('{{}}', '[]', '""')
   AND to_jsonb(e.{field}) NOT IN (to_jsonb(r.{field}), '"erased"', '["erased"]')
RETURNING r.id::text, s.id, s.holder"""


def erase_remains(*, actor: Actor, at: datetime) -> int:
    """Erase them, each with its entry, if an upgrade noted that they are due; answers how many.

    As the owner of the tables: whether a record is there that one may not read, nobody else knows. They stay due
    while any is of a kind that is not known, such as one of an app that is not installed just now.
    """
    people.require(actor, "platform.operate")
    if statements.answer(NOTED) != REMAINS_DUE:
        return 0
    done, is_all = 0, True
    for (subject,) in statements.answers(HELD, list(SAYING)):
        is_gone = _is_gone(subject)
        is_all = is_all and is_gone is not None
        if is_gone:
            with transaction.atomic():
                done += ledger.erase_said(
                    actor=actor, subjects=[subject], operations=SAYING, at=at
                )
    if is_all:
        statements.texts(b"COMMENT ON TABLE records_pointer IS NULL")
    return done


@transaction.atomic
def shed_remains(*, actor: Actor, at: datetime) -> int:
    """Erase from states and ledger what records said in fields that their kind sheds, and say no longer; answers of how many.

    What a record sheds goes with the change itself; this is for those that changed before their kind said so.
    """
    people.require(actor, "platform.operate")
    found = sorted(
        {each for kind in registry.record_kinds if kind.sheds for each in _shed(kind)}
    )
    acts = [
        ledger.Act(
            ALTERED,
            f"{kind}:{record}",
            {"rows": [record], "count": 1, "erased_from_states": True},
            ledger.About([holder], [], [scope]),
        )
        for kind, record, scope, holder in found
    ]
    ledger.append_many(actor=actor, acts=acts, at=at)
    shed = [f"{kind}:{record}" for kind, record, _, _ in found]
    ledger.erase_said(actor=actor, subjects=shed, operations=SAYING, at=at)
    return len(found)


def _shed(kind: RecordKind) -> Iterator[tuple[str, str, int, str]]:
    """The records of a kind of which states still told what they had shed, with place and holder: they do no longer."""
    model: Any = queries.model_of(kind.name)
    for states in guarded_policies.histories(model):
        for field in kind.sheds:
            erased = _erased(model._meta.get_field(field))
            names = {
                "states": states._meta.db_table,
                "table": model._meta.db_table,
                "field": field,
            }
            for record, scope, holder in statements.answers(SHED.format(**names), erased):
                yield kind.name, record, scope, holder


def _erased(field: Any) -> str:
    """That it was erased, as a column of that sort says it."""
    if isinstance(field, ArrayField):
        return "{erased}"
    return '"erased"' if isinstance(field, JSONField) else "erased"


def _is_gone(subject: str) -> bool | None:
    """Whether it names a record that is there no more; None where its kind is not known, so that nobody can say."""
    kind, _, record = subject.partition(":")
    model = queries.models_by_kind().get(kind)
    if model is None:
        return None
    try:
        key = UUID(record)
    except ValueError:
        return False
    return not model.objects.filter(pk=key).exists()
