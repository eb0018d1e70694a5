import json
from pathlib import Path

from crossforce.agreements import catalogues
from crossforce.agreements.schema import document_schema

PUBLISHED = Path(__file__).parents[5] / "schemas" / "agreement-1.schema.json"


class TestPublishedSchema:
    def test_equals_what_the_models_give(self) -> None:
        assert json.loads(PUBLISHED.read_text("utf-8")) == document_schema()

    def test_knows_the_short_forms(self) -> None:
        definitions = document_schema()["$defs"]
        assert "in" in definitions["Function"]["properties"]
        assert definitions["CivilDate"]["anyOf"][0]["format"] == "date"


class TestCatalogues:
    def test_have_words_for_every_code(self) -> None:
        for found in (
            catalogues.functions(),
            catalogues.purposes(),
            catalogues.announced_kinds(),
        ):
            assert found
            assert all(words.en and words.cy for words in found.values())
