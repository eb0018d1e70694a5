"""Exports: the duties of one force and one system in a period, as far as the reader may see them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crossforce.duty import mapping, queries
from crossforce.duty.operations.entries import change_entry
from crossforce.duty.queries.exporting import EndsBefore, SeesNone
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, NESTED, SHIFTS, described, parsed
from crossforce.duty.tests.factories import HERE, PARTNER, brought_in, entries, rows
from crossforce.duty.tests.test_mapping_round_trip import START, duties, sayable
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
ONE = factories.EARLY
NEXT = "2;1234;22/11/2026;07:00;15:00;RPU;XG01;Devizes;AV;;"
FIRST, SECOND, THIRD = (datetime(2026, 11, day, tzinfo=UTC) for day in (21, 22, 23))
FORM = described(SHIFTS)


@ground.fixture
def asha() -> Actor:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234")
    actor = factories.planner()
    brought_in(actor, rows(ONE, NEXT))
    return actor


def references(
    actor: Actor, starts_at: datetime = FIRST, ends_at: datetime = THIRD
) -> list[str]:
    written = queries.exported(actor, FORM, starts_at, ends_at)
    found, findings = parsed(FORM, written.content)
    assert not findings
    assert written.number == len(found)
    return [each.reference for each in found]


class TestExported:
    def test_holds_what_begins_in_the_period(self, asha: Actor) -> None:
        assert references(asha) == ["1", "2"]
        assert references(asha, ends_at=SECOND) == ["1"]
        assert references(asha, starts_at=SECOND) == ["2"]
        assert references(asha, starts_at=THIRD, ends_at=THIRD + timedelta(days=1)) == []
        with pytest.raises(EndsBefore):
            references(asha, starts_at=THIRD)

    def test_holds_the_cancelled_where_the_form_can_say_so(self, asha: Actor) -> None:
        brought_in(asha, rows(ONE + "y"))
        assert references(asha) == ["1", "2"]
        plain = described(SHIFTS, ('cancelled = "Cancelled"\n', ""))
        assert queries.exported(asha, plain, FIRST, THIRD).number == 1

    def test_holds_what_the_reader_may_see_and_no_more(self, asha: Actor) -> None:
        factories.sharing((HERE, PARTNER))
        assert references(factories.planner(PARTNER)) == ["1"]
        with pytest.raises(SeesNone):
            references(factories.planner(factories.ELSEWHERE))

    def test_leaves_out_what_the_form_cannot_say_and_writes_the_rest(self, asha: Actor) -> None:
        other = described(SHIFTS, ('RPU = "roads"\n', ""))
        written = queries.exported(asha, other, FIRST, THIRD)
        found, _ = parsed(other, written.content)
        assert ([each.reference for each in found], written.number) == (["1"], 1)
        (left,) = written.left_out
        assert left.reference == "2"
        assert left.message.startswith("1234, 22/11/2026 07:00 to 22/11/2026 15:00: ")
        assert "roads" in left.message

    def test_a_duty_corrected_by_hand_stops_no_other(self, asha: Actor) -> None:
        form = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
        days = b"Person,Day,Duty\n1234,2026-11-24,E\n1234,2026-11-25,E\n"
        brought_in(asha, days, form)
        row = next(each for each in entries(asha) if each.source_reference == "1234@20261124")
        later = {"ends_at": row.ends_at + timedelta(minutes=30)}
        change_entry(actor=asha, entry=row.pk, version=1, given=later, at=factories.AT)
        written = queries.exported(asha, form, THIRD, THIRD + timedelta(days=7))
        assert written.content.splitlines() == [b"Person,Day,Duty", b"1234,2026-11-25,E"]
        assert [each.reference for each in written.left_out] == ["1234@20261124"]
        assert "no duty code" in written.left_out[0].message


SHAPES = {
    "shifts": described(SHIFTS, ('"shift-manager"', '"another-system"')),
    "nested": described(NESTED, ('"gloucestershire"', f'"{HERE}"')),
    "days": described(DAYS, ('"avon-and-somerset"', f'"{HERE}"')),
}
days = st.lists(
    st.tuples(
        st.sampled_from(["p0", "p1", "p2"]),
        st.integers(0, 150).map(lambda n: n * 2),
        st.sampled_from(["E", "N", "C", "AL"]),
    ),
    unique_by=lambda each: each[:2],
    max_size=8,
)


@pytest.mark.slow
class TestFileForFile:
    """What is brought in, held by the database and written out again is the file that came, byte for byte.

    The file is in normal form already: as the platform itself writes duties, people and days in order.
    """

    @pytest.fixture
    def planner(self, asha: Actor) -> Actor:
        for number in ("p0", "p1", "p2"):
            factories.person(number)
        return asha

    @pytest.mark.parametrize("shape", ["shifts", "nested", "days"])
    @given(data=st.data())
    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    def test_is_the_same(self, planner: Actor, shape: str, data: st.DataObject) -> None:
        form = SHAPES[shape]
        file = written(form, data.draw(days if shape == "days" else duties()))
        with transaction.atomic():
            outcome = brought_in(planner, file, form)
            assert not outcome.findings, outcome.findings
            exported = queries.exported(
                planner, form, START - timedelta(days=2), START + timedelta(days=400)
            )
            transaction.set_rollback(True)
        assert not exported.left_out
        assert exported.number == outcome.counts["new"]
        assert exported.content == file


def written(form: mapping.Mapping, drawn: list[Any]) -> bytes:
    """The drawn duties or days as the export itself has them."""
    if form.shape != "days":
        return b"".join(mapping.write(sayable(form, drawn), form))
    rows = [f"{who},{START.date() + timedelta(days=day)},{code}" for who, day, code in drawn]
    found, findings = parsed(form, "\r\n".join(["Person,Day,Duty", *sorted(rows)]).encode())
    changed = ("time-never", "time-twice")
    assume(not any(each.rule in changed for each in findings))  # the clocks went on or back
    assert not findings
    return b"".join(mapping.write(found, form))
