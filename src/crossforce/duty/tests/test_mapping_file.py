"""Mapping files: what is wrong with one is told with its line, and what it may say is published."""

import json
from pathlib import Path
from typing import get_args

import pytest

from crossforce.duty import mapping
from crossforce.duty.mapping import CannotRead
from crossforce.duty.mapping.document import System
from crossforce.duty.models import Entry
from crossforce.duty.tests.exports import SHIFTS, described


class TestMappingFile:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (('staff = "Collar"', ""), "`staff` is missing"),
            (("past_midnight = true", 'equal_times = "whole-day"'), "past_midnight lets"),
            (('start_time = "From"', ""), "the start is"),
            (('end_time = "To"', ""), "the end is"),
            (("DD/MM/YYYY", "DD/MM"), "no form of a date"),
            (('shape = "shifts"', 'shape = "nested"'), "json or jsonl"),
            (('[values]\nfunction = "firearms"', '[values]\nstaff = "1"'), "cannot be fixed"),
            (('holder = "wiltshire"', 'holder = "Wiltshire Police"'), "is no code"),
            (("format = 1", "format = 2"), "should be 1"),
            (("format = 1", "format = 1\nfromat = 2"), "Did you mean 'format'?"),
            (("format = 1", "format ="), "not TOML"),
            (("format = 1", ""), "the key 'format' is missing"),
            (
                ('staff = "Collar"', 'staf = "Collar"'),
                "'staf' is no field. Did you mean 'staff'",
            ),
            (("DD/MM/YYYY", "DMYYYY"), "read in two ways"),
            (("DD/MM/YYYY", "DD/MM/YYYY DD"), "no form of a date"),
            (("DD/MM/YYYY", "=DD/MM/YYYY"), "like a formula"),
            (('"Collar"', '"=1+1"'), r"'=1\+1' as a formula"),
            (('SOU = "tri', '"@SOU" = "tri'), "'@SOU' as a formula"),
            (('end_time = "To"', 'from_to = "To"'), "both times stand in `from_to`"),
            (
                ('"shift-manager"', f'"{"x" * 61}"'),
                "Line 5, .*system: it is longer than 60 characters",
            ),
            (
                ('name = "wiltshire-shifts"', f'name = "{"x" * 81}"'),
                "longer than 80 characters",
            ),
            (
                ('function = "firearms"', f'call_sign = "{"x" * 121}"'),
                "values.call_sign: The text is longer",
            ),
            (
                ('function = "firearms"', 'location = "=1+1"'),
                "values.location: The text begins with '='",
            ),
            (
                ('start_time = "From"\nend_time = "To"', 'from_to = "To"\nend = "x"'),
                "columns.end",
            ),
        ],
    )
    def test_tells_its_mistakes(self, change: tuple[str, str], says: str) -> None:
        with pytest.raises(CannotRead, match=says):
            described(SHIFTS, change)

    def test_tells_all_of_its_mistakes(self) -> None:
        with pytest.raises(CannotRead) as told:
            described(SHIFTS, ('staff = "Collar"', ""), ('end_time = "To"', ""))
        assert [each.message.partition(":")[0] for each in told.value.findings] == [
            "Line 19, column 1"
        ] * 2

    def test_names_its_system_as_records_do(self) -> None:
        (longest,) = get_args(System)[1:]
        assert longest.max_length == Entry._meta.get_field("source_system").max_length

    def test_has_a_published_schema(self) -> None:
        path = Path(__file__).parents[4] / "schemas" / "duty-mapping-1.schema.json"
        assert json.loads(path.read_text()) == mapping.mapping_schema()
