"""Private parts of the ledger: for auditors of whoever acted; a holder is told office and purpose."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Part
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
OPENED = "SELECT part, convert_from(body, 'UTF8'), salt FROM ledger_opened WHERE entry_id = %s"
RECORD = "records.note:01900000-0000-7000-8000-000000000001"


def done(who: Any, operation: str = "record.consulted") -> UUID:
    with transaction.atomic():
        about = ledger.About(concerns=[HERE, PARTNER])
        reason = {"reason": "A threat to life"}
        return ledger.append(
            actor=who,
            operation=operation,
            subject=RECORD,
            detail={},
            at=AT,
            about=about,
            private=reason,
        ).id


def opened(actor: Any, entry: UUID) -> dict[str, dict[str, Any] | None]:
    """By raw SQL, while the actor acts."""
    with guarded.acting(actor), connection.cursor() as cursor:
        cursor.execute(OPENED, [entry])
        found = cursor.fetchall()
    assert all(salt is None for _, body, salt in found if body is None)
    return {part: json.loads(body) if body else None for part, body, _ in found}


NOTHING = {"actor": None, "private": None}


class TestOpened:
    def test_whole_for_auditors_of_whoever_acted(self, cast: Cast) -> None:
        asha = cast.asha("duty-inspector").actor
        found = opened(cast.dee().actor, done(asha))
        assert found["private"] == {"reason": "A threat to life"}
        assert found["actor"]
        assert found["actor"]["staff"] == str(asha.staff)

    def test_office_and_purpose_for_those_of_a_holder(self, cast: Cast) -> None:
        asha, bryn = cast.asha("duty-inspector").actor, cast.bryn("auditor").actor
        told = {"office": asha.office, "purpose": asha.purpose}
        assert opened(bryn, done(asha)) == {"actor": told, "private": None}
        assert opened(bryn, done(asha, "agreement.signed")) == NOTHING

    def test_nothing_for_anybody_else(self, cast: Cast) -> None:
        asha = cast.asha("duty-inspector").actor
        entry = done(asha)
        for actor in (asha, cast.cole("auditor").actor, factories.loader(), None):
            assert opened(actor, entry) == NOTHING

    def test_who_did_it_is_found_by_those_auditors_until_that_is_erased(
        self, cast: Cast
    ) -> None:
        asha, manager = (
            cast.asha("duty-inspector").actor,
            cast.asha("information-manager").actor,
        )
        entry = done(asha)
        theirs = ledger.touching(ledger.Touching(staff=asha.staff))
        assert list(theirs) == []
        with guarded.acting(cast.dee().actor):
            assert [row.pk for row in theirs.all()] == [entry]
        with guarded.acting(manager), transaction.atomic():
            ledger.erase_private(
                actor=manager, entry=entry, part=Part.ACTOR, reason="asked", at=AT
            )
        with guarded.acting(cast.dee().actor):
            assert list(theirs.all()) == []


class TestTable:
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT body FROM ledger_privatepart",
            "SELECT count(*) FROM ledger_privatepart",
            "COPY ledger_privatepart TO STDOUT",
            "UPDATE ledger_opened SET body = ''",
            "DELETE FROM ledger_commitment",
        ],
    )
    def test_is_read_and_changed_by_nobody(self, cast: Cast, statement: str) -> None:
        auditor = cast.dee().actor
        with (
            guarded.acting(auditor),
            pytest.raises(DatabaseError, match=r"permission denied|cannot"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    @pytest.mark.usefixtures("may_make_temporary")
    def test_a_function_of_the_askers_own_sees_no_more_than_the_asker(self, cast: Cast) -> None:
        """Functions that cost nothing are asked first, whatever else a statement says."""
        asha = cast.asha("duty-inspector").actor
        entry = done(asha)
        leak = """CREATE FUNCTION pg_temp.leak(bytea) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
                  $$ BEGIN IF $1 IS NOT NULL THEN RAISE EXCEPTION 'seen'; END IF; RETURN true; END $$"""
        with guarded.acting(asha), connection.cursor() as cursor:
            cursor.execute(leak)
            asked = "SELECT count(*) FROM ledger_opened WHERE pg_temp.leak(body) AND pg_temp.leak(salt)"
            cursor.execute(asked + " AND entry_id = %s", [entry])
            assert cursor.fetchone() == (2,)
