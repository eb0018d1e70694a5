"""Interests of several forces, the clauses that let them be compared, and what each owner is told."""

from datetime import timedelta
from itertools import permutations
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.nominals import models
from crossforce.nominals.choices import INTEREST, MATCH
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import NewInterest
from crossforce.nominals.queries import interests
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.tests import holding
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, ELSEWHERE, HERE, PARTNER

TODAY: Final = civil.day_of(AT)
KEPT: Final = ("find", "read", "add", "edit", "dispose")
FORCES: Final = (HERE, PARTNER, ELSEWHERE)
made: list[UUID] = []
"""The keys of all interests, which nobody but the test knows."""


def own_policies() -> None:
    """Each posting of three forces keeps its own, and nobody else's."""
    made.clear()
    for force in FORCES:
        own = {"holder": force, "recipient": force, "compartment": "own", "actions": KEPT}
        holding.policy(f"own-{force}", kinds=(INTEREST,), **own)


def compared(holder: str, recipient: str) -> None:
    """A clause by which what one holds is compared for the other."""
    more = {"holder": holder, "recipient": recipient, "compartment": "own"}
    reference = f"compared-{holder}-{recipient}"
    holding.policy(reference, kinds=(INTEREST,), actions=("deconflict",), **more)


def both() -> None:
    """One of each side, of two forces."""
    for holder, recipient in permutations((HERE, PARTNER)):
        compared(holder, recipient)


def interest(actor: Actor, said: str = "AB12 CDE", scheme: str = "vrm", **more: Any) -> Any:
    """An interest, by default in a vehicle."""
    values: dict[str, Any] = {
        "name": f"Operation of {actor.name}",
        "reason": "An investigation into burglaries.",
        "contact": f"Incident room of {actor.organisation}",
        "until": TODAY + timedelta(days=30),
        "scheme": scheme,
        "said": said,
    }
    new = NewInterest(**(values | more))
    row = deconflicting.register(actor=actor, new=new, at=AT)
    made.append(row.pk)
    return row


def told(actor: Actor) -> dict[UUID, Met]:
    """All that the database tells whoever acts, asked about every interest that there is."""
    with guarded.acting(actor):
        return interests.met(made)


def link(one: Any, other: Any) -> None:
    """Somebody who may knew them for the same."""
    holding.policy("link", holder=PARTNER, actions=("find", "read", "edit"))
    records.link(
        actor=factories.asha(),
        one=one.reference,
        other=other.reference,
        relation="duplicates",
        at=AT,
    )


def matched(held: Any, other: Any) -> None:
    """Somebody of this force decided that they are one person."""
    holding.policy("match", kinds=(MATCH,))
    holding.policy("read", holder=PARTNER, actions=("find", "read"))
    match(held, other)


def match(held: Any, other: Any) -> None:
    """What they decided, where they may."""
    one, two = sorted((held.pk, other.pk))
    asha = factories.asha()
    decided = {"state": "confirmed", "decided_at": AT, "decided_by": asha.reference}
    with guarded.acting(asha):
        scope = guarded.scope(guarded.ScopeOf(HERE, MATCH))
        by = {"created_at": AT, "changed_at": AT} | dict.fromkeys(
            ("created_by", "changed_by"), asha.reference
        )
        models.Match.objects.create(
            one=one, other=two, scope_id=scope, purposes=["prevent-offences"], **decided, **by
        )
