"""One thing that a force says of somebody or something: since when, from whom, and whether it is a fact.

Facts and assessments are told apart, and of a person whether they are suspect, convicted, victim or witness (Data
Protection Act 2018 s38). A statement that says less than that is refused.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from crossforce.nominals.canonical import days, identifiers, texts
from crossforce.nominals.canonical.codes import one_of
from crossforce.records.mapping.findings import Wrong

Value = Mapping[str, Any]
ABOUT: Final = (
    "name", "birth", "death", "sex", "address", "identifier", "contact", "category", "warning",
    "description", "nationality", "occupation",
)  # fmt: skip
ASSERTED: Final = ("fact", "assessment", "intelligence")
CONFIDENCE: Final = ("high", "medium", "low", "")
CATEGORIES: Final = ("suspect", "convicted", "victim", "witness", "other")
SEXES: Final = ("female", "male", "indeterminate", "unknown")
NAMES: Final = ("birth", "alias", "maiden", "nickname", "former")
CUSTOMS: Final = (
    "western", "spanish", "south-asian", "arabic", "east-asian", "icelandic", "mononym", "",
)  # fmt: skip
WARNINGS: Final = (
    "violent", "weapons", "firearms", "explosives", "escaper", "ailment", "contagious", "mental-health",
    "self-harm", "suicidal", "drugs", "alcohol", "dog", "sexual-offender", "impersonates", "allegations",
)  # fmt: skip
LONGEST_SAID: Final = 200
BESIDE: Final = ("asserted", "from", "to", "source", "confidence", "verified_by")
AS_JSON: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode
"""Made once: of each statement a new one would cost as much again."""


class Statement(NamedTuple):
    """`asserted` is fact, assessment or intelligence; `since` and `until` are from and to; days are as far as known."""

    about: str
    value: Value
    asserted: str
    as_of: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    confidence: str = ""
    verified_by: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "about": self.about,
            "value": dict(self.value),
            "asserted": self.asserted,
            "as_of": self.as_of,
            "from": self.since,
            "to": self.until,
            "source": self.source,
            "confidence": self.confidence,
            "verified_by": self.verified_by,
        }

    def written(self) -> tuple[str, str]:
        """The same as JSON: what stands before and after the day as of which it is said."""
        begins = f'{{"about":"{self.about}","value":{AS_JSON(self.value)},"as_of":"'
        return begins, _beside(self.asserted, *self[4:])


@lru_cache(maxsize=10_000)
def _beside(*said: str) -> str:
    return f'",{AS_JSON(dict(zip(BESIDE, said, strict=True)))[1:]}'


KEYS: Final = frozenset(Statement("", {}, "").plain())


def read(said: Any, *, on: date) -> Statement:
    """A statement as it is kept or pushed, judged. Raises Wrong."""
    if (
        not isinstance(said, Mapping)
        or set(said) - KEYS
        or not isinstance(said.get("value"), Mapping)
    ):
        raise Wrong(
            "shape",
            "A statement has `about`, `value` and `asserted`, and may have "
            + ", ".join(sorted(KEYS - {"about", "value", "asserted"}))
            + ".",
            "Write it in the form of the documentation.",
        )
    plain = {each: said.get(each, "") for each in KEYS - {"value"}}
    if not all(isinstance(each, str) for each in plain.values()):
        raise Wrong("shape", "All but the value of a statement is text.", "Write it so.")
    return judged(
        Statement(
            plain["about"], said["value"], plain["asserted"], plain["as_of"], plain["from"],
            plain["to"], plain["source"], plain["confidence"], plain["verified_by"],
        ),
        on=on,
    )  # fmt: skip


def judged(said: Statement, columns: Mapping[str, str] | None = None, *, on: date) -> Statement:
    """The statement with its value in canonical form. `columns` names where each part came from. Raises Wrong."""
    at = columns or {}
    if (reader := VALUES.get(said.about)) is None:
        raise one_of("about", said.about, ABOUT, at.get("about", ""))
    _sourced(
        said.asserted,
        said.confidence,
        said.source,
        said.verified_by,
        at.get("asserted", ""),
        at.get("confidence", ""),
        at.get("source", ""),
    )
    if said.as_of:
        days.checked(said.as_of, at.get("as_of", ""), on=on)
    if said.since or said.until:
        _period(said, at, on)
    return Statement(said.about, reader(said.value, at, on), *said[2:])


@lru_cache(maxsize=10_000)
def _sourced(asserted: str, confidence: str, source: str, verified_by: str, *at: str) -> None:
    """What is said of statements is the same for thousands, so it is judged once. Raises Wrong."""
    if asserted not in ASSERTED:
        raise one_of("asserted", asserted, ASSERTED, at[0])
    if confidence not in CONFIDENCE:
        raise one_of("confidence", confidence, CONFIDENCE, at[1])
    for each in (source, verified_by):
        texts.clean(each, at[2], longest=LONGEST_SAID)
    if not source:
        raise Wrong(
            "no-source",
            "The statement does not say where it comes from.",
            "Map a column to `source`, or set it under values.",
            column=at[2],
        )


def _period(said: Statement, at: Mapping[str, str], on: date) -> None:
    for each, column in ((said.since, "from"), (said.until, "to")):
        if each:
            days.checked(each, at.get(column, ""), on=date.max if column == "to" else on)
    if said.since and said.until and days.last(said.until) < said.since:
        raise Wrong(
            "ends-before",
            f"It ends on {said.until}, before it begins on {said.since}.",
            "Correct one of the two.",
            column=at.get("to", ""),
        )


def _part(value: Value, name: str, at: Mapping[str, str]) -> str:
    found = value.get(name, "")
    if found == "":
        return ""
    if not isinstance(found, str):
        raise Wrong("shape", f"{name} is no text.", "Write one.", column=at.get(name, ""))
    return texts.clean(found, at.get(name, ""))


def _coded(value: Value, name: str, known: tuple[str, ...], at: Mapping[str, str]) -> str:
    found = _part(value, name, at)
    if found not in known:
        raise one_of(name, found, known, at.get(name, ""))
    return found


def _listed(value: Value, name: str, at: Mapping[str, str]) -> list[str]:
    found = value.get(name, [])
    if isinstance(found, str):
        found = [found] if found else []
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        raise Wrong(
            "shape", f"{name} is no list of texts.", "Write one.", column=at.get(name, "")
        )
    return [texts.clean(each, at.get(name, "")) for each in found if each]


def _name(value: Value, at: Mapping[str, str], _on: date) -> Value:
    family = texts.name(_part(value, "family", at), at.get("family", ""))
    given = [texts.name(each, at.get("given", "")) for each in _listed(value, "given", at)]
    if not family and not given:
        raise Wrong(
            "no-name",
            "The row has no name.",
            "Fill in one of the names, or leave the whole statement away.",
            column=at.get("family", ""),
        )
    sort = _coded({"type": "birth", **value}, "type", NAMES, at)
    return {
        "family": family,
        "given": given,
        "type": sort,
        "custom": _coded(value, "custom", CUSTOMS, at),
    }


def _birth(value: Value, at: Mapping[str, str], on: date) -> Value:
    return {"on": days.born(_part(value, "on", at), at.get("on", ""), on=on)}


def _address(value: Value, at: Mapping[str, str], _on: date) -> Value:
    lines, code = _listed(value, "lines", at), _part(value, "postcode", at)
    town = _part(value, "town", at)
    if not (lines or town or code):
        raise Wrong(
            "no-address", "The address is empty.", "Leave it away.", column=at.get("lines", "")
        )
    found = identifiers.postcode(code, at.get("postcode", "")) if code else ""
    return {"lines": lines, "town": town, "postcode": found}


def _identifier(value: Value, at: Mapping[str, str], _on: date) -> Value:
    sort = _part(value, "type", at)
    number = identifiers.checked(sort, _part(value, "number", at), at.get("number", ""))
    return {"type": sort, "number": number}


def _contact(value: Value, at: Mapping[str, str], _on: date) -> Value:
    sort, number = _coded(value, "type", ("telephone", "email"), at), value.get("number", "")
    if not isinstance(number, str):
        raise Wrong("shape", "number is no text.", "Write one.", column=at.get("number", ""))
    reader = identifiers.telephone if sort == "telephone" else identifiers.email
    return {"type": sort, "number": reader(number, at.get("number", ""))}


def _category(value: Value, at: Mapping[str, str], _on: date) -> Value:
    return {"category": _coded(value, "category", CATEGORIES, at)}


def _warning(value: Value, at: Mapping[str, str], _on: date) -> Value:
    return {"code": _coded(value, "code", WARNINGS, at)}


def _sex(value: Value, at: Mapping[str, str], _on: date) -> Value:
    return {"sex": _coded(value, "sex", SEXES, at)}


def _text(value: Value, at: Mapping[str, str], _on: date) -> Value:
    text = _part(value, "text", at)
    if not text:
        raise Wrong(
            "empty", "The statement says nothing.", "Leave it away.", column=at.get("text", "")
        )
    return {"text": text}


VALUES: Final[dict[str, Callable[[Value, Mapping[str, str], date], Value]]] = {
    "name": _name,
    "birth": _birth,
    "death": _birth,
    "sex": _sex,
    "address": _address,
    "identifier": _identifier,
    "contact": _contact,
    "category": _category,
    "warning": _warning,
    "description": _text,
    "nationality": _text,
    "occupation": _text,
}
