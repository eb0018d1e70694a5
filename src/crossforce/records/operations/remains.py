"""Private parts that the ledger still holds of records destroyed before disposal erased them (ADR 0024)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.kernel import statements
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import REMAINS_DUE, SAYING

NOTED: Final = "SELECT obj_description('public.records_pointer'::regclass, 'pg_class')"
HELD: Final = """SELECT DISTINCT e.subject FROM ledger_entry e
  JOIN ledger_privatepart p ON p.entry_id = e.id AND p.part = 'private'
 WHERE e.operation = ANY (%s)
   AND NOT EXISTS (SELECT FROM records_pointer r WHERE r.id::text = split_part(e.subject, ':', 2))"""


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
                    actor=actor, subject=subject, operations=SAYING, at=at
                )
    if is_all:
        statements.texts(b"COMMENT ON TABLE records_pointer IS NULL")
    return done


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
