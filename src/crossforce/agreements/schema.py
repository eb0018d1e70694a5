"""The document format as JSON Schema, made from the models and published in `schemas/`."""

from typing import Any

from crossforce.agreements.document import AgreementDocument

ID = "urn:crossforce:agreement:1"

_BARE_DATE = {
    "type": "string",
    "format": "date",
    "description": "A TOML date, precise to the day.",
}


def document_schema() -> dict[str, Any]:
    """The JSON Schema of format 1, with the short forms that reading understands."""
    schema = AgreementDocument.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    definitions["CivilDate"] = _either(_BARE_DATE, definitions["CivilDate"])
    forces = definitions["Participation"]["properties"]["forces"]
    definitions["Function"]["properties"]["in"] = {
        **forces,
        "description": "Short for one participation row of status `in` with this table's dates.",
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID, **schema}


def _either(short: dict[str, Any], full: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [short, full], "description": full.get("description", "")}
