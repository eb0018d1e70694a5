"""Reading exports: what becomes a duty, and what is refused with its place and its remedy."""

import re
from datetime import UTC, datetime

import pytest

from crossforce.duty.mapping import CannotRead, Finding, Known
from crossforce.duty.tests.exports import DAYS, NESTED, SHIFTS, described, parsed, shifts

WHOLE = described(SHIFTS)
GOOD = "1;1234;21/11/2026;22:00;07:00;SOU;XG01;Devizes;AV;;"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    assert findings[0].remedy
    return findings[0]


class TestShifts:
    def test_read_over_midnight(self) -> None:
        (duty,), findings = parsed(WHOLE, shifts(GOOD))
        assert not findings
        assert (duty.reference, duty.staff, duty.what) == ("1", "1234", "duty")
        assert (duty.starts_at, duty.ends_at) == (at(11, 21, 22), at(11, 22, 7))
        assert (duty.unit, duty.function, duty.status) == ("tri-force-sou", "firearms", "2")

    def test_know_on_call_and_cancelled(self) -> None:
        (duty,), _ = parsed(WHOLE, shifts("1;1;21/11/2026;08:00;17:00;RPU;;;;Y;y"))
        assert duty.what == "on-call"
        assert duty.is_cancelled

    def test_are_refused_alone_and_the_rest_go_on(self) -> None:
        duties, findings = parsed(
            WHOLE, shifts(GOOD, GOOD.replace("SOU", "SUO").replace("1;", "2;", 1), "", GOOD[2:])
        )
        assert [duty.reference for duty in duties] == ["1"]
        unknown, misfit = findings
        assert (unknown.rule, unknown.row, unknown.column) == ("unknown-code", 3, "Team")
        assert "'SOU'" in unknown.remedy
        assert unknown.reference == "2"
        assert (misfit.rule, misfit.row) == ("cells", 5)

    @pytest.mark.parametrize(
        ("row", "rule", "column"),
        [
            (";1;21/11/2026;08:00;17:00;SOU;;;;;", "empty", "Shift no"),
            ("1;;21/11/2026;08:00;17:00;SOU;;;;;", "empty", "Collar"),
            ("1;1;21/11/26;08:00;17:00;SOU;;;;;", "time-form", "Date"),
            ("1;1;31/11/2026;08:00;17:00;SOU;;;;;", "time-form", "Date"),
            ("1;1;21/11/2026;08:00;25:00;SOU;;;;;", "time-form", "To"),
            ("1;1;21/11/2026;08:00;17:00;XX;;;;;", "unknown-code", "Team"),
            ("1;1;21/11/2026;08:00;17:00;SOU;;;;maybe;", "unknown-code", "On call"),
            ("1;1;21/11/2026;08:00;17:00;SOU;=1+1;;;;", "formula", "Call sign"),
            ("1;1;21/11/2026;08:00;17:00;SOU;;@SUM(A1);;;", "formula", "Base"),
            ("1;1;25/10/2026;01:30;09:00;SOU;;;;;", "time-twice", "From"),
            ("1;1;29/03/2026;01:30;09:00;SOU;;;;;", "time-never", "From"),
            (f"1;1;21/11/2026;08:00;17:00;SOU;;{'x' * 121};;;", "cell", "Base"),
        ],
    )
    def test_say_row_and_column(self, row: str, rule: str, column: str) -> None:
        duties, findings = parsed(WHOLE, shifts(row))
        found = only(findings)
        assert (found.rule, found.row, found.column) == (rule, 2, column)
        assert not duties
        assert not found.is_whole

    def test_refuse_a_negative_duration(self) -> None:
        of = described(SHIFTS, ("past_midnight = true", ""))
        found = only(parsed(of, shifts(GOOD))[1])
        assert (found.rule, found.column) == ("negative-duration", "To")

    def test_refuse_an_overlap_and_name_the_earlier_row(self) -> None:
        duties, findings = parsed(
            WHOLE, shifts(GOOD, "2;1234;22/11/2026;06:00;15:00;SOU;;;;;", GOOD)
        )
        assert len(duties) == 1
        assert [each.rule for each in findings] == ["overlap", "reference-twice"]
        assert "row 2" in findings[0].message

    def test_let_a_duty_follow_at_once(self) -> None:
        assert (
            len(parsed(WHOLE, shifts(GOOD, "2;1234;22/11/2026;07:00;15:00;SOU;;;;;"))[0]) == 2
        )

    def test_refuse_what_the_platform_does_not_know(self) -> None:
        found = only(parsed(WHOLE, shifts(GOOD), Known(units=frozenset({"roads"})))[1])
        assert (found.rule, found.column) == ("unknown-code", "Team")

    def test_refuse_a_row_of_another_force(self) -> None:
        of = described(SHIFTS, ('location = "Base"', 'force = "Base"'))
        assert only(parsed(of, shifts(GOOD))[1]).rule == "other-force"


