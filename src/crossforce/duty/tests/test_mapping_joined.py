"""Fields that are joined of several columns, and codes of two fields in one column."""

import io

import pytest

from crossforce.duty import mapping
from crossforce.duty.mapping import CannotRead, CannotWrite
from crossforce.duty.tests.exports import NESTED, SHIFTS, described, parsed, shifts

JOINED = described(SHIFTS, ('"Collar"', '["State", "Collar"]'), ('status = "State"\n', ""))
BETWEEN = described(
    SHIFTS,
    ('"Collar"', '["State", "Collar"]'),
    ('status = "State"\n', ""),
    ("[values]", '[between]\nstaff = "/"\nlocation = " "\n[values]'),
    ('location = "Base"', 'location = ["Base", "Call sign"]'),
    ('call_sign = "Call sign"\n', ""),
)
WIDE = described(
    SHIFTS,
    ('"Collar"', '["State", "Collar"]'),
    ('status = "State"\n', ""),
    ("[values]", "[widths]\nstaff = 1\n[values]"),
)
ROW = "1;3001;21/11/2026;22:00;07:00;SOU;XG01;Devizes;W;;"


class TestJoined:
    def test_make_one_number_of_two_columns(self) -> None:
        (duty,), findings = parsed(JOINED, shifts(ROW))
        assert not findings
        assert duty.staff == "W3001"

    def test_stand_with_what_is_between(self) -> None:
        (duty,), _ = parsed(BETWEEN, shifts(ROW))
        assert (duty.staff, duty.location) == ("W/3001", "Devizes XG01")

    def test_are_refused_where_half_of_a_number_lacks(self) -> None:
        _, (found,) = parsed(JOINED, shifts(ROW.replace(";W;", ";;")))
        assert (found.rule, found.row, found.column) == ("empty", 2, "State")
        assert "staff" in found.message

    def test_may_lack_part_of_a_place(self) -> None:
        (duty,), _ = parsed(BETWEEN, shifts(ROW.replace("XG01", "")))
        assert duty.location == "Devizes"

    def test_name_both_columns_where_the_whole_is_wrong(self) -> None:
        _, (found,) = parsed(JOINED, shifts(ROW.replace(";W;", ";;").replace("3001", "")))
        assert (found.rule, found.column) == ("empty", "State + Collar")

    def test_name_the_heading_that_is_missing(self) -> None:
        of = described(SHIFTS, ('"Collar"', '["Div", "Collar"]'))
        _, (found,) = parsed(of, shifts(ROW))
        assert (found.rule, found.column) == ("heading-missing", "Div")

    @pytest.mark.parametrize("of", [JOINED, BETWEEN])
    @pytest.mark.parametrize("place", ["XG01", ""])
    def test_are_written_as_they_were(self, of: mapping.Mapping, place: str) -> None:
        rows, _ = parsed(of, shifts(ROW.replace("XG01", place)))
        written = b"".join(mapping.write(rows, of))
        assert b";W;3001;" in written or b";3001;" in written
        assert parsed(of, written) == (rows, [])

    def test_are_left_out_where_nothing_says_how_they_part(self) -> None:
        (duty,), _ = parsed(JOINED, shifts(ROW))
        with pytest.raises(CannotWrite, match="where '3001' is parted into State and Collar"):
            list(mapping.write([duty._replace(staff="3001")], JOINED))

    def test_are_parted_by_their_width(self) -> None:
        row = ROW.replace(";W;", ";3;").replace("3001", "001")
        (duty,), _ = parsed(WIDE, shifts(row))
        assert duty.staff == "3001"
        assert b";3;001;" in b"".join(mapping.write([duty], WIDE))
        _, (found,) = parsed(WIDE, shifts(ROW.replace(";W;", ";30;").replace("3001", "01")))
        assert (found.rule, found.row, found.column) == ("width", 2, "State")
        assert "'30' has 2 characters, and widths.staff says 1" in found.message

    def test_are_read_of_people_and_duties(self) -> None:
        of = described(
            NESTED, ("person.number", "person.division"), ('"person.division"', '["person.division", "person.number"]')
        )  # fmt: skip
        text = io.StringIO()
        text.write(
            '{"data": {"people": [{"division": "W", "number": 3001, "rota": {"duties": ['
        )
        text.write(
            '{"id": "1", "from": "2026-11-21T07:00:00Z", "to": "2026-11-21T19:00:00Z"}]}}]}}'
        )
        rows, findings = parsed(of, text.getvalue().encode())
        assert not findings
        assert [each.staff for each in rows] == ["W3001"]
        assert parsed(of, b"".join(mapping.write(rows, of))) == (rows, [])

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (('"Collar"', '["Collar", ""]'), "columns.staff: String should have at least 1"),
            (('"Collar"', "[]"), "columns.staff: Tuple should have at least 1"),
            (('"Collar"', '["Collar", "=1+1"]'), r"columns.staff: .*'=1\+1' as a formula"),
            (("[values]", '[between]\nstaff = "/"\n[values]'), "between.staff: only a field"),
            (("[values]", "[widths]\nstaff = 1\n[values]"), "widths.staff: say how many"),
            (
                ("[values]", "[widths]\nstaff = 0\n[values]"),
                "widths.staff: Input should be greater",
            ),
        ],
    )
    def test_tell_their_mistakes_at_their_own_line(
        self, change: tuple[str, str], says: str
    ) -> None:
        lines = SHIFTS.decode().replace(*change).splitlines()
        line = max(n for n, text in enumerate(lines, 1) if text.startswith("staff ="))
        with pytest.raises(CannotRead, match=f"^Line {line}, column 1: {says}"):
            described(SHIFTS, change)


def test_a_code_of_two_fields_is_told_with_both_tables() -> None:
    of = described(
        SHIFTS,
        ('on_call = "On call"', 'what = "On call"\nabsence = "On call"'),
        ("[codes.status]", '[codes.what]\nLV = "absence"\n[codes.absence]\nLV = "leave"\n[codes.status]'),
    )  # fmt: skip
    _, (found,) = parsed(of, shifts(ROW.replace(";W;;", ";AV;ZZ;")))
    assert found.rule == "unknown-code"
    assert "no known sort of duty and reason to be away" in found.message
    assert "[codes.what] and [codes.absence]" in found.remedy
