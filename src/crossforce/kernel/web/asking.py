"""What a page may be asked for in its address: a filter that is passed over in silence would mislead."""

from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import language

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


class NoSuchFilter(NotUnderstood):
    """The address asks for something that this page does not know; the message says what it knows."""


def only(*names: str) -> Callable[[ViewT], ViewT]:
    """The page, refusing an address with any other parameter. Raises NoSuchFilter."""
    known = {*names, language.PARAMETER}

    def limited(view: ViewT) -> ViewT:
        @wraps(view)
        def asked(request: HttpRequest, *given: Any, **values: Any) -> Any:
            for name in request.GET:
                if name not in known:
                    raise NoSuchFilter(
                        f"This page has no filter “{name[:40]}”.{_hint(name, names)}"
                    )
            return view(request, *given, **values)

        return cast(ViewT, asked)

    return limited


def one_of(request: HttpRequest, name: str, choices: Collection[str]) -> str:
    """What is asked under the name, which is one of these; empty where nothing is. Raises NoSuchFilter."""
    value = request.GET.get(name, "")
    if value and value not in choices:
        raise NoSuchFilter(
            f"Nothing here has the {name} “{value[:40]}”.{_hint(value, sorted(choices))}"
        )
    return value


def number(request: HttpRequest, name: str) -> int:
    """The number under the name, such as that of a page; 1 where there is none. Raises NoSuchFilter."""
    text = request.GET.get(name, "") or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text)):
        raise NoSuchFilter(f"“{text[:40]}” is no {name}: give a number from 1.")
    return int(text)


def _hint(given: str, known: Collection[str]) -> str:
    near = get_close_matches(given, known, n=1)
    if near:
        return f" Did you mean “{near[0]}”?"
    return f" There are: {', '.join(known)}." if 0 < len(known) <= 12 else ""
