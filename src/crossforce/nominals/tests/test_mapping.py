"""Mapping files: what they say, and what is told of one that says it wrong."""

import json
from pathlib import Path

import pytest

from crossforce.nominals import mapping
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
