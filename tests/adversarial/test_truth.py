"""Injected SQL tells no untruth about a record: whose it is and by whom it was written."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import guarded
from crossforce.records.tests import factories
from tests.adversarial.conftest import as_actor, raw

pytestmark = pytest.mark.django_db
NOTE = "records.note"


def refused(actor: Any, words: str, statement: str, *values: Any) -> None:
    """The statement is refused with these words, while the actor acts."""
    with guarded.acting(actor), pytest.raises(DatabaseError, match=words), transaction.atomic():
        raw(statement, *values)


class TestTheHolder:
    def test_is_changed_by_no_editor(self) -> None:
        """Bryn may edit asha's notes and those of bryn's own force."""
        factories.policy()
        factories.policy("shared", recipient=factories.PARTNER)
        theirs = factories.PARTNER
        factories.policy("theirs", holder=theirs, recipient=theirs)
        note, bryn = factories.note(), factories.bryn()
        with guarded.acting(bryn):
            own = guarded.scope(guarded.ScopeOf(theirs, NOTE))
            higher = guarded.scope(
                guarded.ScopeOf(factories.HERE, NOTE, marking="OFFICIAL-SENSITIVE")
            )
        move = (
            "UPDATE records_note SET scope_id = %s, changed_by = %s WHERE id = %s RETURNING 1"
        )
        by = f"staff:{bryn.staff}"
        refused(bryn, "does not change who holds it", move, own, by, note.pk)
        assert as_actor(bryn, move, higher, by, note.pk) == [(1,)]
