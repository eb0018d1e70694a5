"""Who may load what where, and the places into which loads put their records."""

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused
from crossforce.nominals.choices import LOAD, MARKING, QUARANTINE, TIE
from crossforce.nominals.mapping import Mapping
from crossforce.people.api import Actor
from crossforce.records import api as records


class MayNotLoad(Refused):
    """No agreement or policy lets you load these records there; the message says which and where."""


def permit(actor: Actor, of: Mapping) -> None:
    """Let a load pass that can be kept and written. Raises MayNotLoad."""
    needed = {LOAD: ("add", "edit"), QUARANTINE: ("add", "edit"), of.kind: ("add", "edit")}
    if of.tie:
        needed[TIE] = ("add", "edit")
    with guarded.acting(actor):
        for kind, actions in needed.items():
            scope = scope_of(of.holder, kind)
            if any(scope not in access.scopes(kind, action) for action in actions):
                raise MayNotLoad(
                    f"No agreement or policy lets you add and change records of the kind {kind} of {of.holder}."
                )


def scope_of(holder: str, kind: str) -> int:
    """The scope in which loads put the holder's records of a kind."""
    return guarded.scope(guarded.ScopeOf(holder, kind, "", "", MARKING))


def scopes_of(holder: str, kind: str) -> list[int]:
    """The holder's scopes in which whoever loads may change records of a kind."""
    places = records.places_of(access.scopes(kind, "edit"))
    return sorted(each for each, place in places.items() if place.holder == holder)
