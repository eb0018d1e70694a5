"""When the people of the demonstration are on duty: by their cycle, day after day, for as long as is asked."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from crossforce.duty.mapping import Duty
from crossforce.kernel import civil
from crossforce.world.rules.teams import Person, World, drawn, one_of

NOW: Final = ("2", "2", "3", "5", "6", "7", "2", "4")
"""What people on duty are doing at the moment: national status codes."""

LEAVE_WEEKS, TRAINING_WEEKS = 11, 9
MIDNIGHT: Final = time(0)


def duties(of: World, person: Person, first: date, last: date, now: datetime) -> Iterator[Duty]:
    """Somebody's duties that begin on these days. Who is on duty now has a status."""
    cycle = of.content["cycles"][person.cycle]
    day = first
    while day <= last:
        letter = cycle[((day - of.epoch).days + person.offset) % len(cycle)]
        if letter != "-":
            yield _duty(of, person, day, letter, now)
        day = civil.next_day(day)


def _duty(of: World, person: Person, day: date, letter: str, now: datetime) -> Duty:
    absence = _absence(person, day)
    if absence:
        start, end = _instants(day, MIDNIGHT, MIDNIGHT)
        return Duty(0, _reference(person, day), person.number, "absence", start, end,
                    unit=person.unit, absence=absence)  # fmt: skip
    shift: Mapping[str, Any] = of.content["shifts"][letter]
    starts, ends = time.fromisoformat(shift["starts"]), time.fromisoformat(shift["ends"])
    start, end = _instants(day, starts, ends)
    town, latitude, longitude = _place(of, person, day)
    is_now = start <= now < end and shift.get("what", "duty") == "duty"
    return Duty(
        0,
        _reference(person, day),
        person.number,
        shift.get("what", "duty"),
        start,
        end,
        unit=person.unit,
        function=person.function,
        call_sign=person.call_sign,
        role=person.role,
        location=town,
        latitude=latitude,
        longitude=longitude,
        status=one_of(f"{person.key}/{day}/now", NOW) if is_now else "",
    )


def _absence(person: Person, day: date) -> str:
    """Leave comes by the week, training by the day; whoever is suspended works on, elsewhere."""
    week = day.toordinal() // 7
    if drawn(f"{person.key}/leave", LEAVE_WEEKS) == week % LEAVE_WEEKS:
        return "leave"
    training = drawn(f"{person.key}/training", TRAINING_WEEKS) == week % TRAINING_WEEKS
    return "training" if training and day.isoweekday() == 3 else ""


def _place(of: World, person: Person, day: date) -> tuple[str, float | None, float | None]:
    """Where they are that day: about a town, now and then of another force of the unit."""
    towns = of.content["places"].get(person.force)
    if not towns:
        return "", None, None
    if person.call_sign and drawn(f"{person.key}/{day}/away", 5) == 0:
        others = sorted({each.force for each in of.people if each.unit == person.unit})
        known = [each for each in others if each in of.content["places"]]
        towns = of.content["places"][one_of(f"{person.key}/{day}/where", known)]
    town, latitude, longitude = one_of(f"{person.key}/{day}/town", towns)
    return (
        town,
        round(latitude + _near(f"{person.key}/{day}/lat"), 4),
        round(longitude + _near(f"{person.key}/{day}/lon"), 4),
    )


def _near(key: str) -> float:
    """Up to about two kilometres."""
    return (drawn(key, 401) - 200) / 10_000


def _reference(person: Person, day: date) -> str:
    return f"{person.number}-{day:%Y%m%d}"


def _instants(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    end_day = day + timedelta(days=ends <= starts)
    return (
        datetime.combine(day, starts, civil.LONDON).astimezone(UTC),
        datetime.combine(end_day, ends, civil.LONDON).astimezone(UTC),
    )
