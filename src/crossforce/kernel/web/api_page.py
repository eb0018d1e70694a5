"""The API's description as a page: its operations in groups, with what they ask and answer."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from crossforce.kernel.web import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that an operation is asked with."""

    name: str
    place: str
    is_required: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    summary: str
    description: str
    is_public: bool
    parameters: tuple[Parameter, ...]
    body: str


@cache
def groups() -> dict[str, list[Operation]]:
    """Operations by the tag of their router, in the order in which they are declared."""
    found: dict[str, list[Operation]] = defaultdict(list)
    schema = api.interface().get_openapi_schema()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["general"])[0]
            found[tag].append(_operation(method, path, operation))
    return dict(found)


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        is_public=not operation.get("security"),
        parameters=tuple(
            Parameter(one["name"], one["in"], one.get("required", False), _kind(one["schema"]))
            for one in operation.get("parameters", ())
        ),
        body=_body(operation),
    )


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if several := schema.get("anyOf") or schema.get("allOf"):
        return " | ".join(_kind(one) for one in several)
    return str(schema.get("format") or schema.get("type", "any"))


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return ", ".join(f"{media} ({_kind(one['schema'])})" for media, one in content.items())
