"""What of a person's record is compared, to tell whether another speaks of the same person."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from crossforce.nominals.linkage import Column, Role

Said = Mapping[str, Any]
ID: Final = "id"
COLUMNS: Final = (
    Column("surname", Role.SURNAME),
    Column("forename", Role.FORENAME),
    Column("date of birth", Role.BORN),
    Column("sex", Role.CODE),
    Column("postcode", Role.POSTCODE),
    Column("address", Role.ADDRESS),
    Column("town", Role.PLACE),
    Column("PNC number", Role.NUMBER),
    Column("telephone", Role.NUMBER),
)
WHOLE: Final = len("1980-05-12")


def table(said: Iterable[tuple[Any, Said]]) -> dict[str, list[str | None]]:
    """Records as columns of text, by their keys; None where nothing is said."""
    rows = [(str(key), *_row(each)) for key, each in said]
    names = (ID, *(each.name for each in COLUMNS))
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _row(said: Said) -> Iterator[str | None]:
    born = _text(said.get("born"))
    address = _latest(said, "address")
    yield _text(said.get("family_name"))
    yield _text(said.get("given_names"))
    yield born if born and len(born) == WHOLE else None
    yield _text(said.get("sex"))
    yield _text(address.get("postcode"))
    yield _text(" ".join(map(str, address.get("lines") or ())))
    yield _text(address.get("town"))
    yield _text(_latest(said, "identifier", "pnc").get("number"))
    yield _text(_latest(said, "contact", "telephone").get("number"))


def _latest(said: Said, about: str, of_type: str = "") -> Mapping[str, Any]:
    """What was said last of it, of what still holds; or of what held once, where nothing does."""
    found = [
        each
        for each in said.get("statements") or ()
        if isinstance(each, Mapping)
        and each.get("about") == about
        and isinstance(each.get("value"), Mapping)
        and (not of_type or each["value"].get("type") == of_type)
    ]
    found.sort(
        key=lambda each: (not each.get("to"), str(each.get("from") or each.get("as_of") or ""))
    )
    value: Mapping[str, Any] = found[-1]["value"] if found else {}
    return value


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value else None
