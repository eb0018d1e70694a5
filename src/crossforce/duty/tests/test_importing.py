"""Imports: what they bring, what they change, what they refuse; the same file twice is nothing new."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.duty import models
from crossforce.duty.choices import State
from crossforce.duty.operations import MayNotImport, importing, mappings, trying
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS
from crossforce.duty.tests.factories import AT, HERE, UNIT, brought_in, entries, rows
from crossforce.kernel import guarded
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
ONE = factories.EARLY
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;AV;;"
FAR = date(2026, 1, 1)
SOON, WAITED, WRITTEN, KEPT = (
    "SET LOCAL synchronous_commit TO off",
    "SET LOCAL synchronous_commit TO DEFAULT",
    "INSERT INTO duty_entry",
    'INSERT INTO "duty_import"',
)
PERIOD_TEXT = DAYS.decode().replace("avon-and-somerset", HERE)
PERIOD = mappings.understood(PERIOD_TEXT)


@pytest.fixture(autouse=True)
def force() -> None:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234", name="Robin Hill")
    factories.person("1235", name="Sam Lowe")


class TestBringIn:
    def test_brings_duties_into_the_collection_of_their_unit(self) -> None:
        asha = factories.planner()
        outcome = brought_in(asha, rows(ONE, TWO))
        assert outcome.counts["new"] == 2
        assert not outcome.findings
        first, second = entries(asha)
        assert (first.name, first.number, first.unit) == ("Robin Hill", "1234", UNIT)
        assert first.source_reference == "1"
        assert not first.is_long
        assert first.scope_id == second.scope_id != 0

    def test_writes_one_entry_a_batch(self) -> None:
        brought_in(factories.planner(), rows(ONE, TWO))
        collected = [
            entry
            for entry in _told("record.collected")
            if entry.subject.startswith("duty.entry")
        ]
        assert len(collected) == 1
        assert collected[0].detail["count"] == 2

    def test_waits_for_the_disk_with_its_end_and_not_with_its_batches(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "BATCH", 1_000)
        many = [f"{n};1234;{FAR + timedelta(days=n):%d/%m/%Y};07:00;15:00;SOU;;;;;" for n in range(2_500)]  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            brought_in(factories.planner(), rows(*many))
        told = [each["sql"] for each in asked]
        kinds = [
            kind
            for sql in told
            for kind in (SOON, WAITED, WRITTEN, KEPT)
            if sql.lstrip().startswith(kind)
        ]
        assert kinds == [SOON, WRITTEN] * 3 + [WAITED, KEPT]

    def test_twice_is_the_same_as_once(self) -> None:
        asha = factories.planner()
        brought_in(asha, rows(ONE, TWO))
        before = entries(asha)
        again = brought_in(asha, rows(ONE, TWO)).counts
        assert (again["same"], again["new"], again["changed"]) == (2, 0, 0)
        assert [each.version for each in entries(asha)] == [each.version for each in before]

    def test_knows_corrections_and_cancellations(self) -> None:
        asha = factories.planner()
        brought_in(asha, rows(ONE, TWO))
        moved = ONE.replace("07:00", "08:00").replace("SOU", "RPU")
        counts = brought_in(asha, rows(moved, TWO + "y")).counts
        assert (counts["changed"], counts["cancelled"]) == (1, 1)
        second, first = entries(asha)
        assert (first.unit, first.version) == ("roads", 2)
        assert second.cancelled_at is not None
        assert brought_in(asha, rows(TWO)).counts["changed"] == 1

    def test_exchanges_two_duties(self) -> None:
        asha = factories.planner()
        late = "3;1234;21/11/2026;15:00;23:00;SOU;;;;;"
        brought_in(asha, rows(ONE, late))
        swapped = rows(
            ONE.replace("07:00;15:00", "15:00;23:00"),
            late.replace("15:00;23:00", "07:00;15:00"),
        )
        assert brought_in(asha, swapped).counts["changed"] == 2

    def test_refuses_a_row_and_lets_the_rest_go_on(self) -> None:
        asha = factories.planner()
        outcome = brought_in(
            asha, rows(ONE, TWO.replace("1235", "9999"), ONE.replace("1;", "4;", 1))
        )
        assert outcome.counts["new"] == 1
        assert sorted(each.rule for each in outcome.findings) == ["overlap", "unknown-person"]
        assert all(each.row for each in outcome.findings)

    def test_refuses_what_overlaps_with_what_is_held(self) -> None:
        asha = factories.planner()
        brought_in(asha, rows(ONE))
        outcome = brought_in(asha, rows(ONE.replace("1;", "5;", 1)))
        assert [each.rule for each in outcome.findings] == ["overlap"]
        assert outcome.counts["new"] == 0

    def test_refuses_the_whole_file_and_keeps_why(self) -> None:
        asha = factories.planner()
        outcome = brought_in(asha, rows(ONE, TWO.replace("21/11", "11/21")))
        assert outcome.state == "refused"
        assert not entries(asha)
        with guarded.acting(asha):
            kept = models.Import.objects.get()
        assert kept.state == "refused"
        assert "other way round" in kept.findings

    def test_rehearses_without_a_trace(self) -> None:
        asha = factories.planner()
        outcome = brought_in(asha, rows(ONE, TWO), is_rehearsal=True)
        assert outcome.counts["new"] == 2
        assert outcome.record is None
        assert not entries(asha)

    def test_goes_on_where_it_stopped(self) -> None:
        asha = factories.planner()
        brought_in(asha, rows(ONE))
        counts = brought_in(asha, rows(ONE, TWO)).counts
        assert (counts["new"], counts["same"]) == (1, 1)


class TestPeriods:
    def test_delete_what_is_no_longer_in_the_file(self) -> None:
        asha = factories.planner()
        brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,E\n1235,2026-11-21,E\n", PERIOD)
        counts = brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,N\n", PERIOD).counts
        assert (counts["changed"], counts["cancelled"]) == (1, 1)

    def test_never_take_a_refused_row_for_a_deleted_one(self) -> None:
        asha = factories.planner()
        brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,E\n1235,2026-11-21,E\n", PERIOD)
        counts = brought_in(
            asha, b"Person,Day,Duty\n1234,2026-11-21,E\n1235,2026-11-21,Q\n", PERIOD
        ).counts
        assert (counts["cancelled"], counts["refused"]) == (0, 1)

    def test_refuse_a_file_that_would_cancel_most_of_what_is_held(self) -> None:
        asha = factories.planner()
        brought_in(asha, days(*range(1, 41)), PERIOD)
        cut = brought_in(asha, days(1, 40), PERIOD)
        assert (cut.state, cut.counts["cancelled"]) == (State.REFUSED, 0)
        assert "would cancel 38 of the 40 duties" in cut.findings[-1].message
        assert "held for 01/11/2026 to 10/12/2026" in cut.findings[-1].message
        assert "--accept-losses" in cut.findings[-1].remedy
        assert len([row for row in entries(asha) if row.cancelled_at is None]) == 40
        confirmed = mappings.understood(mappings.accepting(PERIOD_TEXT))
        assert confirmed.file.most_cancelled == 1
        assert brought_in(asha, days(1, 40), confirmed).counts["cancelled"] == 38

    def test_refuse_a_file_that_has_lost_its_last_third(self) -> None:
        asha = factories.planner()
        brought_in(asha, days(*range(1, 101)), PERIOD)
        cut = brought_in(asha, days(*range(1, 63), 100), PERIOD)
        assert (cut.state, cut.counts["cancelled"]) == (State.REFUSED, 0)
        assert "would cancel 37 of the 100 duties" in cut.findings[-1].message

    def test_are_tried_on_a_sample_without_their_last_row(self) -> None:
        asha = factories.planner()
        text = PERIOD_TEXT.replace('type = "csv"', 'type = "csv"\ntrailer = "END"')
        assert brought_in(asha, days(1, 2), mappings.understood(text)).state is State.REFUSED
        for sample, state in ((days(1, 2), State.DONE), (days(1) + b"END,2", State.REFUSED)):
            found = trying.tried(actor=asha, mapping=text, sample=sample, at=AT)
            assert found.outcome.state is state

    def test_let_a_tenth_go(self) -> None:
        asha = factories.planner()
        brought_in(asha, days(*range(1, 251)), PERIOD)
        assert brought_in(asha, days(*range(1, 226), 250), PERIOD).counts["cancelled"] == 24

    @pytest.mark.parametrize(("held", "kept"), [(22, 1), (40, 19)])
    def test_let_a_few_go(self, held: int, kept: int) -> None:
        asha = factories.planner()
        brought_in(asha, days(*range(1, held + 1)), PERIOD)
        outcome = brought_in(asha, days(*range(1, kept + 1), held), PERIOD)
        assert (outcome.state, outcome.counts["cancelled"]) == (State.DONE, 20)


class TestWhoMay:
    def test_nobody_without_a_policy(self) -> None:
        with pytest.raises(MayNotImport):
            brought_in(factories.planner(factories.ELSEWHERE), rows(ONE))

    def test_sees_nothing_in_another_force(self) -> None:
        brought_in(factories.planner(), rows(ONE))
        assert not entries(factories.planner(factories.PARTNER))


def days(*numbers: int) -> bytes:
    """One duty on each of these days from 1 November."""
    on = (date(2026, 10, 31) + timedelta(days=number) for number in numbers)
    return b"Person,Day,Duty\n" + b"".join(f"1234,{day},E\n".encode() for day in on)


def _told(operation: str) -> list[Any]:
    found = StoredEntry.objects.filter(operation=operation).order_by("at", "id")
    return [from_bytes(bytes(row.body)) for row in found]
