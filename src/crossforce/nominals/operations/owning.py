"""Saved searches that were kept before each lay in the compartment of its posting: they are put there."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.kernel import statements
from crossforce.ledger import api as ledger
from crossforce.nominals.choices import ALERT
from crossforce.people import api as people
from crossforce.people.api import Actor

OWNED: Final = """UPDATE nominals_alert a
   SET version = a.version + 1,
       scope_id = access_number_of(s.holder, s.kind, s.collection, 'own:' || a.posting, s.marking, s.person)
  FROM access_scope s WHERE s.id = a.scope_id AND s.compartment = ''
RETURNING a.id, a.scope_id, s.holder, a.version"""


@transaction.atomic
def own_searches(*, actor: Actor, at: datetime) -> int:
    """Put each where its posting alone reaches, as the owner of the tables; answers how many that were."""
    people.require(actor, "platform.operate")
    moved = statements.answers(OWNED)
    acts = [_act(*each) for each in moved]
    if acts:
        ledger.append_many(actor=actor, acts=acts, at=at)
    return len(moved)


def _act(record: UUID, scope: int, holder: str, version: int) -> ledger.Act:
    said = {"rows": [str(record)], "count": 1, "version": version, "is_moved": True}
    return ledger.Act(
        "record.altered", f"{ALERT}:{record}", said, ledger.About([holder], [], [scope])
    )
