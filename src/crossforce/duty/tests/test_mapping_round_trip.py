"""What is written as an export and read again is what it was."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.duty import mapping
from crossforce.duty.mapping import CannotWrite, Duty, Finding, Mapping, values
from crossforce.duty.tests.exports import DAYS, NESTED, SHIFTS, described, parsed

START = datetime(2026, 3, 1, tzinfo=UTC)
SHAPES = [described(each) for each in (SHIFTS, DAYS, NESTED)]
ONE_CELL = described(
    SHIFTS,
    ('start_time = "From"\nend_time = "To"', 'from_to = "From"'),
    ('date = "DD/MM/YYYY"\ntime = "HH:mm"', 'date = "D/M/YY"\ntime = "Hmm"'),
)
SAME_DAY = described(SHIFTS, ("past_midnight = true", ""))
SHARED = described(
    SHIFTS,
    ('status = "State"', 'status = "State"\nabsence = "On call"'),
    (
        "[codes.status]",
        '[codes.on_call]\nOC = "yes"\nD = "no"\nAL = "no"\n[codes.absence]\nOC = ""\nD = ""\nAL = "leave"\n[codes.status]',
    ),
)
HOURS = described(
    DAYS,
    ('code = "Duty"', 'code = "Duty"\nfrom_to = "Hours"'),
    ("[duty_codes.E]", "[duty_codes.D]\n[duty_codes.E]"),
)


def is_of_no_other_encoding(text: str) -> bool:
    """A file of which every letter beyond ASCII could be UTF-8 is taken for that, and refused as cp1252."""
    try:
        text.encode("cp1252").decode("utf-8")
    except UnicodeDecodeError:
        return True
    return text.isascii()


letters = st.text(st.characters(codec="cp1252", categories=["L", "N"]), max_size=12)
plain = letters.filter(is_of_no_other_encoding)
texts = plain | st.sampled_from(
    ["-", "+", "-12", "=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1"]
)


@st.composite
def duties(draw: st.DrawFn) -> list[Duty]:
    """Duties of a few people, none of whom is in two places at once."""
    found: list[Duty] = []
    for person in range(draw(st.integers(1, 3))):
        starts_at = START + timedelta(minutes=draw(st.integers(0, 60 * 24 * 300)))
        for _ in range(draw(st.integers(0, 4))):
            starts_at += timedelta(minutes=draw(st.integers(0, 3000)))
            ends_at = starts_at + timedelta(minutes=draw(st.integers(1, 1439)))
            found.append(_duty(draw, len(found), person, starts_at, ends_at))
            starts_at = ends_at
    return found


def _duty(
    draw: st.DrawFn, number: int, person: int, starts_at: datetime, ends_at: datetime
) -> Duty:
    return Duty(
        number,
        f"r{number}",
        f"p{person}",
        draw(st.sampled_from(["duty", "on-call"])),
        starts_at,
        ends_at,
        unit=draw(st.sampled_from(["tri-force-sou", "roads"])),
        function="firearms",
        call_sign=draw(texts),
        location=draw(texts),
        latitude=draw(st.sampled_from([51.5, -0.000001])),
        longitude=draw(st.sampled_from([-2.25, 1e-05])),
        status=draw(st.sampled_from(["2", "4", ""])),
    )


def told(of: Mapping, duty: Duty) -> tuple[object, ...]:
    """What the export says of a duty, without the place in the file."""
    names = sorted(of.carried & set(Duty._fields))
    always = ("staff", "what", "starts_at", "ends_at")
    return tuple(getattr(duty, name) for name in (*always, *names))


def sayable(of: Mapping, some: list[Duty]) -> list[Duty]:
    """Those that the form of the export can say: not the hour that happens twice, for one."""
    found = []
    for duty in some:
        try:
            b"".join(mapping.write([duty], of))
        except CannotWrite:
            continue
        found.append(duty)
    return found


class TestRoundTrip:
    @pytest.mark.parametrize(
        "of",
        [SHAPES[0], SHAPES[2], ONE_CELL, SAME_DAY, SHARED],
        ids=["shifts", "nested", "one-cell", "same-day", "shared"],
    )
    @given(some=duties())
    def test_gives_the_same_duties(self, of: Mapping, some: list[Duty]) -> None:
        kept = sayable(of, some)
        written = b"".join(mapping.write(kept, of))
        again, findings = parsed(of, written)
        assert not findings
        assert [told(of, duty) for duty in again] == [told(of, duty) for duty in kept]
        rows = csv.reader(
            io.StringIO(written.decode(of.file.encoding), newline=""), delimiter=";"
        )
        if of.file.type == "csv":
            assert not [cell for row in rows for cell in row if values.is_formula(cell)]

    @given(
        st.lists(
            st.tuples(st.integers(0, 300), st.sampled_from(["E", "N", "C", "AL", "RD"])),
            unique_by=lambda each: each[0] // 2,
            max_size=6,
        )
    )
    def test_gives_the_same_days(self, some: list[tuple[int, str]]) -> None:
        of = SHAPES[1]
        rows = [f"7,{START.date() + timedelta(days=day)},{code}" for day, code in sorted(some)]
        first, _ = parsed(of, "\r\n".join(["Person,Day,Duty", *rows]).encode())
        again, findings = parsed(of, b"".join(mapping.write(first, of)))
        assert not findings
        assert [told(of, duty) for duty in again] == [told(of, duty) for duty in first]

    @given(
        st.lists(
            st.tuples(
                st.integers(0, 300),
                st.sampled_from(
                    [
                        "D,08:00-16:00",
                        "D,00:00-00:01",
                        "E,",
                        "E,09:00-17:30",
                        "AL,",
                        "AL,08:00-12:00",
                        "RD,",
                    ]
                ),
            ),
            unique_by=lambda each: each[0],
            max_size=6,
        )
    )
    def test_gives_the_same_days_with_their_times(self, some: list[tuple[int, str]]) -> None:
        rows = [
            f"7,{START.date() + timedelta(days=day)},{cells}" for day, cells in sorted(some)
        ]
        first, findings = parsed(HOURS, "\r\n".join(["Person,Day,Duty,Hours", *rows]).encode())
        assert not findings
        again, findings = parsed(HOURS, b"".join(mapping.write(first, HOURS)))
        assert not findings
        assert [told(HOURS, duty) for duty in again] == [told(HOURS, duty) for duty in first]

    def test_writes_an_end_at_midnight_where_no_day_is_said_for_it(self) -> None:
        duty = Duty(
            0, "1", "7", "duty", START, START + timedelta(days=1),
            unit="roads", function="firearms",
        )  # fmt: skip
        assert b"01/03/2026;00:00;24:00" in b"".join(mapping.write([duty], SAME_DAY))

    def test_writes_one_column_for_the_fields_that_share_it(self) -> None:
        duty = Duty(
            0, "1", "7", "absence", START, START + timedelta(hours=8),
            unit="roads", function="firearms", absence="leave",
        )  # fmt: skip
        heading, row, _ = b"".join(mapping.write([duty], SHARED)).split(b"\r\n")
        assert heading.count(b"On call") == 1
        assert b";AL;" in row

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
    def test_holds_in_every_encoding(self, encoding: str) -> None:
        of = described(SHIFTS, ('"cp1252"', f'"{encoding}"'))
        duty = Duty(
            0, "1", "7", "duty", START, START + timedelta(hours=8),
            unit="roads", function="firearms", location="Caerffili, Tŷ" if encoding[:3] == "utf" else "é",
        )  # fmt: skip
        again, findings = parsed(of, b"".join(mapping.write([duty] * 1, of)))
        assert not findings
        assert again[0].location == duty.location


class TestCannotWrite:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"function": "dogs"}, "function"),
            ({"unit": "elsewhere"}, "unit"),
            ({"location": "=1"}, "formula"),
            ({"what": "absence"}, "what"),
            ({"starts_at": datetime(2026, 3, 1, 7, 0, 5, tzinfo=UTC)}, "starts_at"),
        ],
    )
    def test_what_the_export_would_not_say(self, change: dict[str, object], says: str) -> None:
        plain = Duty(
            0, "1", "7", "duty", START, START + timedelta(hours=8), "roads", "firearms"
        )
        with pytest.raises(CannotWrite, match=says):
            list(mapping.write([plain._replace(**change)], SHAPES[0]))  # type: ignore[arg-type]


class TestAnyBytes:
    @given(st.binary(max_size=300), st.sampled_from(SHAPES))
    def test_are_read_or_refused(self, content: bytes, of: Mapping) -> None:
        for each in mapping.parse(io.BytesIO(content), of):
            assert isinstance(each, Duty | Finding)
