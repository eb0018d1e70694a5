"""What lists and searches show of statements: the preferred name, birth and sex; categories and warnings."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from crossforce.nominals.canonical import days, identifiers
from crossforce.nominals.canonical.statements import CATEGORIES, WARNINGS, Statement, Value
from crossforce.records.mapping.findings import Wrong

ESSENTIAL: Final[dict[str, tuple[str, ...]]] = {
    "name": ("family", "given"),
    "identifier": ("number",),
    "contact": ("number",),
}
"""Without these, where a statement has others too, it says nothing."""
SURE: Final = {"high": 3, "": 2, "medium": 1, "low": 0}
SORTS: Final = {"birth": 2, "maiden": 0, "alias": 0, "former": 0, "nickname": -1}


class Preferred(NamedTuple):
    """What is shown first of a person. Nothing else of it is held: it follows from the statements."""

    family_name: str = ""
    given_names: str = ""
    sex: str = ""
    born: str = ""
    categories: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def preferred(statements: Sequence[Statement]) -> Preferred:
    """The surest of each, and of the surest the newest; the first written, where they are alike. Raises Wrong."""
    name = _best(statements, "name") or {}
    birth = _best(statements, "birth") or {}
    sex = _best(statements, "sex") or {}
    found = Preferred(
        name.get("family", ""),
        " ".join(name.get("given", ())),
        sex.get("sex", ""),
        birth.get("on", ""),
        _codes(statements, "category", CATEGORIES),
        _codes(statements, "warning", WARNINGS, "code"),
    )
    _refuse_contradictions(found, statements)
    return found


def _best(statements: Iterable[Statement], about: str) -> Value | None:
    held = [each for each in statements if each.about == about]
    if len(held) < 2:
        return held[0].value if held else None
    return max(held, key=_rank).value


def _rank(each: Statement) -> tuple[int, int, int, str]:
    is_current = each.until == ""
    sort = SORTS.get(each.value.get("type", ""), 1) if each.about == "name" else 0
    return is_current, SURE[each.confidence], sort, each.as_of


def _codes(
    statements: Iterable[Statement], about: str, order: tuple[str, ...], key: str = "category"
) -> tuple[str, ...]:
    found = {each.value[key] for each in statements if each.about == about}
    return tuple([each for each in order if each in found]) if found else ()


def _refuse_contradictions(found: Preferred, statements: Sequence[Statement]) -> None:
    death = _best(statements, "death")
    if found.born and death and days.last(death["on"]) < found.born:
        raise Wrong(
            "died-before-born",
            f"The person was born in {found.born} and died in {death['on']}.",
            "Correct one of the two.",
        )
    for each in statements:
        if each.about == "identifier" and each.value["type"] == "driving-licence":
            _refuse_other_licence(each.value["number"], found, statements)


def _refuse_other_licence(
    number: str, found: Preferred, statements: Sequence[Statement]
) -> None:
    """A driver number says name and birth: refuse one that fits none of the names, or none of the births."""
    names = [e.value["family"] for e in statements if e.about == "name"] or [found.family_name]
    births = [e.value["on"] for e in statements if e.about == "birth"] or [found.born]
    odd = {identifiers.licence_fits(number, name, born) for name in names for born in births}
    if "" not in odd:
        part = "birth" if "birth" in odd else "name"
        raise Wrong(
            f"driving-licence-{part}",
            f"The driver number {number!r} is of somebody with another {part}.",
            f"Correct the number or the {part}, whichever is wrong.",
        )


def scalars(makes: str, statements: Sequence[Statement]) -> dict[str, Any]:
    """The fields of a record that follow from its statements. Raises Wrong."""
    return FOLLOWING[makes](statements)


def _person(statements: Sequence[Statement]) -> dict[str, Any]:
    found = preferred(statements)
    if not found.categories:
        raise Wrong(
            "no-category",
            "The row does not say whether the person is suspect, convicted, victim or witness.",
            "Fill it in, or map what the system writes there in codes.category; `other` is one of them.",
        )
    if not (found.family_name or found.given_names) and not any(
        each.about == "identifier" for each in statements
    ):
        raise Wrong(
            "nobody",
            "The row has neither a name nor an identifier: it could be anybody.",
            "Fill in one of them.",
        )
    return {
        "family_name": found.family_name,
        "given_names": found.given_names,
        "sex": found.sex,
        "born": found.born,
        "categories": list(found.categories),
        "warnings": list(found.warnings),
    }


def _object(statements: Sequence[Statement]) -> dict[str, Any]:
    number = _best(statements, "identifier") or _best(statements, "contact") or {}
    text = _best(statements, "description") or {}
    if not number and not text:
        raise Wrong(
            "nothing",
            "The row says neither what the thing is known by nor what it is like.",
            "Fill in one of them.",
        )
    return {"identifier": number.get("number", ""), "description": text.get("text", "")}


def _location(statements: Sequence[Statement]) -> dict[str, Any]:
    found = _best(statements, "address") or {}
    whole = ", ".join(filter(None, [*found.get("lines", ()), found.get("town", "")]))
    return {"address": whole, "postcode": found.get("postcode", "")}


def _none(_statements: Sequence[Statement]) -> dict[str, Any]:
    return {}


FOLLOWING: Final[dict[str, Callable[[Sequence[Statement]], dict[str, Any]]]] = {
    "person": _person,
    "object": _object,
    "location": _location,
    "event": _none,
    "tie": _none,
}
