"""Mappings that a force keeps: written down, and changed."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import tomlkit

from crossforce.duty import mapping as exports
from crossforce.duty.choices import MAPPING, MARKING, PURPOSES
from crossforce.duty.mapping import CannotRead, Finding, Mapping
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records


class BadMapping(NotUnderstood):
    """The mapping describes no export; the findings say what is wrong with it, and where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(each) for each in findings))


def understood(text: str) -> Mapping:
    """The mapping that the text describes. Raises BadMapping."""
    try:
        return exports.read(text.encode())
    except CannotRead as wrong:
        raise BadMapping(wrong.findings) from None


def plain(text: str) -> str:
    """The text as it is kept: browsers send other ends of lines."""
    return text.replace("\r\n", "\n").strip()


def accepting(text: str) -> str:
    """A mapping that is understood, so that its file may cancel whatever it no longer has."""
    document: Any = tomlkit.parse(plain(text))
    document["file"]["most_cancelled"] = 1
    return tomlkit.dumps(document).strip()


def keep(*, actor: Actor, text: str, at: datetime) -> UUID:
    """Keep a mapping for its force. Raises BadMapping, MayNotAdd."""
    of = understood(text)
    place = records.Place(of.holder, "", "", MARKING)
    new = records.NewRecord(MAPPING, place, _values(of, text))
    with _named(of):
        row = records.create(actor=actor, new=new, at=at)
    key: UUID = row.pk
    return key


def change(*, actor: Actor, mapping: UUID, version: int, text: str, at: datetime) -> Any:
    """Change a mapping. Imports of before keep the copy by which they were read. Raises BadMapping."""
    of = understood(text)
    given = _values(of, text)
    del given["purposes"]
    with _named(of):
        return records.edit(
            actor=actor, kind=MAPPING, record=mapping, version=version, given=given, at=at
        )


def correct(
    *, actor: Actor, record: UUID, version: int, given: Table[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed of the text. Raises BadMapping, NotUnderstood."""
    if set(given) != {"text"}:
        raise NotUnderstood(
            "Correct the text of a mapping: its name and its title stand there."
        )
    return change(actor=actor, mapping=record, version=version, text=given["text"], at=at)


@contextmanager
def _named(of: Mapping) -> Iterator[None]:
    """What keeps a mapping, which needs a name of its own. Raises BadMapping."""
    try:
        yield
    except records.Clashes:
        raise BadMapping((_taken(of),)) from None


def _taken(of: Mapping) -> Finding:
    return Finding(
        "name-taken",
        f"A mapping of {of.holder} has the name {of.name!r} already.",
        "Give this one another name, or change that one.",
        column="name",
    )


def _values(of: Mapping, text: str) -> dict[str, Any]:
    return {"name": of.name, "title": of.title, "text": plain(text), "purposes": list(PURPOSES)}
