"""Addresses as they are held and as they are asked: `12 Station Road, Bath BA1 1AA`, in part and misspelt.

A street stands where a surname does, a town where a forename does, so that both are found with slips, by sound, by
part and by pattern; the house stands where a middle name does. The postcode is a number of its own (numbers.py).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crossforce.nominals.searching.agreeing import Asked
from crossforce.nominals.searching.answers import Called
from crossforce.nominals.searching.names import NUMBER, Name, families, word
from crossforce.nominals.searching.weighing import Question

CALLED: Final = Called(first="town", last="street", middle="house")
STREETS: Final = (
    "road|street|avenue|lane|close|drive|way|place|court|crescent|terrace|gardens|grove|square|hill|row|walk|mews"
    "|parade|green|park|rise|view|mount|quay|wharf|yard|rd|st|ave|ln|cl|dr|pl|ct|cres|terr?|gdns|sq"
)
WELSH: Final = "heol|ffordd|stryd|lôn"
"""With these a street begins, and ends with a comma."""
SHORT: Final = {
    "rd": "road", "ave": "avenue", "ln": "lane", "cl": "close", "dr": "drive", "pl": "place", "ct": "court",
    "cres": "crescent", "ter": "terrace", "terr": "terrace", "gdns": "gardens", "sq": "square", "st": "street",
}  # fmt: skip
_HOUSE: Final = re.compile(
    r"^\s*(?:(?:flat|unit|apartment|apt)\s+\w+\s*,?\s*)?(\d{1,4}[a-z]?(?:-\d{1,4})?)\b,?\s+(?=[a-z])",
    re.IGNORECASE,
)
_IS_STREET: Final = re.compile(
    rf"^(?P<street>(?:{WELSH})\b[^,]+|.*?\b(?:{STREETS})\b)\.?,?\s*(?P<town>.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    house: str
    street: str
    town: str

    @property
    def name(self) -> Name:
        """As an index holds it: the house stands where a middle name does."""
        house = f"{NUMBER}{self.house}" if self.house else ""
        return Name(f"{''.join(self.town.split()) or '-'} {house}".strip(), self.street)


def taken_apart(text: str, town: str = "") -> Address:
    """House, street and town of an address that is held. What has no street in it is a street all the same."""
    found = _HOUSE.match(text)
    street, _, rest = (text[found.end() :] if found else text).partition(",")
    house = found[1].lower() if found else ""
    return Address(house, _whole(street), (town or rest.split(",")[0]).strip())


def read(text: str) -> Address | None:
    """An address in a line as officers write it; None when there is none in it."""
    house = _HOUSE.match(text)
    rest = text[house.end() :] if house else text
    if found := _IS_STREET.match(rest.strip()):
        town = found["town"].split(",")[0]
        return Address(house[1].lower() if house else "", _whole(found["street"]), town.strip())
    return None


def ask(address: Address) -> Question:
    """Where an address is held like this one."""
    whole, *parts = families(address.street)
    town = word(address.town)
    return Question(
        first=Asked(town) if town else None,
        middle=Asked(f"{NUMBER}{address.house}", exactly=True) if address.house else None,
        last=Asked(
            whole, tuple(part for part in parts if part != whole and part not in _KINDS)
        ),
    )


def names(addresses: Iterable[Address]) -> tuple[Name, ...]:
    """What an index holds of several."""
    return tuple(dict.fromkeys(each.name for each in addresses if each.street))


_KINDS: Final[frozenset[str]] = frozenset(STREETS.replace("?", "").split("|"))


def _whole(street: str) -> str:
    """A street with its kind in full: `Station Rd` is `Station Road`."""
    words = street.replace(".", " ").split()
    if len(words) > 1:
        words[-1] = SHORT.get(words[-1].lower(), words[-1])
    return " ".join(words)
