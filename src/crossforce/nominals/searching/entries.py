"""What of a record is searched, from what its holder said: names, dates of birth, numbers, addresses.

What is held is taken as it stands; what cannot be understood is not searched, and is no error here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from crossforce.nominals.searching import births, numbers, places
from crossforce.nominals.searching.catalogue import Entry
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.numbers import ANY, POSTCODE, Number
from crossforce.nominals.searching.places import Address

Said = Mapping[str, Any]
MOST_OF_A_KIND: Final = 40
"""Names, dates and addresses of one record that are searched: no record of a person has as many."""
_VEHICLE: Final = "vehicle"


def entry(key: UUID, number: int, said: Said) -> Entry:
    """A record as it is searched; `number` is the small one of its scope."""
    values = list(_values(said.get("statements") or ()))
    return Entry(
        key,
        number,
        _names(said, values)[:MOST_OF_A_KIND],
        _births(said, values)[:MOST_OF_A_KIND],
        _numbers(said, values)[: 2 * MOST_OF_A_KIND],
        _addresses(said, values)[:MOST_OF_A_KIND],
    )


def day(text: Any) -> int:
    """A day as far as it is known, as eight figures: `1987-03` is 19870300; 0 when it is none."""
    try:
        return births.held(str(text or ""))
    except ValueError:
        return births.UNKNOWN


def _values(statements: Sequence[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for each in statements:
        if isinstance(each, Mapping) and isinstance(each.get("value"), Mapping):
            yield str(each.get("about", "")), each["value"]


def _of(
    values: Sequence[tuple[str, Mapping[str, Any]]], about: str
) -> Iterator[Mapping[str, Any]]:
    return (value for told, value in values if told == about)


def _names(said: Said, values: Sequence[tuple[str, Any]]) -> tuple[Name, ...]:
    """The name that the record goes by first; any other is one that it is found under too."""
    first = _text(said.get("given_names")), _text(said.get("family_name"))
    told = [first] if any(first) else []
    told += [
        (_text(value.get("given")), _text(value.get("family"))) for value in _of(values, "name")
    ]
    distinct = dict.fromkeys(each for each in told if any(each))
    return tuple(
        Name(given, family, alias=at > 0) for at, (given, family) in enumerate(distinct)
    )


def _births(said: Said, values: Sequence[tuple[str, Any]]) -> tuple[int, ...]:
    told = [said.get("born"), *(value.get("on") for value in _of(values, "birth"))]
    return tuple(dict.fromkeys(filter(None, map(day, told))))


def _numbers(said: Said, values: Sequence[tuple[str, Any]]) -> tuple[Number, ...]:
    def held() -> Iterator[tuple[str, str]]:
        if said.get("identifier"):
            what = str(said.get("what", ""))
            yield "vrm" if what == _VEHICLE else what or ANY, str(said["identifier"])
        for about in ("identifier", "contact"):
            for value in _of(values, about):
                yield str(value.get("type") or ANY), _text(value.get("number"))
        for postcode in (
            said.get("postcode"),
            *(v.get("postcode") for v in _of(values, "address")),
        ):
            yield POSTCODE, _text(postcode)

    return numbers.of_all(held())


def _addresses(said: Said, values: Sequence[tuple[str, Any]]) -> tuple[Address, ...]:
    told = [_text(said.get("address"))] if said.get("address") else []
    found = [places.taken_apart(text) for text in told]
    for value in _of(values, "address"):
        lines = value.get("lines") or ()
        text = lines if isinstance(lines, str) else ", ".join(map(_text, lines))
        found.append(places.taken_apart(text, _text(value.get("town"))))
    return tuple(dict.fromkeys(each for each in found if each.street))


def _text(value: Any) -> str:
    """A text, or several as one."""
    if isinstance(value, list | tuple):
        return " ".join(map(_text, value))
    return "" if value is None else str(value).strip()
