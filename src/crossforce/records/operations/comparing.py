"""What is one's own was compared with what others have of theirs, and somebody has the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records.choices import COMBINED
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats

ACTION = "deconflict"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records that met: what its own holder's ledger is told of, and no other's."""

    kind: str
    record: UUID
    scope: int
    holder: str


@guarded.acts
def compared(*, actor: Actor, rows: Sequence[GovernedRecord], at: datetime) -> None:
    """Enter that these rows of one's own met others: a combination, which names no other side.

    It cites every clause that lets them be compared, whoever's the other is.
    """
    if rows:
        beats.record(
            actor=actor,
            operation=COMBINED,
            rows=rows,
            action=ACTION,
            detail={"met": True},
            at=at,
        )


@guarded.acts
def met(*, actor: Actor, sides: Sequence[Side], at: datetime) -> None:
    """Enter with each side's holder that its record met another: one entry a side, which tells of no other.

    For named system work, which is shown nothing and knows the sides under seal.
    """
    acts = [
        ledger.Act(
            COMBINED,
            f"{side.kind}:{side.record}",
            {"rows": [str(side.record)], "count": 1, "met": True},
            ledger.About([side.holder], [], [side.scope]),
        )
        for side in sides
    ]
    if acts:
        ledger.append_many(actor=actor, acts=acts, at=at)
