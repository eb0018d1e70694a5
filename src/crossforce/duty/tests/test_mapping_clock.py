"""A clock of twelve hours, and where a mistake in a mapping is told."""

from datetime import UTC, datetime

import pytest

from crossforce.duty import mapping
from crossforce.duty.mapping import CannotRead, CannotWrite, Duty
from crossforce.duty.tests.exports import SHIFTS, described, parsed, shifts

TWELVE = ("HH:mm", "h:mm AM")
START_AND_END = ('start_time = "From"\nend_time = "To"', 'from_to = "From"')


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


class TestTwelveHours:
    @pytest.mark.parametrize(
        ("form", "begins", "ends", "span"),
        [
            ("h:mm AM", "7:00 AM", "7:00 PM", (at(21, 7), at(21, 19))),
            ("h:mm A", "7:00 PM", "7:00 AM", (at(21, 19), at(22, 7))),
            ("h:mm AM/PM", "12:00 PM", "11:30 PM", (at(21, 12), at(21, 23, 30))),
            ("hh:mm AM", "12:00 AM", "08:00 AM", (at(21, 0), at(21, 8))),
            ("hh:mmAM", "09:00am", "12:00p.m.", (at(21, 9), at(21, 12))),
            ("hh:mm AM", "11:00 PM", "12:00 AM", (at(21, 23), at(22, 0))),
            ("HHhmm", "07h00", "19h30", (at(21, 7), at(21, 19, 30))),
        ],
    )
    def test_are_read(
        self, form: str, begins: str, ends: str, span: tuple[datetime, datetime]
    ) -> None:
        of = described(SHIFTS, ("HH:mm", form))
        (duty,), findings = parsed(of, shifts(f"1;1;21/11/2026;{begins};{ends};SOU;;;;;"))
        assert not findings
        assert (duty.starts_at, duty.ends_at) == span

    def test_are_read_in_one_cell(self) -> None:
        of = described(SHIFTS, TWELVE, START_AND_END)
        (duty,), _ = parsed(of, shifts("1;1;21/11/2026;7:00 PM - 7:00 AM;;SOU;;;;;"))
        assert (duty.starts_at, duty.ends_at) == (at(21, 19), at(22, 7))

    @pytest.mark.parametrize("ends", ["19:00", "13:00 PM", "0:30 AM", "7:00"])
    def test_are_refused_where_they_are_none(self, ends: str) -> None:
        of = described(SHIFTS, TWELVE)
        _, (found,) = parsed(of, shifts(f"1;1;21/11/2026;7:00 AM;{ends};SOU;;;;;"))
        assert (found.rule, found.row, found.column) == ("time-form", 2, "To")

    @pytest.mark.parametrize("hour", range(24))
    @pytest.mark.parametrize("form", ["h:mm AM", "hh:mmA"])
    def test_are_written_as_they_are_read(self, form: str, hour: int) -> None:
        of = described(SHIFTS, ("HH:mm", form))
        duty = Duty(2, "1", "1", "duty", at(21, hour), at(22, hour, 0), function="firearms")
        duty = duty._replace(ends_at=at(21, 23, 59), unit="roads")
        again, findings = parsed(of, b"".join(mapping.write([duty], of)))
        assert (again, findings) == ([duty], [])

    def test_cannot_say_a_midnight_that_is_not_the_next_days(self) -> None:
        of = described(SHIFTS, TWELVE, ("past_midnight = true", ""))
        duty = Duty(2, "1", "1", "duty", at(21, 20), at(22, 0), "roads", "firearms")
        with pytest.raises(CannotWrite):
            list(mapping.write([duty], of))


class TestMistakes:
    @pytest.mark.parametrize(
        ("change", "key", "says"),
        [
            (("HH:mm", "hh:mm"), "time =", "h:mm AM for a clock of twelve hours"),
            (("HH:mm", "H:mm AM"), "time =", "no form of a time"),
            (("DD/MM/YYYY", "DD/MM"), "date =", "no form of a date"),
            (("DD/MM/YYYY", "DMYYYY"), "date =", "read in two ways"),
            (
                ("past_midnight", 'between = " mm "\npast_midnight'),
                "between =",
                "read in two ways",
            ),
            (
                ("past_midnight", 'zone = "Europe/Bath"\npast_midnight'),
                "zone =",
                "no time zone",
            ),
            (
                ("past_midnight", "longest_days = 0\npast_midnight"),
                "longest_days =",
                "greater than",
            ),
        ],
    )
    def test_are_told_at_the_keys_own_line(
        self, change: tuple[str, str], key: str, says: str
    ) -> None:
        lines = SHIFTS.decode().replace(*change).splitlines()
        line = 1 + next(n for n, text in enumerate(lines) if text.startswith(key))
        with pytest.raises(CannotRead) as told:
            described(SHIFTS, change)
        (found,) = told.value.findings
        assert found.message.startswith(f"Line {line}, column 1: times.{key[:-2]}: "), found
        assert says in found.message