class TestOneCell:
    """Both times in one cell, beside a date; an end at 24:00; a dash for nothing."""

    WHOLE = described(
        SHIFTS,
        ('start_time = "From"\nend_time = "To"', 'from_to = "From"'),
        ('date = "DD/MM/YYYY"\ntime = "HH:mm"', 'date = "D/M/YY"\ntime = "HHmm"'),
    )

    def test_is_two_times_of_a_day(self) -> None:
        rows = (
            "1;7;1/2/26;0700-1900;;SOU;;;;;",
            "2;7;1/2/26;1900 - 2400;;SOU;;;;;",
            "3;7;11/12/26;1900-0700;;SOU;;-;;;",
        )
        duties, findings = parsed(self.WHOLE, shifts(*rows))
        assert not findings
        assert [(each.starts_at, each.ends_at) for each in duties] == [
            (at(2, 1, 7), at(2, 1, 19)),
            (at(2, 1, 19), at(2, 2, 0)),
            (at(12, 11, 19), at(12, 12, 7)),
        ]
        assert duties[2].location == "-"

    @pytest.mark.parametrize(
        ("row", "rule", "column"),
        [
            ("1;1;1/2/26;0700;;SOU;;;;;", "time-form", "From"),
            ("1;1;1/2/26;0700-2500;;SOU;;;;;", "time-form", "From"),
            ("1;1;1/2/26;0700-2430;;SOU;;;;;", "time-form", "From"),
            ("1;1;13/13/26;0700-1500;;SOU;;;;;", "time-form", "Date"),
            ("1;1;2/13/26;0700-1500;;SOU;;;;;", "date-order", "Date"),
        ],
    )
    def test_says_row_and_column(self, row: str, rule: str, column: str) -> None:
        found = only(parsed(self.WHOLE, shifts(row))[1])
        assert (found.rule, found.row, found.column) == (rule, 2, column)

    def test_knows_a_dash_that_the_mapping_names(self) -> None:
        of = described(SHIFTS, ('RF = "4"', 'RF = "4"\n"-" = ""'))
        (duty,), findings = parsed(of, shifts(GOOD.replace("AV", "-")))
        assert not findings
        assert duty.status == ""


class TestWholeFiles:
    def test_are_refused_for_mixed_date_orders(self) -> None:
        _, findings = parsed(WHOLE, shifts(GOOD, "2;1;11/21/2026;08:00;17:00;SOU;;;;;"))
        found = only(findings)
        assert (found.rule, found.row, found.is_whole) == ("date-order", 3, True)

    def test_are_refused_without_a_heading(self) -> None:
        found = only(parsed(WHOLE, shifts(GOOD).replace(b"Collar", b"Colar"))[1])
        assert (found.rule, found.column, found.is_whole) == ("heading-missing", "Collar", True)
        assert "'Colar'" in found.remedy

    def test_are_refused_with_a_heading_twice(self) -> None:
        found = only(parsed(WHOLE, shifts(GOOD).replace(b"Base", b"Team"))[1])
        assert (found.rule, found.is_whole) == ("heading-twice", True)

    @pytest.mark.parametrize(
        ("declared", "content"),
        [
            ("cp1252", shifts(GOOD.replace("Devizes", "Café")).decode("cp1252").encode()),
            ("utf-8", shifts(GOOD.replace("Devizes", "Café"))),
            ("utf-8", shifts(GOOD).decode().encode("utf-16")),
            ("ascii", shifts(GOOD).decode().encode("utf-8-sig")),
        ],
    )
    def test_are_refused_in_another_encoding(self, declared: str, content: bytes) -> None:
        of = described(SHIFTS, ('"cp1252"', f'"{declared}"'))
        found = only(parsed(of, content)[1])
        assert (found.rule, found.is_whole) == ("encoding", True)

    def test_are_refused_over_the_limit(self) -> None:
        of = described(SHIFTS, ('type = "csv"', 'type = "csv"\nlimit_megabytes = 1'))
        row = GOOD.replace("1;", "{};", 1).replace("1234", "{}")
        content = shifts(*(row.format(n, n) for n in range(20_000)))
        findings = parsed(of, content)[1]
        assert (only(findings).rule, findings[0].is_whole) == ("too-large", True)

    def test_are_refused_when_quotation_never_ends(self) -> None:
        found = only(parsed(WHOLE, shifts(GOOD.replace("XG01", '"XG01')))[1])
        assert (found.rule, found.is_whole) == ("csv", True)

    def test_of_nothing_say_so(self) -> None:
        assert only(parsed(WHOLE, b"")[1]).rule == "empty-file"


