"""One box: what is asked in a line, or in the fields of the advanced form, of names, numbers and places at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.nominals.searching import numbers, places, question, written
from crossforce.nominals.searching.agreeing import Asked
from crossforce.nominals.searching.births import Born
from crossforce.nominals.searching.numbers import ANY, POSTCODE, Number
from crossforce.nominals.searching.places import Address
from crossforce.nominals.searching.weighing import Question

SORTS: Final = {
    "pnc": "PNC number",
    "cro": "CRO number",
    "asn": "arrest summons number",
    "nino": "National Insurance number",
    "driving-licence": "driving licence",
    "vrm": "vehicle registration",
    "telephone": "telephone",
    "email": "e-mail address",
    "passport": "passport",
    "imei": "IMEI of a telephone",
    POSTCODE: "postcode",
    ANY: "number",
}
"""Sorts of number in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was understood: any of a name with a birth, a number, an address. What agrees in several comes first."""

    person: Question | None = None
    number: Number | None = None
    address: Address | None = None

    @property
    def is_empty(self) -> bool:
        return self.person is None and self.number is None and self.address is None

    @property
    def is_pattern(self) -> bool:
        """Whether part of it may stand for any letters: then pointers would spell out what may not be read."""
        words = (self.person.last, self.person.first, self.person.middle) if self.person else ()
        letters = [each.text for each in words if each] + (
            [self.number.text] if self.number else []
        )
        return any("*" in text or "?" in text for text in letters)


def understood(text: str, *, at: date, is_typed: bool = False) -> Wanted:
    """A line as an officer writes it; `is_typed` while it is being written. Raises `NotADate`."""
    line = " ".join(text[: question.LONGEST_BOX].split())
    number, rest = numbers.read(line)
    address = places.read(rest) if rest else None
    if address is None and rest and number and number.scheme == POSTCODE:
        address = Address("", rest, "")
    is_place = address is not None and bool(
        address.house or (number and number.scheme == POSTCODE)
    )
    person = None
    if rest and not is_place:
        is_begun = is_typed and number is None and text[-1:].isalpha()
        person = _some(question.typing(rest if is_begun else f"{rest} ", at=at))
    return Wanted(person, number, address)


def advanced(
    *,
    family: str = "",
    given: str = "",
    born: str = "",
    number: str = "",
    address: str = "",
    at: date,
) -> Wanted:
    """The fields of the form. Raises `NotADate`."""
    found = numbers.read(number)[0] or (numbers.plain(ANY, number) if number.strip() else None)
    if found and len(found.text.strip("*?")) < numbers.SHORTEST - 1:
        found = None
    return Wanted(
        _some(question.ask(given=given, family=family, born=born, at=at)),
        found,
        places.read(address) or (places.taken_apart(address) if address.strip() else None),
    )


def in_words(wanted: Wanted) -> tuple[str, ...]:
    """What was understood, for whoever asked."""
    return tuple(_in_words(wanted))


def _in_words(wanted: Wanted) -> Iterator[str]:
    if person := wanted.person:
        named = (
            ("surname", person.last),
            ("forename", person.first),
            ("middle name", person.middle),
        )
        yield from (f"{what} {_shown(each)}" for what, each in named if each)
        if person.born:
            yield f"born {_born(person.born)}"
    if number := wanted.number:
        yield f"{SORTS.get(number.scheme, number.scheme)} {number.text.upper()}"
    if address := wanted.address:
        parts = (address.house, address.street, address.town)
        yield f"address {' '.join(filter(None, parts))}"


def _some(asked: Question) -> Question | None:
    return None if asked.empty else asked


def _shown(asked: Asked) -> str:
    quoted = f"“{asked.text.capitalize()}”" if asked.exactly else asked.text.capitalize()
    return f"{quoted}…" if asked.begins else quoted


def _born(born: Born) -> str:
    if not born.earliest:
        return written.day(born.month * 100 + born.day)
    first, last = written.day(born.earliest), written.day(born.latest)
    return first if first == last else f"from {first} to {last}"
