"""Hours on duty as what a cost is shared by: counted by the platform, with the duties that were counted."""

from datetime import date, datetime
from typing import Any

import pytest

from crossforce.agreements.preview import Section, Wanted
from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.agreements.tests.factories import AVON, GLOS, WILTS
from crossforce.duty.queries import Filter, measuring
from crossforce.duty.queries.evidence import evidence
from crossforce.duty.queries.fairness import fairness
from crossforce.duty.tests.test_fairness import NOW, UNIT, asha, three_forces, worked
from crossforce.kernel import guarded
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

__all__ = ["asha", "bodies", "few_bodies", "three_forces"]

pytestmark = pytest.mark.django_db
EQUAL = 'method = "equal"\nannual_cost = { pence = 0'
COST = 1_200_000
FIRST = date(2027, 2, 1)


def shared(by: str, at: datetime = NOW, actor: Actor | None = None) -> Section:
    """The money of the agreement when its cost is shared by what is counted."""
    text = agreed.document()
    assert EQUAL in text
    method = f'method = "demand"\ndriver = "{by}"\nmonths = 3\nannual_cost = {{ pence = {COST}'
    found = preview.of_document(
        actor or people.actor("programme-officer", AVON), text.replace(EQUAL, method), at
    )
    return found.section("money")


def pence(found: Section) -> dict[str, int | None]:
    rows = [row for row in found.rows if row.figures and ("sum", "all") not in row.about]
    return {dict(row.about)["force"]: row.figures.after for row in rows if row.figures}


@pytest.fixture
def duties(asha: Actor) -> Actor:
    """Wiltshire works twelve hours and Avon and Somerset six, all in nobody's place."""
    worked(WILTS, "1;1234;10/02/2027;07:00;19:00;SOU;;;AV;;")
    worked(AVON, "1;1234;28/02/2027;22:00;04:00;SOU;;;AV;;")
    return asha


def test_each_force_pays_by_the_hours_that_it_gave(duties: Actor) -> None:
    assert pence(shared("duty-hours-given")) == {WILTS: 800_000, AVON: 400_000, GLOS: 0}


def test_each_force_pays_by_the_hours_that_it_received(duties: Actor) -> None:
    assert pence(shared("duty-hours-received")) == dict.fromkeys((WILTS, AVON, GLOS), 400_000)


def test_the_figures_are_those_of_the_page(duties: Actor) -> None:
    given = {e.name: e.given for e in fairness(duties, FIRST, 2, Filter()).totals("force")}
    assert given == {WILTS: 12 * 3600, AVON: 6 * 3600, GLOS: 0}


def test_the_preview_says_what_was_counted(duties: Actor) -> None:
    said = " ".join(line.en for row in shared("duty-hours-given").rows for line in row.lines)
    counted = evidence(duties, UNIT, date(2027, 1, 1), 3)
    assert f"2 duties in {UNIT}, SHA-256 {counted.digest}" in said
    assert "1 January 2027 to 31 March 2027" in said
    assert sum(map(counted.seconds, counted.entries)) == 18 * 3600


def test_what_is_planned_does_not_share_the_cost(duties: Actor) -> None:
    worked(AVON, "2;1234;20/04/2027;07:00;22:00;SOU;;;AV;;")
    worked(AVON, "3;1234;02/05/2027;07:00;19:00;SOU;;;AV;;")
    now = Wanted((WILTS, AVON, GLOS), (UNIT,), frozenset({UNIT}), (), FIRST, date(2027, 6, 1))
    officer = people.actor("programme-officer", AVON)
    with guarded.acting(officer):
        found = measuring.hours(now, is_given=True)
    assert found is not None
    assert found.figures == {WILTS: 12 * 3600, AVON: 9 * 3600, GLOS: 0}
    assert evidence(duties, UNIT, FIRST, 4).digest in found.evidence.en


def test_what_is_not_counted_yet_is_said_and_not_guessed(duties: Actor) -> None:
    found = shared("duty-hours-given", datetime(2026, 12, 2, tzinfo=NOW.tzinfo))
    assert "do not sum to more than nothing" in " ".join(row.after.en for row in found.rows)


def test_who_may_not_count_is_not_told(duties: Actor, monkeypatch: Any) -> None:
    stranger = people.actor("programme-officer", AVON)
    monkeypatch.setattr("crossforce.acting.api.current", lambda: None)
    found = shared("duty-hours-given", actor=stranger)
    assert "cannot be counted for whoever asks" in " ".join(row.after.en for row in found.rows)