class TestDays:
    WHOLE = described(DAYS)

    def test_become_duties_by_their_codes(self) -> None:
        duties, findings = parsed(
            self.WHOLE,
            b"Person,Day,Duty\n7,2026-10-24,N\n7,2026-10-26,AL\n8,2026-03-28,N\n9,2026-03-01,RD\n",
        )
        assert not findings
        night, leave, short, rest = duties
        assert (night.ends_at - night.starts_at).total_seconds() == 10 * 3600
        assert (short.ends_at - short.starts_at).total_seconds() == 8 * 3600
        assert (leave.what, leave.absence) == ("absence", "leave")
        assert (leave.ends_at - leave.starts_at).total_seconds() == 24 * 3600
        assert rest.is_cancelled
        assert night.reference == "7@20261024"

    def test_of_23_and_25_hours_exist(self) -> None:
        duties, _ = parsed(self.WHOLE, b"Person,Day,Duty\n7,2026-10-25,AL\n7,2026-03-29,AL\n")
        hours = [(each.ends_at - each.starts_at).total_seconds() / 3600 for each in duties]
        assert hours == [25, 23]

    def test_refuse_unknown_codes_and_a_second_row_for_a_day(self) -> None:
        _, findings = parsed(
            self.WHOLE, b"Person,Day,Duty\n7,2026-11-01,E\n7,2026-11-01,C\n8,2026-11-01,Q\n"
        )
        assert [each.rule for each in findings] == ["reference-twice", "unknown-code"]
        assert findings[1].column == "Duty"

    @pytest.mark.parametrize(("policy", "hour"), [("first", 0), ("second", 1)])
    def test_judge_the_hour_that_happens_twice(self, policy: str, hour: int) -> None:
        of = described(DAYS, ("[columns]", f'[times]\ntwice = "{policy}"\n[columns]'))
        (duty,), _ = parsed(of, b"Person,Day,Duty\n7,2026-10-25,C\n")
        assert duty.starts_at == at(10, 25, hour, 30)
        _, findings = parsed(self.WHOLE, b"Person,Day,Duty\n7,2026-10-25,C\n")
        assert only(findings).rule == "time-twice"

    def test_read_the_hour_that_never_happens_forward(self) -> None:
        of = described(DAYS, ("[columns]", '[times]\nnever = "forward"\n[columns]'))
        (duty,), _ = parsed(of, b"Person,Day,Duty\n7,2026-03-29,C\n")
        assert duty.starts_at == at(3, 29, 1, 30)


class TestDaysWithTimes:
    """A row says its times itself, or leaves them to its code."""

    WHOLE = described(
        DAYS,
        ('code = "Duty"', 'code = "Duty"\nfrom_to = "Hours"'),
        (
            '[duty_codes.RD]\nwhat = "nothing"',
            '[duty_codes."-"]\nwhat = "nothing"\n[duty_codes.D]',
        ),
    )

    def test_take_those_of_the_row_before_those_of_the_code(self) -> None:
        duties, findings = parsed(
            self.WHOLE,
            b"Person,Day,Duty,Hours\n7,2026-11-01,D,08:00-24:00\n7,2026-11-02,E,08:00-16:00\n"
            b"7,2026-11-03,E,\n7,2026-11-04,AL,\n7,2026-11-05,-,08:00-16:00\n",
        )
        assert not findings
        spans = [(each.starts_at.hour, each.ends_at.hour, each.what) for each in duties]
        assert spans[:3] == [(8, 0, "duty"), (8, 16, "duty"), (7, 15, "duty")]
        assert (duties[3].absence, duties[4].is_cancelled) == ("leave", True)

    @pytest.mark.parametrize(
        ("hours", "rule"),
        [("", "empty"), ("9-5", "time-form"), ("16:00-08:00", "negative-duration")],
    )
    def test_say_row_and_column(self, hours: str, rule: str) -> None:
        found = only(
            parsed(self.WHOLE, f"Person,Day,Duty,Hours\n7,2026-11-01,D,{hours}\n".encode())[1]
        )
        assert (found.rule, found.row, found.column) == (rule, 2, "Hours")

    def test_need_a_column_or_a_code_that_says_them(self) -> None:
        with pytest.raises(CannotRead, match=r"duty_codes\.D: say when it `starts`"):
            described(DAYS, ("[duty_codes.E]", "[duty_codes.D]\n[duty_codes.E]"))


