"""What somebody typed into a filter: understood, or refused. Never left out, for the answer is evidence."""

from collections.abc import Iterable, Mapping
from typing import Final

from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import lists
from crossforce.oversight.queries.ledger import day_in
from crossforce.oversight.views import lines

DAYS: Final = frozenset({"since", "until", "on"})
IDENTIFIERS: Final = frozenset({"about"})
NO_DAY: Final = "“%s” is not a day. Write a day such as 2026-03-27."
NO_IDENTIFIER: Final = "“%s” is not an identifier. Paste all 36 characters."
NO_CHOICE: Final = "“%s” is none of the choices. Choose one from the list."
LONGEST_SHOWN: Final = 60


def require(given: Mapping[str, str], filters: Iterable[lists.Filter]) -> None:
    """Raises NotUnderstood, which names the field and says what to write, for what is none."""
    for one in filters:
        text = given.get(one.name, "").strip()
        if text and (wrong := _wrong(one, text)):
            raise NotUnderstood(f"{one.title}: {wrong % text[:LONGEST_SHOWN]}")


def _wrong(one: lists.Filter, text: str) -> str:
    if one.name in DAYS and day_in(text) is None:
        return NO_DAY
    if one.name in IDENTIFIERS and lines.uuid_in(text) is None:
        return NO_IDENTIFIER
    if one.choices and text not in {str(code) for code, _ in one.choices()}:
        return NO_CHOICE
    return ""
