"""Where records of the programme stand, and whether the codes that they name are known."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final
from uuid import UUID

from crossforce.agreements import catalogues
from crossforce.kernel import statements
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme.choices import MARKING
from crossforce.programme.models.fields import parted
from crossforce.programme.queries.known import known
from crossforce.programme.queries.owned import held_by
from crossforce.records import api as records
from crossforce.records.reading.cells import as_code

SEVERAL: Final = "forces"


class NoSuchCode(NotUnderstood):
    """A function, a body or an agreement that nobody knows is named; the message says which."""


def place_of(actor: Actor, function: str) -> records.Place:
    """At the actor's organisation, in the collection of the function where the catalogue knows it."""
    collection = f"function:{function}" if function in catalogues.functions() else ""
    return records.Place(actor.organisation, collection, "", MARKING)


def require_known(actor: Actor, given: Mapping[str, Any]) -> None:
    """Every code that is given is one that there is. Raises NoSuchCode."""
    for field, named in known(actor).items():
        codes = frozenset(named.values())
        text = str(given.get(field) or "")
        for code in parted(text) if field == SEVERAL else filter(None, (text,)):
            if code not in codes and not (field == SEVERAL and as_code(code) in codes):
                near = get_close_matches(code, list(codes), n=1)
                hint = f" Did you mean “{near[0]}”?" if near else ""
                raise NoSuchCode(f"Nothing is known by the code “{code}”.{hint}")


def refuse_taken(holder: str, model: Any, code: str, *, but: UUID | None = None) -> None:
    """A code is one record's of its holder, in whichever collection that stands. Raises Clashes."""
    one_at_a_time(model.record_kind, holder)
    others = model.objects.within_reach().filter(code=code).exclude(pk=but)
    if found := held_by(holder, others):
        kind = found[0].kind.title.lower()
        raise records.Clashes(
            f"Its holder has a {kind} with the code “{code}” already. Give this another, or change that one."
        )


def one_at_a_time(kind: str, holder: str) -> None:
    """Whoever gives codes to records of a holder waits here for the one before, until that is committed."""
    statements.answer("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", kind, holder)


def one_each(text: str) -> str:
    """Codes as they are kept: each once, parted by semicolons. Names may be given: `Wiltshire` is `wiltshire`."""
    return "; ".join(dict.fromkeys(map(as_code, parted(text))))