class TestNested:
    WHOLE = described(NESTED)

    def test_is_read_person_by_person(self) -> None:
        duties, findings = parsed(
            self.WHOLE,
            b'{"version": [1, {"x": 2}], "data": {"people": ['
            b'{"number": 7, "rota": {"duties": [{"id": "a", "kind": "duty", "unit": "roads",'
            b' "from": "2026-10-25T01:30:00+01:00", "to": "2026-10-25T01:30:00Z",'
            b' "at": {"lat": 51.5, "lon": -2.25}}, {"id": "b", "from": []}]}},'
            b'{"number": "8", "rota": {"duties": []}}, {"number": "9"}]}}',
        )
        (duty,) = duties
        assert (duty.ends_at - duty.starts_at).total_seconds() == 3600
        assert (duty.staff, duty.latitude, duty.longitude) == ("7", 51.5, -2.25)
        assert [(each.rule, each.row) for each in findings] == [
            ("shape", 2),
            ("duties-missing", 3),
        ]

    @pytest.mark.parametrize(
        ("content", "rule"),
        [
            (b'{"data": {"staff": []}}', "heading-missing"),
            (b'{"data": {"people": [{"number": 1', "json"),
            (b'{"data": {"people": [1 2]}}', "json"),
            (b'{"data": {"people": [NaN]}}', "json"),
            (b'{"data": {"people": ' + b"[" * 5000, "json"),
            (b"", "empty-file"),
        ],
    )
    def test_is_refused_whole_when_it_is_not_json(self, content: bytes, rule: str) -> None:
        _, findings = parsed(self.WHOLE, content)
        assert (findings[-1].rule, findings[-1].is_whole) == (rule, True)

    @pytest.mark.parametrize(
        ("rest", "says"),
        [
            ("]}} x", "Line 3, column 5 of .* 'x' stands after the end"),
            (
                ']}}\n{"data": {"people": []}}',
                "Line 4, column 1 of .* '{' stands after the end",
            ),
            ("]}}]", "Line 3, column 4 of .* ']' stands after the end"),
            ("]}", "Line 3, column 3 of .* 'the end' stands"),
            ("]", "Line 3, column 2 of .* 'the end' stands"),
            ('], "people": []}}', "Line 3, column 4 of .* 'people' stands there a second time"),
            ("], 1: 2}}", "Line 3, column 4 of .* '1' stands where a name belongs"),
        ],
    )
    def test_is_refused_whole_for_what_stands_after_its_list(
        self, rest: str, says: str
    ) -> None:
        people = '{"data": {"people": [\n{"number": "1", "rota": {"duties": [{}]}}\n'
        _, findings = parsed(self.WHOLE, (people + rest).encode())
        last = findings[-1]
        assert (last.rule, last.row, last.is_whole) == ("json", 1, True)
        assert re.match(says, last.message), last.message

    def test_may_say_more_beside_its_list(self) -> None:
        people = b'{"data": {"people": [], "made": {"by": 1}, "n": 0}, "rest": []}\n\n'
        assert parsed(self.WHOLE, people) == ([], [])

    def test_lines_are_refused_one_by_one(self) -> None:
        of = described(NESTED, ('"json"', '"jsonl"'), ('rows = "data.people"', ""))
        _, findings = parsed(of, b'{"number": 1, "rota": {"duties": []}}\n{"number\n')
        assert (only(findings).rule, findings[0].is_whole) == ("json", False)
