"""Mappings that a force keeps, by which its files are read: what every kind of them shares."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from crossforce.kernel.refusals import NotUnderstood
from crossforce.records import api as records
from crossforce.records.mapping.findings import CannotRead, Finding


class Named(Protocol):
    """A mapping that was understood."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def holder(self) -> str: ...


MappingT = TypeVar("MappingT", bound=Named)


class BadMapping(NotUnderstood):
    """The mapping describes no file; the findings say what is wrong with it, and where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(each) for each in findings))


def understood(read: Callable[[bytes], MappingT], text: str) -> MappingT:
    """The mapping that the text describes. Raises BadMapping."""
    try:
        return read(text.encode())
    except CannotRead as wrong:
        raise BadMapping(wrong.findings) from None


def plain(text: str) -> str:
    """The text as it is kept: browsers send other ends of lines."""
    return text.replace("\r\n", "\n").strip()


def values(of: Named, text: str) -> dict[str, Any]:
    """What is kept of it."""
    return {"name": of.name, "title": of.title, "text": plain(text)}


def stays(of: Named, scope: int, what: str) -> None:
    """Refuse a mapping that is held for one force and names another: it stays with its own. Raises BadMapping."""
    holder = records.place_of(scope).holder
    if of.holder != holder:
        other = Finding(
            "other-holder",
            f"This {what} is of {holder}, and its text names {of.holder!r} as the holder.",
            f"Keep a {what} of its own for the other force.",
            column="holder",
        )
        raise BadMapping((other,))


def corrected(given: Any, what: str) -> str:
    """The text of a correction, which is all that one may be of. Raises NotUnderstood."""
    if set(given) != {"text"}:
        raise NotUnderstood(
            f"Correct the text of a {what}: its name and its title stand there."
        )
    return str(given["text"])


@contextmanager
def named(of: Named, what: str) -> Iterator[None]:
    """What keeps a mapping, which needs a name of its own. Raises BadMapping."""
    try:
        yield
    except records.Clashes:
        taken = Finding(
            "name-taken",
            f"A {what} of {of.holder} has the name {of.name!r} already.",
            "Give this one another name, or change that one.",
            column="name",
        )
        raise BadMapping((taken,)) from None
