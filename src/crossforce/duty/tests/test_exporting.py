"""Exports: the duties of one force and one system in a period, as far as the reader may see them."""

from datetime import UTC, datetime

import pytest

from crossforce.duty import queries
from crossforce.duty.mapping import CannotWrite
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS, described, parsed
from crossforce.duty.tests.factories import HERE, PARTNER, brought_in, rows
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
ONE = "1;1234;21/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"
NEXT = "2;1234;22/11/2026;07:00;15:00;RPU;XG01;Devizes;AV;;"
FIRST, SECOND, THIRD = (datetime(2026, 11, day, tzinfo=UTC) for day in (21, 22, 23))
FORM = described(SHIFTS)


@pytest.fixture
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
    pieces, number = queries.exported(actor, FORM, starts_at, ends_at)
    found, findings = parsed(FORM, b"".join(pieces))
    assert not findings
    assert number == len(found)
    return [each.reference for each in found]


class TestExported:
    def test_holds_what_begins_in_the_period(self, asha: Actor) -> None:
        assert references(asha) == ["1", "2"]
        assert references(asha, ends_at=SECOND) == ["1"]
        assert references(asha, starts_at=SECOND) == ["2"]
        assert references(asha, starts_at=THIRD) == []

    def test_holds_the_cancelled_where_the_form_can_say_so(self, asha: Actor) -> None:
        brought_in(asha, rows(ONE + "y"))
        assert references(asha) == ["1", "2"]
        plain = described(SHIFTS, ('cancelled = "Cancelled"\n', ""))
        _, number = queries.exported(asha, plain, FIRST, THIRD)
        assert number == 1

    def test_holds_what_the_reader_may_see_and_no_more(self, asha: Actor) -> None:
        factories.sharing((HERE, PARTNER))
        assert references(factories.planner(PARTNER)) == ["1"]
        assert references(factories.planner(factories.ELSEWHERE)) == []

    def test_stops_at_a_duty_that_the_form_cannot_say(self, asha: Actor) -> None:
        other = described(SHIFTS, ('RPU = "roads"\n', ""))
        with pytest.raises(CannotWrite, match="roads"):
            queries.exported(asha, other, FIRST, THIRD)
