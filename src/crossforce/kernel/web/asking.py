"""What a page may be asked for in its address: a filter that is passed over in silence would mislead."""

from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from functools import wraps
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from crossforce.kernel import written
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import language

ViewT = TypeVar("ViewT", bound=Callable[..., Any])
FOLLOWED: Final = ("utm_", "fbclid", "gclid", "msclkid")
"""How names begin that other sites put on an address by which they are left: they ask nothing of a page."""
LONGEST: Final = 40


class NoSuchFilter(NotUnderstood):
    """The address asks for something that this page does not know; the message says what it knows."""


def only(*names: str) -> Callable[[ViewT], ViewT]:
    """The page, refusing an address with any other parameter. Raises NoSuchFilter."""

    def limited(view: ViewT) -> ViewT:
        @wraps(view)
        def asked(request: HttpRequest, *given: Any, **values: Any) -> Any:
            require(request, names)
            return view(request, *given, **values)

        return cast(ViewT, asked)

    return limited


def require(request: HttpRequest, names: Collection[str]) -> None:
    """Let the address ask for nothing else than these, and its language. Raises NoSuchFilter."""
    for name in request.GET:
        if name in names or name == language.PARAMETER or name.startswith(FOLLOWED):
            continue
        told = _("This page has no filter “%(name)s”.") % {"name": name[:LONGEST]}
        raise NoSuchFilter(told + _hint(name, names))


def one_of(request: HttpRequest, name: str, choices: Collection[str]) -> str:
    """What is asked under the name, which is one of these; empty where nothing is. Raises NoSuchFilter."""
    value = request.GET.get(name, "").replace("\0", "").strip()
    if value and value not in choices:
        told = _("Nothing here has the %(name)s “%(value)s”.")
        raise NoSuchFilter(
            told % {"name": name, "value": value[:LONGEST]} + _hint(value, sorted(choices))
        )
    return value


def number(request: HttpRequest, name: str) -> int:
    """The number under the name, such as that of a page; 1 where there is none. Raises NoSuchFilter."""
    text = request.GET.get(name, "") or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text)):
        told = _("“%(value)s” is no %(name)s: give a number from 1.")
        raise NoSuchFilter(told % {"value": text[:LONGEST], "name": name})
    return int(text)


def day(request: HttpRequest, name: str, first: date, last: date) -> date | None:
    """The day under the name, between these two; None where there is none. Raises NoSuchFilter."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    try:
        found = written.day(text)
    except written.NotADay:
        found = date.min
    if not first <= found <= last:
        raise NoSuchFilter(
            f"“{text[:LONGEST]}” is no day from {first.year} to {last.year}: write one as 2027-06-01."
        )
    return found


def row(request: HttpRequest, name: str) -> UUID | None:
    """The identifier of a row under the name; None where there is none. Raises NoSuchFilter."""
    text = request.GET.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NoSuchFilter(f"“{text[:LONGEST]}” is no identifier of a row.") from None


def _hint(given: str, known: Collection[str]) -> str:
    if near := get_close_matches(given, known, n=1):
        return " " + _("Did you mean “%(near)s”?") % {"near": near[0]}
    if not 0 < len(known) <= 12:
        return ""
    return " " + _("There are: %(names)s.") % {"names": ", ".join(known)}
