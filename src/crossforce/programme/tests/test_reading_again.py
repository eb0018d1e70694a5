"""Spreadsheets that were taken out come in again: the same, compared with what is held, in their order."""

import random
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.programme.choices import Stage
from crossforce.programme.reading.layouts import MILESTONES, REGISTER
from crossforce.programme.reading.waiting import judged
from crossforce.programme.rules.networks import Milestone
from crossforce.programme.tests.test_reading import FORCES, HEAD, told
from crossforce.programme.tests.workbooks import HEADINGS, SOUND, workbook
from crossforce.records.reading.comparing import compared
from crossforce.records.reading.values import Reading, Value
from crossforce.records.reading.writing import csv_of, xlsx_of

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
    | st.just(" "),
    max_size=20,
).map(str.strip)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "reference": st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True),
            "title": TEXTS.filter(bool),
            "description": TEXTS,
            "stage": st.sampled_from([str(each) for each in Stage]),
            "function": st.sampled_from(["", "dogs"]),
            "forces": st.lists(st.sampled_from(sorted(FORCES)), unique=True).map(tuple),
            "entered_on": st.none() | st.dates(date(1990, 1, 1), date(2007, 1, 1)),
            "looked_on": st.none() | st.dates(date(2007, 1, 1), date(2030, 1, 1)),
            "saving": st.none() | st.integers(0, 10**11),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["reference"],
)


class TestRoundTrip:
    @given(ROWS, st.randoms(use_true_random=False), st.booleans())
    def test_reading_what_was_written_gives_the_rows_back_in_any_order_of_columns(
        self, rows: list[dict[str, Value]], chance: random.Random, is_workbook: bool
    ) -> None:
        fields = list(rows[0])
        chance.shuffle(fields)
        write = xlsx_of if is_workbook else csv_of
        reading = told(write(REGISTER, rows, fields))
        assert not reading.findings
        assert [dict(each.values) for each in reading.rows] == rows

    @pytest.mark.parametrize("title", ["=1", "'=1", "''=1", "'quoted"])
    def test_a_mark_before_a_formula_is_ours_once(self, title: str) -> None:
        row = {"reference": "A-1", "title": title, "stage": "idea"}
        (again,) = told(csv_of(REGISTER, [row], list(row))).rows
        assert again.values["title"] == title

    @given(ROWS, st.booleans())
    def test_reading_twice_changes_nothing(
        self, rows: list[dict[str, Value]], is_workbook: bool
    ) -> None:
        reading = told((xlsx_of if is_workbook else csv_of)(REGISTER, rows))
        first = compared(reading.rows, {})
        assert len(first.new) == len(rows)
        again = compared(reading.rows, {each.reference: each.values for each in first.new})
        assert again.changes_nothing
        assert again.unchanged == tuple(sorted(each["reference"] for each in rows))  # type: ignore[type-var]
        assert not again.gone

    @given(st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, content: bytes) -> None:
        reading = told(content)
        assert reading.findings or reading.rows

    @given(st.binary(max_size=60), st.integers(0, 4000))
    def test_a_damaged_workbook_is_read_or_refused(self, noise: bytes, at: int) -> None:
        content = workbook([HEADINGS, SOUND])
        reading = told(content[:at] + noise + content[at + len(noise) :])
        assert reading.findings or reading.rows


class TestComparing:
    def test_changed_says_which_fields_and_gone_deletes_nothing(self) -> None:
        rows = told(f"{HEAD}A,new title,idea\nB,y,idea\n".encode()).rows
        held: dict[str, dict[str, Value]] = {
            "A": {"title": "x", "stage": "idea", "reference": "A", "owner": "not in the file"},
            "C": {},
            "D": {},
        }
        found = compared(rows, held, refused=["D"])
        assert [each.fields for each in found.changed] == [("title",)]
        assert [each.reference for each in found.new] == ["B"]
        assert found.gone == ("C",)


class TestWaiting:
    HEAD = "Reference,Title,Due on,After\n"

    def reading(self, *rows: str, held: tuple[str, ...] = ()) -> Reading:
        text = self.HEAD + "".join(f"{row}\n" for row in rows)
        others = {name: Milestone(name, date(2016, 1, 1)) for name in held}
        return judged(told(text.encode(), MILESTONES), others)

    def test_a_circle_is_told_at_the_cell_of_each_member(self) -> None:
        found = self.reading("A,a,2016-01-01,B", "B,b,2016-01-01,A", "C,c,2016-01-01,")
        assert [each.reference for each in found.rows] == ["C"]
        assert [each.place for each in found.findings] == ["D2", "D3"]
        assert "A waits for B waits for A: a circle" in found.findings[0].message

    def test_what_waits_for_a_refused_row_is_refused_too(self) -> None:
        found = self.reading(
            "A,a,2016-01-01,X", "B,b,2016-01-01,A", "C,c,2016-01-01,H", held=("H",)
        )
        assert [each.reference for each in found.rows] == ["C"]
        assert [each.message for each in found.findings] == [
            "D2: A waits for X, which is not there.",
            "D3: B waits for A, whose row is refused.",
        ]

    def test_a_long_queue_behind_what_is_not_there_is_refused_in_no_time(self) -> None:
        rows = [f"M{n},m,2016-01-01,M{n + 1}" for n in range(4_000)]
        began = process_time()
        found = self.reading(*rows)
        assert process_time() - began < 4
        assert len(found.findings) == 4_000
        assert found.findings[-1].message.endswith("M3999 waits for M4000, which is not there.")
