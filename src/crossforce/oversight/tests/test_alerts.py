"""Alerts over the log: what each rule finds, and what it leaves alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crossforce.kernel import rulepacks
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.oversight import operations, queries
from crossforce.oversight.tests.acts import looked, record
from crossforce.people import operations as people
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def alerts(cast: Cast, since: date = TODAY, until: date = TODAY) -> list[tuple[str, str, int]]:
    officer = cast.asha("data-protection-officer").actor
    found = operations.look_for_alerts(actor=officer, since=since, until=until, at=AT)
    return [(each.rule, each.name, each.count) for each in found]


def test_the_own_record(cast: Cast) -> None:
    asha = cast.asha("investigator").actor
    looked(asha, asha.staff)
    looked(asha, record(), asha.staff)
    assert alerts(cast) == [("own-record", "Asha Rees", 1)], "a list is no look at oneself"


def test_very_many_records_in_a_day(cast: Cast) -> None:
    asha = cast.asha("investigator").actor
    looked(asha, *[record() for _ in range(300)])
    looked(asha, *[record() for _ in range(199)], at=AT + timedelta(hours=1))
    assert alerts(cast) == []
    looked(asha, record(), at=AT + timedelta(hours=2))
    assert alerts(cast) == [("many-records", "Asha Rees", 500)]


def test_nights_of_offices_that_work_by_day(cast: Cast) -> None:
    for office in ("analyst", "controller"):
        for minute in range(5):
            looked(
                cast.asha(office).actor,
                record(),
                at=NIGHT + timedelta(minutes=minute),
            )
    assert alerts(cast) == [("out-of-hours", "Asha Rees", 5)]


def test_acts_after_leaving(cast: Cast) -> None:
    asha = cast.asha("investigator").actor
    people.end_staff(
        actor=cast.asha("force-administrator").actor,
        staff=asha.staff,
        version=1,
        ends_at=AT + timedelta(hours=1),
        at=AT,
    )
    looked(asha, record(), at=AT)
    assert alerts(cast) == []
    looked(asha, record(), at=AT + timedelta(hours=2))
    assert alerts(cast) == [("after-leaving", "Asha Rees", 1)]


def test_are_about_the_own_people_only(cast: Cast) -> None:
    bryn = cast.bryn("investigator").actor
    looked(bryn, bryn.staff)
    assert alerts(cast) == []


def test_days_outside_are_left_out(cast: Cast) -> None:
    asha = cast.asha("investigator").actor
    looked(asha, asha.staff)
    yesterday = TODAY - timedelta(days=1)
    assert alerts(cast, yesterday, yesterday) == []


def test_too_many_days_are_refused(cast: Cast) -> None:
    with pytest.raises(operations.TooLong):
        alerts(cast, TODAY - timedelta(days=93))


def test_are_for_the_data_protection_officer(cast: Cast) -> None:
    dee: Any = cast.dee().actor
    with pytest.raises(Refused):
        operations.look_for_alerts(actor=dee, since=TODAY, until=TODAY, at=AT)


def test_every_rule_of_the_pack_can_be_found() -> None:
    assert {rule.name for rule in queries.rules(TODAY)} == set(queries.KNOWN)


def test_offices_that_work_in_shifts_are_real() -> None:
    known = {rule.key for rule in rulepacks.load("roles").rule}
    night = next(rule for rule in queries.rules(TODAY) if rule.name == "out-of-hours")
    assert set(night.value["except_offices"]) <= known
