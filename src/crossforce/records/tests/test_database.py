"""What the database itself does for every kind of record, whatever the code above forgets."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refusal
from crossforce.people.choices import Actor
from crossforce.records import models, operations
from crossforce.records.choices import Place, Reference
from crossforce.records.tests import factories

NOTE = "records.note"


def ask(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.mark.django_db
class TestRights:
    def test_a_record_is_there_for_whom_a_clause_gives_it_and_for_nobody_else(self) -> None:
        factories.policy()
        note = factories.note()
        for actor, there in ((factories.asha(), 1), (factories.cole(), 0)):
            with guarded.acting(actor):
                assert models.Note.objects.filter(pk=note.pk).count() == there
        assert not models.Note.objects.exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT 1 FROM records_searched",
            "UPDATE records_pointer SET title = 'x'",
            "DELETE FROM records_proposal",
            "DELETE FROM records_noteevent",
            "UPDATE records_link SET relation = 'follows'",
        ],
    )
    def test_the_application_has_no_right_to(self, statement: str) -> None:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ask(statement)

    def test_states_are_written_by_the_trigger_alone(self) -> None:
        factories.policy()
        note = factories.note()
        copied = "INSERT INTO records_noteevent SELECT * FROM records_noteevent LIMIT 1"
        with guarded.acting(factories.asha()):
            assert ask("SELECT pgh_obj_id FROM records_noteevent") == [(note.pk,)]
            with (
                pytest.raises(DatabaseError, match=r"permission denied|row-level security"),
                transaction.atomic(),
            ):
                ask(copied)

    def test_what_stands_beside_a_record_bears_its_scope_whatever_is_sent(self) -> None:
        factories.policy()
        asha, note = factories.asha(), factories.note()
        with guarded.acting(asha):
            hold = models.Hold.objects.create(
                record=note.pk,
                kind="records.document",
                scope_id=12,
                reason="x",
                placed_at=factories.AT,
                placed_by=asha.reference,
            )
            hold.refresh_from_db()
            assert (hold.kind, hold.scope_id) == (NOTE, note.scope_id)

    def test_a_held_record_stays_though_code_forgets(self) -> None:
        factories.policy()
        asha, note = factories.asha(), factories.note()
        operations.hold(
            actor=asha, kind=NOTE, record=note.pk, reason="inquest", at=factories.AT
        )
        refused = pytest.raises(DatabaseError, match="held")
        with guarded.acting(asha), refused, transaction.atomic():
            models.Note.objects.filter(pk=note.pk).delete()


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["created_at", "changed_at", "review_due", "proposed_at"])
def test_a_day_without_end_is_refused(column: str) -> None:
    """A list that shows one could be drawn for nobody any more."""
    factories.policy()
    asha, note = factories.asha(), factories.note()
    said = f"{column} = 'infinity', changed_by = %s, proposed_by = %s, disposal = 'proposed'"
    said += "" if column == "proposed_at" else ", proposed_at = now()"
    refused = pytest.raises(DatabaseError, match=r"_finite|says truly")
    with guarded.acting(asha), refused, transaction.atomic():
        ask(
            f"UPDATE records_note SET {said} WHERE id = %s",
            asha.reference,
            asha.reference,
            note.pk,
        )
    with guarded.acting(asha), transaction.atomic():
        ask(
            "UPDATE records_note SET body = 'x', changed_by = %s WHERE id = %s",
            asha.reference,
            note.pk,
        )


@pytest.mark.django_db
class TestMove:
    """In SQL: a row is changed where it was and where it goes, and is read in both places."""

    @pytest.mark.parametrize(
        ("was", "goes", "moves"),
        [
            (("read", "edit"), ("read", "edit"), True),
            (("read", "edit"), ("read",), False),
            (("read", "edit"), ("edit",), False),
            (("read",), ("read", "edit"), False),
            (("edit",), ("read", "edit"), False),
        ],
    )
    @pytest.mark.parametrize("is_out", [True, False])
    def test_between_compartments_asks_for_both(
        self, was: tuple[str, ...], goes: tuple[str, ...], moves: bool, is_out: bool
    ) -> None:
        asha, places = factories.asha(), ("blue", "") if is_out else ("", "blue")
        factories.policy()
        factories.policy("blue", compartment="blue")
        here, there = (factories.note(asha, compartment=each) for each in places)
        for actions, place in zip((was, goes), places, strict=True):
            factories.policy("blue" if place else "policy", compartment=place, actions=actions)
        with guarded.acting(asha):
            assert is_put(here, there.scope_id, asha) is moves
            refused = contextlib.nullcontext() if moves else pytest.raises(Refusal)
            with refused:
                to = Place(factories.HERE, compartment=places[1])
                operations.move(
                    actor=asha,
                    kind=NOTE,
                    record=here.pk,
                    version=1,
                    to=to,
                    reason="",
                    at=factories.AT,
                )


def is_put(note: models.Note, scope: int | None, by: Actor) -> bool:
    """Whether the database lets the row go there; it stays where it is."""
    statement = (
        "UPDATE records_note SET scope_id = %s, changed_by = %s WHERE id = %s RETURNING 1"
    )
    try:
        with transaction.atomic():
            done = ask(statement, scope, by.reference, note.pk)
            transaction.set_rollback(True)
            return done == [(1,)]
    except ProgrammingError:  # for want of a right
        return False


@pytest.mark.django_db(transaction=True)
class TestDisposal:
    def test_takes_states_words_pointer_and_links_in_one_transaction(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        factories.policy()
        asha, one, other = factories.asha(), factories.note(), factories.note()
        refs = [Reference(NOTE, row.pk) for row in (one, other)]
        operations.link(
            actor=asha, one=refs[0], other=refs[1], relation="concerns", at=factories.AT
        )
        with guarded.acting(asha):
            models.Note.objects.filter(pk=one.pk).delete()
        counts = [
            owner_connection.execute(f"SELECT count(*) FROM {table} WHERE {key} = %s", [one.pk])
            for table, key in (
                ("records_noteevent", "pgh_obj_id"),
                ("records_searched", "id"),
                ("records_pointer", "id"),
                ("records_link", "one"),
            )
        ]
        assert [row.fetchone()[0] for row in counts] == [0, 0, 0, 0]  # type: ignore[index]

    def test_the_states_of_a_record_that_is_there_stay_even_for_the_owner(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        factories.policy()
        factories.note()
        for statement in (
            "DELETE FROM records_noteevent",
            "UPDATE records_noteevent SET body = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                owner_connection.execute(statement)

    def test_a_hold_and_a_disposal_at_the_same_instant_do_not_both_win(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        factories.policy()
        note = factories.note()
        values = [uuid4(), note.pk, NOTE, "inquest", factories.AT]
        asha = factories.asha()
        owner_connection.execute("BEGIN")
        owner_connection.execute(HOLD, values)
        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(erased, note, asha)
            with pytest.raises(TimeoutError):
                going.result(timeout=0.5)
            owner_connection.execute("COMMIT")
            assert going.result(timeout=60) == "held"

    @pytest.mark.usefixtures("transactional_db")
    def test_a_correction_is_not_told_before_a_disclosure_that_has_begun(self) -> None:
        factories.policy()
        asha = factories.asha()
        note = factories.created(asha)
        factories.policy("shared", recipient=factories.PARTNER, actions=("find", "read"))
        proposed = operations.propose(
            actor=factories.bryn(), kind=NOTE, record=note.pk, given={"body": "Twice."},
            reason="A sighting.", at=factories.AT,
        )  # fmt: skip
        with guarded.acting(asha), ThreadPoolExecutor(1) as pool:
            operations.disclose(
                actor=asha, kind=NOTE, records=[note.pk], recipient=factories.PARTNER,
                reason="Asked for.", at=factories.AT,
            )  # fmt: skip
            assert "lock timeout" in pool.submit(accepted, proposed.pk, asha).result(60)
        assert accepted(proposed.pk, asha) == "told"
        (entry,) = factories.entries("record.recipients-told")
        assert list(entry.detail["recipients"]) == [factories.PARTNER]


HOLD = """
INSERT INTO records_hold (id, record, kind, scope_id, reason, placed_at, placed_by, lifted_by)
VALUES (%s, %s, %s, 0, %s, %s, 'x', '')
"""


def erased(note: models.Note, asha: Actor) -> str:
    try:
        with guarded.acting(asha):
            models.Note.objects.filter(pk=note.pk).delete()
    except DatabaseError as fault:
        return "held" if "held" in str(fault) else str(fault)
    finally:
        connection.close()
    return "gone"


def accepted(proposal: UUID, asha: Actor) -> str:
    try:
        with guarded.acting(asha):
            ask("SELECT set_config('lock_timeout', '100ms', true)")
            operations.accept(actor=asha, proposal=proposal, at=factories.AT)
    except DatabaseError as fault:
        return str(fault)
    finally:
        connection.close()
    return "told"
