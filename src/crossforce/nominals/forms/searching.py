"""What a search is asked: the one box, or the fields of the advanced form; understood here, once for all ways in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crossforce.nominals.choices import LOCATION, OBJECT, PERSON, SEARCHED
from crossforce.nominals.queries.searching import PAGES
from crossforce.nominals.searching import asking
from crossforce.nominals.searching.asking import Wanted
from crossforce.nominals.searching.question import LONGEST_BOX, NotADate

FIELDS: Final = {
    "family": "Surname",
    "given": "Forenames",
    "born": "Born, or age",
    "number": "Number",
    "address": "Address or postcode",
}
KINDS: Final = {"person": PERSON, "object": OBJECT, "location": LOCATION}
TITLES: Final = {
    "person": "People",
    "object": "Vehicles, telephones and other things",
    "location": "Places",
}
NOTHING: Final = "Write a name, number or address"
"""What whoever asks for nothing is told."""
NAMES: Final = ("q", *FIELDS, "kind", "page")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put, and what of it was understood."""

    given: Mapping[str, str]
    wanted: Wanted = field(default_factory=Wanted)
    page: int = 1
    error: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything was asked at all."""
        return any(self.given.get(name, "").strip() for name in ("q", *FIELDS))

    @property
    def is_advanced(self) -> bool:
        return any(self.given.get(name) for name in FIELDS)

    @property
    def kinds(self) -> Sequence[str]:
        chosen = KINDS.get(self.given.get("kind", ""))
        return (chosen,) if chosen else SEARCHED


def read(given: Mapping[str, str], *, at: date, is_typed: bool = False) -> Asked:
    """A question of a page, the API or the command line. What is no date is told in `error`."""
    texts = {
        name: str(given.get(name, ""))
        .replace("\x00", "")
        .strip(None if name != "q" else "\n")[:LONGEST_BOX]
        for name in NAMES
    }
    page = texts["page"]
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1
    asked = Asked(texts, page=min(max(number, 1), PAGES))
    try:
        if asked.is_advanced:
            wanted = asking.advanced(**{name: texts[name] for name in FIELDS}, at=at)
        else:
            wanted = asking.understood(texts["q"], at=at, is_typed=is_typed)
    except NotADate as wrong:
        return Asked(texts, error=str(wrong))
    return Asked(texts, wanted, asked.page)
