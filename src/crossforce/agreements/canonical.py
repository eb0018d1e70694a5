"""The one byte form of a document's meaning as text, and the way back to TOML.

What people may lay out as they like does not count: the order of keys, tables and codes, white
space, how participation rows group their forces, absent or written defaults, Unicode composition.
`docs/formats/agreement-document.md` states the form; a change to it is a change of format.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.values import clause_order
from crossforce.agreements.terms import json_bytes
from crossforce.agreements.writing import toml

Plain = dict[str, Any]


def text(document: AgreementDocument) -> bytes:
    """The canonical text: what each party signs beside the compiled terms."""
    return json_bytes(plain(document))


def text_hash(document: AgreementDocument) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text(document)).hexdigest()


def plain(document: AgreementDocument) -> Plain:
    """The canonical text before it becomes bytes: defaults left out, everything in order."""
    dumped = document.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude_none=True
    )
    ordered: Plain = in_order(dumped)
    return ordered


def normalised(document: AgreementDocument) -> AgreementDocument:
    """The document in canonical order: equal for any two documents with the same text."""
    return AgreementDocument.model_validate(plain(document))


def write(document: AgreementDocument) -> str:
    """The document as TOML, in its own order, that reads to the same canonical form."""
    dumped = document.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
    for function in dumped.get("function", ()):
        if "participation" in function:
            function["participation"] = _grouped(function["participation"])
    return toml({"format": document.format} | dumped)


def in_order(value: Any, key: str = "") -> Any:
    """Plain data put in canonical order, at any depth."""
    if isinstance(value, dict):
        return {composed(each): in_order(value[each], each) for each in sorted(value)}
    if isinstance(value, list):
        return _ordered_list([in_order(each) for each in value], key)
    return composed(value) if isinstance(value, str) else value


def composed(words: str) -> str:
    """Unicode normalisation form C: one way to write an accented letter."""
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def _ordered_list(values: list[Any], key: str) -> list[Any]:
    if not values or _is_words(values[0]):
        return values
    if isinstance(values[0], str):
        return sorted(set(values))
    if key == "participation":
        values = _by_force(values)
    return sorted(values, key=_ORDER.get(key, json_bytes))


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and "en" in value


def _by_force(rows: list[Plain]) -> list[Plain]:
    singles = [row | {"forces": [force]} for row in rows for force in row["forces"]]
    return list({json_bytes(row): row for row in singles}.values())


def _grouped(rows: Iterable[Plain]) -> list[Plain]:
    """Rows that say the same of several forces as one row."""
    groups: list[Plain] = []
    for row in rows:
        rest = {key: each for key, each in row.items() if key != "forces"}
        for group in groups:
            if {key: each for key, each in group.items() if key != "forces"} == rest:
                group["forces"] = [*group["forces"], *row["forces"]]
                break
        else:
            groups.append(row)
    return groups


def _clause_key(clause: Plain) -> tuple[Any, bytes]:
    return clause_order(clause["number"]), json_bytes(clause)


_ORDER: dict[str, Callable[[Any], Any]] = {"clause": _clause_key}
