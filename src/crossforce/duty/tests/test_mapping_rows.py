"""Rows that can be read and cannot be meant; and files that are not whole."""

from datetime import UTC, datetime

import pytest

from crossforce.duty import mapping
from crossforce.duty.mapping import CannotRead, Finding
from crossforce.duty.tests.exports import DAYS, NESTED, SHIFTS, described, parsed, shifts

WHOLE = described(SHIFTS)
EQUAL = 'past_midnight = true\nequal_times = "whole-day"'
SORTS = '[codes.what]\nD = "duty"\nOC = "on-call"\nAB = "absence"'
ENDING = described(SHIFTS, ('encoding = "cp1252"', 'encoding = "cp1252"\ntrailer = "END"'))
ROWS = ("1;1;21/11/2026;08:00;17:00;SOU;;;;;", "2;1;22/11/2026;08:00;17:00;SOU;;;;;")


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def only(findings: list[Finding]) -> Finding:
    (found,) = findings
    assert found.remedy
    return found


class TestRows:
    def test_refuse_a_duty_that_ends_at_the_time_at_which_it_begins(self) -> None:
        equal = shifts("1;1;21/11/2026;09:00;09:00;SOU;;;;;")
        found = only(parsed(WHOLE, equal)[1])
        assert (found.rule, found.row, found.column) == ("negative-duration", 2, "To")
        assert "equal_times" in found.remedy
        of = described(SHIFTS, ("past_midnight = true", EQUAL))
        (duty,), _ = parsed(of, equal)
        assert (duty.starts_at, duty.ends_at) == (at(11, 21, 9), at(11, 22, 9))

    def test_refuse_a_duty_of_more_hours_than_the_mapping_lets_it_have(self) -> None:
        rows = shifts(
            "1;1;21/11/2026;17:00;16:00;SOU;;;;;",
            "2;2;21/11/2026;17:00;16:00;SOU;;;;yes;",
            "3;3;21/11/2026;17:00;09:00;SOU;;;;;",
        )
        of = described(
            SHIFTS, ("past_midnight = true", "past_midnight = true\nlongest_hours = 16")
        )
        duties, findings = parsed(of, rows)
        found = only(findings)
        assert (found.rule, found.row, found.column) == ("too-long", 2, "To")
        assert "16 hours" in found.message
        assert [each.reference for each in duties] == ["2", "3"]

    def test_refuse_more_hours_beside_a_code_of_a_day(self) -> None:
        of = described(
            DAYS,
            ('code = "Duty"', 'code = "Duty"\nfrom_to = "Hours"'),
            ("[columns]", f"[times]\n{EQUAL}\nlongest_hours = 16\n[columns]"),
        )
        rows = b"Person,Day,Duty,Hours\n7,2026-03-02,E,09:00-08:00\n7,2026-03-04,AL,09:00-09:00"
        duties, findings = parsed(of, rows)
        assert [(each.rule, each.row) for each in findings] == [("too-long", 2)]
        assert len(duties) == 1

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ("AB;;", "Base"),
            ("D;leave;", "Base"),
            ("OC;leave;", "Base"),
            ("D;;yes", "On call"),
            ("AB;leave;yes", "On call"),
        ],
    )
    def test_refuse_what_contradicts_itself(self, row: str, column: str) -> None:
        sort, why, on_call = row.split(";")
        of = described(
            SHIFTS,
            (
                'call_sign = "Call sign"\nlocation = "Base"',
                'what = "Call sign"\nabsence = "Base"',
            ),
            ("[codes.status]", f"{SORTS}\n[codes.status]"),
        )
        cells = f"1;1;21/11/2026;08:00;17:00;SOU;{sort};{why};;{on_call};"
        duties, findings = parsed(of, shifts(cells))
        found = only(findings)
        assert (found.rule, found.row, found.column) == ("contradiction", 2, column)
        assert not duties
        assert not parsed(of, shifts(cells + "yes"))[1] or on_call


class TestDutyCodes:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (('absence = "leave"', ""), r"duty_codes\.AL: say why"),
            (('what = "on-call"', 'absence = "leave"'), r"duty_codes\.C: only an `absence`"),
        ],
    )
    def test_say_why_of_an_absence_and_of_nothing_else(
        self, change: tuple[str, str], says: str
    ) -> None:
        with pytest.raises(CannotRead, match=says):
            described(DAYS, change)


class TestTrailer:
    @pytest.mark.parametrize("last", ["END", "END;2", "END;2;;;;;;;;;", '"END";"2"\n\n'])
    def test_ends_a_whole_file(self, last: str) -> None:
        duties, findings = parsed(ENDING, shifts(*ROWS, last))
        assert not findings
        assert len(duties) == 2

    @pytest.mark.parametrize(
        ("rows", "says"),
        [
            (ROWS, "The last row is not 'END': 2 rows"),
            ((*ROWS[:1], "END;2"), "says '2' rows, and the file has 1"),
            ((*ROWS, "END;many"), "says 'many' rows"),
            ((ROWS[0], "END", ROWS[1]), "Rows stand after the last row"),
        ],
    )
    def test_is_missed_by_a_file_that_was_cut_off(
        self, rows: tuple[str, ...], says: str
    ) -> None:
        _, findings = parsed(ENDING, shifts(*rows))
        assert (findings[-1].rule, findings[-1].is_whole) == ("cut-off", True)
        assert says in findings[-1].message

    def test_is_written(self) -> None:
        duties, _ = parsed(ENDING, shifts(*ROWS, "END;2"))
        assert b"".join(mapping.write(duties, ENDING)).endswith(b"END;2\r\n")

    @pytest.mark.parametrize(
        ("text", "change"),
        [
            (SHIFTS, ('encoding = "cp1252"', 'trailer = "=END"')),
            (SHIFTS, ('encoding = "cp1252"', 'trailer = " END"')),
            (NESTED, ('type = "json"', 'type = "json"\ntrailer = "END"')),
        ],
    )
    def test_is_text_at_the_end_of_a_table(self, text: bytes, change: tuple[str, str]) -> None:
        with pytest.raises(CannotRead, match=r"file\.trailer"):
            described(text, change)
