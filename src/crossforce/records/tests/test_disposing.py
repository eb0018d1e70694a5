"""Disposal: when a record may go, and by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction

from crossforce.kernel import guarded
from crossforce.records import models, operations, queries
from crossforce.records.operations import keeping
from crossforce.records.rules import retention
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT

pytestmark = pytest.mark.django_db
NOTE = "records.note"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    factories.policy()


class TestDispose:
    def old(self, **more: Any) -> models.Note:
        return factories.note(review_due=AT.date() - timedelta(days=1), **more)

    def dispose(self, actor: Any, row: models.Note) -> None:
        operations.dispose(
            actor=actor,
            kind=NOTE,
            record=row.pk,
            version=row.version,
            reason="No longer necessary.",
            at=AT,
        )

    def test_leaves_nothing_but_the_ledger(self) -> None:
        asha, row = factories.asha(), self.old()
        self.dispose(asha, row)
        with guarded.acting(asha):
            assert not models.Note.objects.filter(pk=row.pk).exists()
            assert not models.Pointer.objects.filter(pk=row.pk).exists()
            assert not queries.search(asha, "blue van").rows
        (entry,) = factories.entries("record.erased")
        assert entry.subject == f"records.note:{row.pk}"

    def test_refuses_before_the_review(self) -> None:
        asha = factories.asha()
        with pytest.raises(keeping.MayNotGo, match="kept until"):
            self.dispose(asha, factories.created(asha))

    def test_a_hold_beats_everything_until_it_is_lifted(self) -> None:
        asha, row = factories.asha(), self.old()
        placed = operations.hold(
            actor=asha, kind=NOTE, record=row.pk, reason="A live inquest", at=AT
        )
        with pytest.raises(keeping.MayNotGo, match="A live inquest"):
            self.dispose(asha, row)
        operations.lift(actor=asha, hold=placed.pk, reason="It closed.", at=AT)
        self.dispose(asha, row)

    def test_groups_one_and_two_need_two_people(self) -> None:
        row = self.old(review_group="1")
        first, second = factories.asha(), factories.asha()
        with pytest.raises(keeping.MayNotGo, match="propose"):
            self.dispose(first, row)
        operations.propose_disposal(actor=first, kind=NOTE, record=row.pk, version=1, at=AT)
        row.version = 2
        with pytest.raises(keeping.MayNotGo, match="somebody else"):
            self.dispose(first, row)
        self.dispose(second, row)

    def test_who_takes_it_out_of_such_a_group_is_one_of_the_two(self) -> None:
        row = self.old(review_group="1")
        first, second = factories.asha(), factories.asha()
        aside = self.reviewed(first, row, group="4")
        with pytest.raises(keeping.MayNotGo, match="took it out"):
            self.dispose(first, aside)
        self.dispose(second, aside)

    def test_who_brings_its_day_forward_leaves_it_to_another(self) -> None:
        row = factories.note(review_due=AT.date() + timedelta(days=90))
        first, second = factories.asha(), factories.asha()
        aside = self.reviewed(first, row, group="4")
        with pytest.raises(keeping.MayNotGo, match="which you changed"):
            self.dispose(first, aside)
        self.dispose(second, aside)

    def test_what_changed_since_it_was_looked_at_is_said_by_its_name(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The database decides again; the operation, which saw nothing against it, says what the database says."""
        monkeypatch.setattr(retention, "refusal_to_dispose", lambda *_, **__: None)
        asha = factories.asha()
        with pytest.raises(keeping.MayNotGo, match="due for review"):
            self.dispose(asha, factories.note(review_due=AT.date() + timedelta(days=9000)))
        with pytest.raises(keeping.MayNotGo, match="Somebody else"):
            self.dispose(asha, self.old(review_group="1"))
        held = self.old()
        operations.hold(actor=asha, kind=NOTE, record=held.pk, reason="A live inquest", at=AT)
        with pytest.raises(keeping.MayNotGo, match="Lift the hold"):
            self.dispose(asha, held)

    def test_a_database_that_is_away_is_not_taken_for_a_refusal(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: Any) -> Any:
            raise OperationalError("the connection is closed")

        monkeypatch.setattr(transaction, "atomic", away)
        with pytest.raises(OperationalError, match="closed"):
            keeping._erase(models.Note(), 1)

    def reviewed(self, actor: Any, row: models.Note, *, group: str) -> models.Note:
        """Reviewed into a group in which it is due already."""
        with guarded.acting(actor):
            found: models.Note = models.Note.objects.get(pk=row.pk)
            day = AT.date() - timedelta(days=1)
            them = {"changed_at": AT, "changed_by": actor.reference}
            found.change(expected=1, review_group=group, review_due=day, **them)
        return found

    def test_a_review_moves_the_day(self) -> None:
        asha, row = factories.asha(), self.old()
        done = operations.review(
            actor=asha,
            kind=NOTE,
            record=row.pk,
            version=1,
            group="2",
            last_notice=AT.date(),
            at=AT,
        )
        assert done.review_due is not None
        assert done.review_due.year == AT.year + 10
