"""Reads of imports and of mappings."""

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import IMPORT, MAPPING, OPEN
from crossforce.duty.mapping import Finding, in_order
from crossforce.duty.rules import imports as rules
from crossforce.insight import api as insight
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, NotKnown
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN: Final = 50


class NoSuchImport(Missing):
    """There is no such import, or none that you may know of."""


class NoSuchMapping(Missing):
    """There is no such mapping, or none that you may know of."""


class NoMappingOfThatName(NotKnown):
    """There is no mapping of that name that you may use; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Brought:
    """An import, and what of its file was refused."""

    row: models.Import
    findings: list[Finding]

    @property
    def is_open(self) -> bool:
        """Whether it is not at its end."""
        return self.row.state in OPEN

    @property
    def counts(self) -> list[tuple[str, str]]:
        """What it did or would do: name and number."""
        parts = [each.partition(" ") for each in self.row.counts.split(", ")]
        return [(name.capitalize(), number) for number, _, name in parts if number.isdecimal()]

    @property
    def numbers(self) -> dict[str, int]:
        """The same, for programs."""
        return {name.lower(): int(number) for name, number in self.counts}

    @property
    def is_whole(self) -> bool:
        """Whether the whole file was refused, so that nothing of it came in."""
        return any(each.is_whole for each in self.findings)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything that was read is held already, as it is."""
        return rules.changes_nothing(self.numbers)


@guarded.acts
def imports(actor: Actor) -> list[models.Import]:
    """The last imports that the actor may read, newest first."""
    found: list[models.Import] = models.Import.objects.newest(SHOWN)
    return found


@guarded.acts
def one_import(actor: Actor, key: UUID) -> Brought:
    """An import. Raises NoSuchImport."""
    row = models.Import.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchImport
    findings = (Finding(**json.loads(line)) for line in filter(None, row.report.split("\n")))
    return Brought(row, in_order(findings))


@guarded.acts
def mappings(actor: Actor) -> list[models.Mapping]:
    """The mappings that the actor may read, by title."""
    return list(models.Mapping.objects.within_reach().order_by("title", "name", "pk"))


@guarded.acts
def one_mapping(actor: Actor, key: UUID) -> models.Mapping:
    """A mapping. Raises NoSuchMapping."""
    row: models.Mapping | None = models.Mapping.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchMapping
    return row


@guarded.acts
def mapping_named(actor: Actor, name: str) -> models.Mapping:
    """The mapping of that name, the actor's own organisation's before others'.

    Raises NoMappingOfThatName.
    """
    kept = models.Mapping.objects.within_reach()
    found: list[models.Mapping] = list(kept.filter(name=name).order_by("pk"))
    if not found:
        raise _no_mapping(name, sorted({each for _, each in kept.values_list("pk", "name")}))
    places = records.places_of(row.scope_id for row in found)
    own = [row for row in found if places[row.scope_id].holder == actor.organisation]
    return (own or found)[0]


def _no_mapping(name: str, names: list[str]) -> NoMappingOfThatName:
    there = f"There are: {', '.join(names)}." if names else "There is none."
    said = f"There is no mapping {name[:80]!r} that you may use. {there}"
    return NoMappingOfThatName(said, ("mapping",))


@guarded.acts
def may_import(actor: Actor) -> tuple[bool, bool]:
    """Whether the actor may bring in duties somewhere, and keep mappings."""
    return insight.may_add(actor, IMPORT), insight.may_add(actor, MAPPING)
