"""What of a person's record is compared, to tell whether another speaks of the same person.

First what holds now of each thing; besides, whatever else the record says of it: other names, another day of birth, addresses
of before, more numbers of one kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from crossforce.nominals.choices import NUMBERS
from crossforce.nominals.linkage import Column, Role

Said = Mapping[str, Any]
Cells = dict[str, str]
ID: Final = "id"
SURNAME, FORENAME, BORN, SEX = "surname", "forename", "date of birth", "sex"
POSTCODE, ADDRESS, TOWN = "postcode", "address", "town"
EMAIL: Final = "e-mail address"
COLUMNS: Final = (
    Column(SURNAME, Role.SURNAME),
    Column(FORENAME, Role.FORENAME),
    Column(BORN, Role.BIRTH),
    Column(SEX, Role.CODE),
    Column(POSTCODE, Role.POSTCODE),
    Column(ADDRESS, Role.ADDRESS),
    Column(TOWN, Role.PLACE),
    *(Column(name, Role.NUMBER) for name in NUMBERS.values()),
    Column(EMAIL, Role.EMAIL),
)
NAMES: Final = (ID, *(each.name for each in COLUMNS))
NOT_KNOWN: Final = frozenset({"unknown", "indeterminate"})
Table = dict[str, list[str | None]]


def table(said: Iterable[tuple[Any, Said]]) -> Table:
    """Records as columns of text, by their keys: what each says first; None where nothing is said."""
    return _laid((str(key), _first(each)) for key, each in said)


def also(said: Iterable[tuple[Any, Said]]) -> Table:
    """What the same records say besides, in rows of the same columns."""
    return _laid((str(key), row) for key, each in said for row in _besides(each))


def _laid(rows: Iterable[tuple[str, Cells]]) -> Table:
    told = list(rows)
    found: Table = {name: [row.get(name) for _, row in told] for name in NAMES}
    found[ID] = [key for key, _ in told]
    return found


def _first(said: Said) -> Cells:
    found = _cells({SURNAME: said.get("family_name"), FORENAME: said.get("given_names")})
    found |= _cells({BORN: said.get("born")})
    sex = said.get("sex")
    found |= _cells({SEX: None if sex in NOT_KNOWN else sex})
    for each in _everything(said):
        found |= next(iter(each), {})
    return found


def _besides(said: Said) -> Iterator[Cells]:
    """Rows of what else is said, one thing of each kind in a row."""
    rest = [_names(said), _births(said), *(list(each)[1:] for each in _everything(said))]
    for row in zip_longest(*rest, fillvalue={}):
        yield {name: cell for each in row for name, cell in each.items()}


def _everything(said: Said) -> Iterator[Sequence[Cells]]:
    """Of all but names and birth what is said, the newest first."""
    yield [cells for each in _newest(said, "address") if (cells := _home(each))]
    for (about, of_type), name in (*NUMBERS.items(), (("contact", "email"), EMAIL)):
        numbers = _newest(said, about, of_type)
        yield [cells for each in numbers if (cells := _cells({name: each.get("number")}))]


def _names(said: Said) -> list[Cells]:
    """Every name; one without a surname or without forenames is said with those that the person has first."""
    family, given = said.get("family_name"), said.get("given_names")
    found = []
    for each in _newest(said, "name"):
        forenames = " ".join(map(str, each.get("given") or ()))
        cells = _cells({SURNAME: each.get("family") or family, FORENAME: forenames or given})
        found.append(cells)
    return found


def _births(said: Said) -> list[Cells]:
    return [_cells({BORN: each.get("on")}) for each in _newest(said, "birth")]


def _home(value: Said) -> Cells:
    lines = " ".join(map(str, value.get("lines") or ()))
    return _cells({POSTCODE: value.get("postcode"), ADDRESS: lines, TOWN: value.get("town")})


def _newest(said: Said, about: str, of_type: str = "") -> list[Said]:
    """What was said of it, the last first; before what held once, what still holds."""
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
    return [each["value"] for each in reversed(found)]


def _cells(said: Mapping[str, Any]) -> Cells:
    """Those that say something, as text."""
    return {
        name: text for name, value in said.items() if value and (text := str(value).strip())
    }
