"""Injected SQL tells no untruth about a record: whose it is and by whom it was written."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import guarded
from crossforce.kernel.guarded import models_of
from crossforce.records.governed import GovernedRecord
from crossforce.records.tests import factories
from tests.adversarial.conftest import BY, Scene, as_actor, raw

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


class TestByWhom:
    """Asha wrote the clear note; her colleague may change it."""

    @pytest.mark.parametrize(
        "change",
        [
            "body = 'x'",
            "body = 'x', changed_by = 'staff:' || gen_random_uuid()",
            "created_by = {by}, changed_by = {by}",
            "created_at = now(), changed_by = {by}",
            "id = gen_random_uuid(), changed_by = {by}",
        ],
    )
    def test_is_not_told_otherwise_by_a_change(self, scene: Scene, change: str) -> None:
        statement = f"UPDATE records_note SET {change.format(by=BY)} WHERE id = %s"
        refused(scene.colleague, "says truly", statement, scene.clear.pk)

    def test_is_told_of_a_change_as_it_is(self, scene: Scene) -> None:
        statement = (
            f"UPDATE records_note SET body = 'x', changed_by = {BY} RETURNING changed_by"
        )
        assert as_actor(scene.colleague, statement) == [(f"staff:{scene.colleague.staff}",)]

    @pytest.mark.parametrize("column", ["created_by", "changed_by"])
    def test_is_not_told_otherwise_of_what_is_new(self, scene: Scene, column: str) -> None:
        told = {"created_by": BY, "changed_by": BY} | {column: "'system:upgrade'"}
        statement = f"""
            INSERT INTO records_note
                   (id, scope_id, subject, body, purposes, version, disposal, source_system, source_reference,
                    review_group, proposed_by, created_at, created_by, changed_at, changed_by)
            VALUES (gen_random_uuid(), %s, 'x', '', '{{prevent-offences}}', 1, 'kept', '', '', '', '', now(),
                    {told["created_by"]}, now(), {told["changed_by"]})"""
        refused(scene.asha, "says truly", statement, scene.clear.scope_id)

    def test_is_not_told_otherwise_of_a_disposal_that_is_proposed(self, scene: Scene) -> None:
        change = (
            f"disposal = 'proposed', proposed_at = now(), proposed_by = 'x', changed_by = {BY}"
        )
        statement = f"UPDATE records_note SET {change} WHERE id = %s"
        refused(scene.colleague, "says truly", statement, scene.clear.pk)

    def test_is_not_told_otherwise_of_what_stands_beside(self, scene: Scene) -> None:
        hold = """INSERT INTO records_hold (id, record, kind, scope_id, reason, placed_at, placed_by, lifted_by)
                  VALUES (gen_random_uuid(), %s, '', 0, 'x', now(), {}, '')"""
        key = scene.clear.pk
        refused(scene.colleague, "told truly", hold.format("'staff:x'"), key)
        as_actor(scene.colleague, hold.format(BY) + " RETURNING 1", key)
        lift = "UPDATE records_hold SET lifted_at = now(), lifted_by = {}"
        refused(scene.colleague, "told truly", lift.format("'staff:x'"))
        link = """INSERT INTO records_link (id, one, one_kind, one_scope, other, other_kind, other_scope, relation,
                                            linked_at, linked_by)
                  VALUES (gen_random_uuid(), %s, '', 0, %s, '', 0, 'supports', now(), 'staff:x')"""
        refused(scene.asha, "told truly", link, key, scene.secret.pk)

    def test_every_governed_table_is_asked(self, db: None) -> None:
        tables = {model._meta.db_table for model in models_of(GovernedRecord)}
        found = raw("""SELECT tgrelid::regclass::text FROM pg_trigger
                        WHERE tgfoid = to_regproc('records_told') AND tgenabled = 'A'""")
        assert sorted(table for (table,) in found) == sorted([*tables, *tables])
