"""Reads of imports and of mappings."""

import json
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.duty import models
from crossforce.duty.choices import IMPORT, MAPPING, OPEN
from crossforce.duty.mapping import Finding, in_order
from crossforce.insight import api as insight
from crossforce.kernel import clock, guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN: Final = 50


class NoSuchImport(Missing):
    """There is no such import, or none that you may know of."""


class NoSuchMapping(Missing):
    """There is no such mapping, or none that you may know of."""


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
    """The mapping of that name, the actor's own organisation's before others'. Raises NoSuchMapping."""
    found: list[Any] = list(
        models.Mapping.objects.within_reach().filter(name=name).order_by("pk")
    )
    if not found:
        raise NoSuchMapping
    places = records.places_of(row.scope_id for row in found)
    own = [row for row in found if places[row.scope_id].holder == actor.organisation]
    return (own or found)[0]  # type: ignore[no-any-return]


@guarded.acts
def may_import(actor: Actor) -> tuple[bool, bool]:
    """Whether the actor may bring in duties somewhere, and keep mappings."""
    return _may_add(actor, IMPORT), _may_add(actor, MAPPING)


def _may_add(actor: Actor, kind: str) -> bool:
    """Whether some clause lets the actor; before the first is added, no scope is there to say so."""
    if access.scopes(kind, "add"):
        return True
    return bool(insight.explain(actor, kind, "add", clock.now()).because)
