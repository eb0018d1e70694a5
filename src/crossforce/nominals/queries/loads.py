"""Reads of sources, loads and refused rows."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.refusals import Missing, NotKnown
from crossforce.nominals import models
from crossforce.nominals.choices import LOAD, MARKING, SOURCE, Row
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN: Final = 50
PAGE: Final = 50


class NoSuchLoad(Missing):
    """There is no such load, or none that you may know of."""


class NoSuchSource(Missing):
    """There is no such source, or none that you may know of."""


class NoSourceOfThatName(NotKnown):
    """There is no source of that name that you may use; the message says which there are."""


@guarded.acts
def may_see(actor: Actor) -> bool:
    """Whether some loads or sources are there to be seen by whoever acts, or theirs to make."""
    return any(access.scopes(kind, "read") for kind in (LOAD, SOURCE)) or any(may(actor))


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of refused rows, and how many there are."""

    rows: list[models.Quarantine]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(-(-self.total // PAGE), 1)


def sources(actor: Actor) -> list[models.Source]:
    """The sources that the actor may read, by title."""
    with guarded.acting(actor):
        return list(models.Source.objects.order_by("title", "pk")[:500])


def source(actor: Actor, key: UUID) -> models.Source:
    """One of them. Raises NoSuchSource."""
    with guarded.acting(actor):
        found: models.Source | None = models.Source.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchSource
    return found


def source_named(actor: Actor, name: str) -> models.Source:
    """The source of that name, the actor's own organisation's before others'. Raises NoSourceOfThatName."""
    known = sources(actor)
    found = [each for each in known if each.name == name]
    if len(found) > 1:
        places = records.places_of(each.scope_id for each in found)
        found = [each for each in found if places[each.scope_id].holder == actor.organisation]
    if len(found) != 1:
        listed = ", ".join(each.name for each in known) or "none"
        raise NoSourceOfThatName(f"No one source is called {name!r}. There are: {listed}.")
    return found[0]


def loads(actor: Actor) -> list[models.Load]:
    """The last loads, newest first."""
    with guarded.acting(actor):
        found: list[models.Load] = models.Load.objects.newest(SHOWN)
        return found


def load(actor: Actor, key: UUID) -> models.Load:
    """One of them. Raises NoSuchLoad."""
    with guarded.acting(actor):
        found: models.Load | None = models.Load.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchLoad
    return found


def refused(
    actor: Actor, *, load: UUID | None = None, state: str = Row.WAITING.value, page: int = 1
) -> Rows:
    """Refused rows, oldest first; of one load where it is named; of any state where it is empty."""
    with guarded.acting(actor):
        found: Any = models.Quarantine.objects.all()
        if load:
            found = found.filter(load=load)
        if state:
            found = found.filter(state=state)
        first = (page - 1) * PAGE
        rows = list(found.order_by("load", "row")[first : first + PAGE])
        return Rows(rows, found.count(), page)


@guarded.acts
def taken_out(actor: Actor, *, page: int = 1) -> Rows:
    """A page of the refused rows that wait, for a file, which is a disclosure."""
    guarded_watch.takes_out("refused-rows")
    return refused(actor, page=page)


def refused_row(actor: Actor, key: UUID) -> models.Quarantine | None:
    """One of them."""
    with guarded.acting(actor):
        found: models.Quarantine | None = models.Quarantine.objects.filter(pk=key).first()
        return found


def may(actor: Actor) -> tuple[bool, bool]:
    """Whether the actor may load what their force holds, and keep sources of it."""
    with guarded.acting(actor):
        scopes = [guarded.scope(guarded.ScopeOf(actor.organisation, kind, "", "", MARKING)) for kind in (LOAD, SOURCE)]  # fmt: skip
        return scopes[0] in access.scopes(LOAD, "add"), scopes[1] in access.scopes(
            SOURCE, "add"
        )
