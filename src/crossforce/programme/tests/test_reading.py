"""Spreadsheets as they come: what is wrong is told with its cell, and nothing is half-loaded."""

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from crossforce.programme.reading.layouts import MILESTONES, REGISTER
from crossforce.programme.tests.workbooks import HEADINGS, SOUND, bomb, entities, workbook
from crossforce.records.reading import limits
from crossforce.records.reading.tables import read
from crossforce.records.reading.values import Finding, Reading

FORCES = {each: each for each in ("hampshire", "surrey", "thames-valley", "avon-and-somerset")}
KNOWN = {
    "function": {"witness-protection": "witness-protection", "dogs": "dogs"},
    "forces": {**FORCES, "hampshire-and-isle-of-wight-constabulary": "hampshire"},
}
HEAD = "Reference,Title,Stage\n"


def told(content: bytes, layout: Any = REGISTER) -> Reading:
    return read(content, layout, KNOWN)


def only(reading: Reading) -> Finding:
    assert len(reading.findings) == 1, reading.findings
    return reading.findings[0]


def of(*cells: Any) -> list[Any]:
    """A workbook's row like the sound one, with these in place of its first cells."""
    return [*cells, *SOUND[len(cells) :]]


class TestBadFiles:
    """Refused whole: no row comes of them."""

    @pytest.mark.parametrize(
        ("content", "rule", "says"),
        [
            (b"", "empty-file", "is empty"),
            (b"\0\0\0", "encoding", "zero bytes"),
            (b"\x81\x8d", "encoding", "neither UTF-8"),
            (b"PK\x03\x04 not a zip", "workbook", "not a whole archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "workbook", "old form"),
            (bomb(), "too-large", "swells"),
            (entities(), "workbook", "document type"),
            (b"one,two\n1,2\n", "headings-missing", "No row has the headings"),
            (b"Reference,Stage\nA,idea\n", "heading-missing", "no heading 'Title'"),
            (b"Reference,Title,Stage,Name\n", "heading-twice", "B1 and D1"),
            (b'Reference,Title,Stage\nA,"x\n', "csv", "is not CSV"),
            (b"x" * (limits.MOST_BYTES + 1), "too-large", "larger than 10 MB"),
            (b"Reference,Title,Stage\n" + b"A,b,idea\n" * 5001, "too-many-rows", "5,000"),
            (b"," * 200 + b"a\n", "too-many-columns", "100 columns"),
        ],
    )
    def test_a_broken_file_says_what_is_wrong(
        self, content: bytes, rule: str, says: str
    ) -> None:
        reading = told(content)
        assert reading.is_refused
        assert not reading.rows
        assert only(reading).rule == rule
        assert says in only(reading).message
        assert only(reading).remedy

    @pytest.mark.parametrize(
        ("change", "rule", "says"),
        [
            (
                lambda book: book["Register"].merge_cells("B2:B3"),
                "merged-cells",
                "Register!B2:B3",
            ),
            (
                lambda book: book.create_sheet("More").append(["x", "y"]),
                "several-sheets",
                "'More'",
            ),
            (lambda book: hide_only(book), "empty-file", "No sheet that can be seen"),
        ],
    )
    def test_a_workbook_that_cannot_be_told(self, change: Any, rule: str, says: str) -> None:
        reading = told(workbook([HEADINGS, SOUND], change))
        assert reading.is_refused
        assert only(reading).rule == rule
        assert says in only(reading).message

    def test_a_sheet_is_chosen_by_its_name(self) -> None:
        content = workbook(
            [HEADINGS, SOUND], lambda book: book.create_sheet("More").append([1, 2])
        )
        assert read(content, REGISTER, KNOWN, "Register").rows
        assert only(read(content, REGISTER, KNOWN, "Other")).rule == "sheet-missing"


def hide_only(book: Workbook) -> None:
    book["Register"].sheet_state = "hidden"
    book.create_sheet("Empty")


class TestBadCells:
    """Their row is refused, and the others go on."""

    def test_more_cells_than_headings_are_a_row_that_shifted(self) -> None:
        reading = told(f"{HEAD}A,one, two,idea\nB,two,idea\nC,three,idea, ,\n".encode())
        assert [row.reference for row in reading.rows] == ["B", "C"]
        found = [each for each in reading.findings if each.rule == "no-heading"]
        assert [(each.place, each.row, each.is_note) for each in found] == [("D2", 2, False)]

    def test_a_remark_at_the_side_is_told_and_left_out(self) -> None:
        reading = told(b"Reference,Title,Stage,\nA,one,idea,ask Jo\n")
        assert [row.reference for row in reading.rows] == ["A"]
        assert [(each.place, each.is_note) for each in reading.findings] == [("D2", True)]

    def test_a_force_may_be_named_as_pages_name_it(self) -> None:
        named = "Hampshire & Isle of Wight Constabulary; surrey"
        reading = told(f"Reference,Title,Stage,Forces\nA,one,idea,{named}\n".encode())
        assert reading.rows[0].values["forces"] == ("hampshire", "surrey")

    @pytest.mark.parametrize(
        ("row", "place", "rule", "says"),
        [
            (of("=A1", "x"), "Register!A2", "formula", "holds a formula"),
            (of("B", "x", "thinking"), "Register!C2", "unknown-code", "not known under Stage"),
            (of("B", "", "idea"), "Register!B2", "empty", "is empty"),
            (of("B", "x", "idea", 39539), "Register!D2", "date", "number 39539"),
            (of("B", "x", "idea", "3/4/2008"), "Register!D2", "date-as-text", "two different"),
            (of("B", "x", "idea", "31 June 2008"), "Register!D2", "date", "no day"),
            (of("B", "x", "idea", "0208-04-01"), "Register!D2", "date", "of the year 208"),
            (of("B", "x", "idea", "April 2008"), "Register!D2", "date", "is not a date"),
            (of("B", "x", "idea", "2008-04-01", -1), "Register!E2", "negative", "is negative"),
            (of("B", "x", "idea", "2008-04-01", "(1)"), "Register!E2", "negative", "negative"),
            (
                of("B", "x", "idea", "2008-04-01", 0.005),
                "Register!E2",
                "part-of-a-penny",
                "whole",
            ),
            (of("B", "x", "idea", "2008-04-01", "1.234,50"), "Register!E2", "number", "number"),
            (
                of("B", "x", "idea", "2008-04-01", "#REF!"),
                "Register!E2",
                "error-value",
                "#REF!",
            ),
            (of("B", datetime(2008, 4, 1), "idea"), "Register!B2", "not-text", "a date"),  # noqa: DTZ001
            (of("B", "x" * 201, "idea"), "Register!B2", "too-long", "201 letters"),
        ],
    )
    def test_a_bad_cell_is_told_with_its_place(
        self, row: list[Any], place: str, rule: str, says: str
    ) -> None:
        reading = told(workbook([HEADINGS, row, of("C", "y")]))
        assert [each.reference for each in reading.rows] == ["C"]
        assert (only(reading).place, only(reading).rule) == (place, rule)
        assert says in only(reading).message
        assert reading.refused == (2,)

    def test_a_formula_says_what_to_do(self) -> None:
        reading = told(workbook([HEADINGS, of("B", "x", "idea", "2008-04-01", "=SUM(A1:A9)")]))
        assert str(only(reading)) == (
            "Register!E2 holds a formula. Paste its value in its place."
        )

    @pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1"])
    def test_text_that_a_spreadsheet_would_run_is_refused_of_csv(self, cell: str) -> None:
        reading = told(f'{HEAD}A,"{cell}",idea\n'.encode())
        assert only(reading).rule == "formula"
        assert only(reading).place == "B2"

    def test_a_reference_twice_refuses_both_and_names_the_other(self) -> None:
        reading = told(f"{HEAD}A,x,idea\nB,y,idea\nA,z,idea\n".encode())
        assert [each.reference for each in reading.rows] == ["B"]
        assert reading.refused == (2, 4)
        assert "stands in A4 too" in reading.findings[0].message

    def test_the_end_before_the_beginning_is_refused(self) -> None:
        text = "Reference,Title,Begins on,Due on\nM1,x,2016-05-01,2016-04-01\n"
        assert only(told(text.encode(), MILESTONES)).place == "D2"

    def test_a_near_code_is_proposed(self) -> None:
        reading = told(b"Reference,Title,Stage,Forces\nA,x,idea,Hampshire; Surey\n")
        assert only(reading).remedy == "Did you mean 'surrey'?"
        reading = told(b"Reference,Title,Stage\nA,x,ideas\n")
        assert only(reading).remedy == "Did you mean 'idea'?"


class TestNotes:
    def test_what_is_hidden_is_named(self) -> None:
        def hide(book: Workbook) -> None:
            book.create_sheet("Old").sheet_state = "hidden"
            book["Register"].row_dimensions[2].hidden = True
            book["Register"].column_dimensions["B"].hidden = True

        reading = told(workbook([HEADINGS, SOUND], hide))
        assert len(reading.rows) == 1
        assert {each.rule for each in reading.findings} == {
            "hidden-sheet",
            "hidden-row",
            "hidden-column",
        }
        assert not reading.refused

    def test_a_column_that_is_not_of_the_table_is_named(self) -> None:
        reading = told(b"Reference,Title,Stage,Mood\nA,x,idea,good\n")
        assert len(reading.rows) == 1
        assert only(reading).place == "D1"


class TestWhatIsRead:
    def test_headings_below_a_title_other_names_and_cells_as_people_write_them(self) -> None:
        text = (
            "Collaboration register;;\n;;\nREF;Collaboration;Status;With;Started;Savings\n"
            "HC-1;Witness protection;Business Case;Thames Valley; 1 April 2008;£1,234.50\n"
            "HC-2;Chiens d’alerte;idea;Avon & Somerset\n"
        )
        reading = told(text.encode("cp1252"))
        assert not reading.findings
        first, second = reading.rows
        assert first.values["stage"] == "business-case"
        assert first.values["forces"] == ("thames-valley",)
        assert first.values["entered_on"] == date(2008, 4, 1)
        assert first.values["saving"] == 123450
        assert second.values["forces"] == ("avon-and-somerset",)
        assert second.values["title"] == "Chiens d’alerte"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_every_encoding_and_delimiter(self, encoding: str, delimiter: str) -> None:
        text = delimiter.join(("Reference", "Title", "Stage")) + "\n"
        text += delimiter.join(("A", "Café £", "idea"))
        assert told(text.encode(encoding)).rows[0].values["title"] == "Café £"

    def test_a_british_day_in_csv_and_a_whole_number_as_a_reference(self) -> None:
        reading = told(workbook([HEADINGS, of(12.0, "x", "idea", "31/4/2008")]))
        assert only(reading).rule == "date"
        reading = told(b"Reference,Title,Stage,Entered on\n12,x,idea,3/4/2008\n")
        assert reading.rows[0].values["entered_on"] == date(2008, 4, 3)
        assert told(workbook([HEADINGS, of(12.0)])).rows[0].reference == "12"
