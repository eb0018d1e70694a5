"""The mapping file as JSON Schema, made from the models and published in `schemas/`."""

from typing import Any, Final

from crossforce.nominals.mapping.document import Mapping

ID: Final = "urn:crossforce:nominal-mapping:1"


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema of format 1."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        **Mapping.model_json_schema(),
    }
