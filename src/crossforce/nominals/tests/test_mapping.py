"""Mapping files: what they say, and what is told of one that says it wrong."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from crossforce.nominals import canonical, mapping
from crossforce.nominals.mapping import Record, Refused
from crossforce.nominals.tests import loads
from crossforce.records.mapping.findings import CannotRead

ROOT = Path(__file__).parents[4]


class TestRead:
    def test_the_published_schema_is_that_of_the_code(self) -> None:
        path = ROOT / "schemas" / "nominal-mapping-1.schema.json"
        assert json.loads(path.read_text()) == mapping.mapping_schema()

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('reference = "Nominal"', "", "`reference` is missing"),
            ('date = "DD/MM/YYYY"', 'date = "DD/MM/YY"', "a year has four figures"),
            ('about = "sex"', 'about = "shoe size"', "'shoe size' is none"),
            ('columns = { on = "Born" }', 'columns = { in = "Born" }', "'in' is no part"),
            ('asserted = "fact"\n', "", "does not say `asserted`, which the law asks"),
            ('about = "category"', 'about = "occupation"', "'category' is no part"),
            ('team = "Team"', 'teem = "Team"', "Did you mean 'team'?"),
            ("[dates]", "[dates", "is not TOML"),
        ],
    )
    def test_every_mistake_is_told(self, old: str, new: str, said: str) -> None:
        text = loads.MAPPING.replace(old, new, 1)
        with pytest.raises(CannotRead, match=said.replace("?", r"\?")) as told:
            mapping.read(text.encode())
        assert told.value.findings[0].rule == "mapping"

    @pytest.mark.parametrize(
        "path", sorted((ROOT / "examples" / "nominals").glob("*/*.toml")), ids=lambda p: f"{p.parent.name}-{p.stem}"
    )  # fmt: skip
    def test_the_examples_are_mappings(self, path: Path) -> None:
        assert mapping.read(path.read_bytes()).holder == path.parent.name


class TestWhatComesAgain:
    ROWS = (
        loads.row(),
        loads.row(Nominal="W2", Entered="05/06/2024", Roles="S;W"),
        loads.row(Nominal="W3", Entered=""),
        loads.row(Nominal="W4", Entered="31/02/2024"),
        loads.row(Nominal="W5", Born="1987", Street='"1 ""Back"" \\lash"'),
        loads.row(Nominal="W6", Roles="Q"),
        loads.row(Nominal="W7", Roles="Q"),
    )

    def said(self, *rows: str) -> list[Record | Refused]:
        text = loads.PEOPLE.replace('recorded_on = "Entered"', 'as_of = "Entered"')
        file = BytesIO(loads.table(*rows))
        found = mapping.parse(file, mapping.read(text.encode()), on=date(2026, 11, 23))
        return [each._replace(row=0) for each in found]

    def test_says_in_each_row_what_it_would_say_alone(self) -> None:
        found = self.said(*self.ROWS)
        assert [type(each) for each in found] == [
            *[Record] * 3,
            Refused,
            Record,
            *[Refused] * 2,
        ]
        assert found == [self.said(each)[0] for each in self.ROWS]

    def test_is_kept_as_it_would_be_pushed(self) -> None:
        (found,) = self.said(self.ROWS[4])
        assert isinstance(found, Record)
        for each in json.loads(found.statements):
            assert canonical.read(each, on=date(2026, 11, 23)).plain() == each
            assert each["as_of"] == "2024-04-03"
