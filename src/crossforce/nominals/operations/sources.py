"""Sources of a force: its connectors, each a mapping that an analyst wrote, kept and changed."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals import mapping as documents
from crossforce.nominals.choices import MARKING, PURPOSES, SOURCE
from crossforce.nominals.mapping import Mapping
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import CannotRead, Finding


class BadMapping(NotUnderstood):
    """The mapping describes no source; the findings say what is wrong with it, and where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(each) for each in findings))


def understood(text: str) -> Mapping:
    """The mapping that the text describes. Raises BadMapping."""
    try:
        return documents.read(text.encode())
    except CannotRead as wrong:
        raise BadMapping(wrong.findings) from None


def plain(text: str) -> str:
    """The text as it is kept: browsers send other ends of lines."""
    return text.replace("\r\n", "\n").strip()


def keep(*, actor: Actor, text: str, at: datetime) -> UUID:
    """Keep a source for its force. Raises BadMapping, MayNotAdd."""
    of = understood(text)
    place = records.Place(of.holder, "", "", MARKING)
    new = records.NewRecord(SOURCE, place, {**_values(of, text), "purposes": list(PURPOSES)})
    with _named(of):
        row = records.create(actor=actor, new=new, at=at)
    key: UUID = row.pk
    return key


def change(*, actor: Actor, source: UUID, version: int, text: str, at: datetime) -> Any:
    """Change a source. What was loaded before keeps the copy by which it was read. Raises BadMapping."""
    of = understood(text)
    with _named(of):
        return records.edit(
            actor=actor,
            kind=SOURCE,
            record=source,
            version=version,
            given=_values(of, text),
            at=at,
        )


def correct(
    *, actor: Actor, record: UUID, version: int, given: Table[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed of the text. Raises BadMapping, NotUnderstood."""
    if set(given) != {"text"}:
        raise NotUnderstood("Correct the text of a source: its name and its title stand there.")
    return change(actor=actor, source=record, version=version, text=given["text"], at=at)


@contextmanager
def _named(of: Mapping) -> Iterator[None]:
    """What keeps a source, which needs a name of its own. Raises BadMapping."""
    try:
        yield
    except records.Clashes:
        taken = Finding(
            "name-taken",
            f"A source of {of.holder} has the name {of.name!r} already.",
            "Give this one another name, or change that one.",
            column="name",
        )
        raise BadMapping((taken,)) from None


def _values(of: Mapping, text: str) -> dict[str, Any]:
    return {"name": of.name, "title": of.title, "text": plain(text)}
