"""What an interest is compared by, and how much of it there may be: by whole numbers and addresses alone."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from crossforce.kernel import rulepacks
from crossforce.nominals.canonical import identifiers
from crossforce.nominals.choices import OBJECT, PERSON
from crossforce.records.mapping.findings import Wrong

PACK: Final = "nominals-deconfliction"
RECORD, PLACE, TELEPHONE, EMAIL = "record", "place", "telephone", "email"
OF_ONE: Final = frozenset({"pnc", "cro", "nino", "driving-licence", "passport"})
"""Numbers that one person has for themself: a record of a person is compared by these as well."""
APART: Final = re.compile(r"[^0-9A-Z]+")


def figure(key: str, on: date) -> int:
    """A figure of the rule pack."""
    return int(rulepacks.load(PACK).value(key, on))


def schemes() -> dict[str, str]:
    """What an interest may be known by: words by scheme."""
    known = {name: str(identifiers.scheme(name)["title"]) for name in identifiers.schemes()}
    return known | {
        TELEPHONE: "a telephone number",
        EMAIL: "an e-mail address",
        PLACE: "an address with its postcode",
    }


def normal(scheme: str, said: str) -> str:
    """The number or address in its one form, as it is shown and compared. Raises Wrong."""
    if scheme == TELEPHONE:
        return identifiers.telephone(said)
    if scheme == EMAIL:
        return identifiers.email(said)
    return _place(said) if scheme == PLACE else identifiers.checked(scheme, said)


def mark(scheme: str, number: str) -> str:
    """What is compared: equal or not, and nothing between."""
    return f"{scheme}:{number}"


def marks_of(kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The marks of a record that is read: its own numbers, or its whole address."""
    for said in values.get("statements", ()):
        value = said.get("value", {}) if said.get("about") == "identifier" else {}
        scheme, number = str(value.get("type", "")), str(value.get("number", ""))
        if number and (scheme in OF_ONE or (kind == OBJECT and scheme)):
            yield mark(scheme, number)
    if kind == OBJECT and values.get("what") == "vehicle" and values.get("identifier"):
        yield mark("vrm", values["identifier"])
    if kind not in (PERSON, OBJECT) and values.get("address") and values.get("postcode"):
        try:
            yield mark(PLACE, _place(f"{values['address']}, {values['postcode']}"))
        except Wrong:
            return


def refusal_of_number(*, on: int, lately: int, today: date) -> str | None:
    """Why no more may be registered, if so: nobody finds out by trying."""
    if on >= (most := figure("most-on", today)):
        return f"You have {most} interests on, as many as one posting may. Withdraw one first."
    if lately >= (most := figure("most-a-day", today)):
        return f"You have registered {most} interests within a day, as many as one posting may."
    return None


def refusal(*, reason: str, until: date, today: date) -> str | None:
    """Why an interest may not be registered, if it may not."""
    return refusal_of_reason(reason, today=today) or refusal_of_day(until, today=today)


def refusal_of_reason(reason: str, *, today: date) -> str | None:
    """Why a reason is not enough, if it is not."""
    if len(reason.strip()) < figure("shortest-reason", today):
        return "Say why, in a few words: it stays with the interest, and your force reads it."
    return None


def refusal_of_day(until: date, *, today: date) -> str | None:
    """Why an interest may not count to that day, if it may not."""
    longest = figure("longest", today)
    if not today <= until <= today + timedelta(days=longest):
        return f"The last day is today or later, and no more than {longest} days from now."
    return None


def _place(said: str) -> str:
    """House and street in capitals without signs, and the postcode. Raises Wrong."""
    text = said.upper()
    found = [*identifiers.POSTCODE.finditer(text)]
    street = APART.sub(" ", text[: found[-1].start()]).strip() if found else ""
    if not street:
        raise Wrong(
            "place-form",
            "That is no address with its postcode. Write both, such as 3 High Street, BA5 2AA.",
            "",
        )
    return f"{street}, {found[-1][1]} {found[-1][2]}"
