"""Looking into one entry of the ledger: whoever sees a private part leaves an entry that says so."""

from datetime import datetime
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Acts
from crossforce.oversight.operations.log import QUERIED, SUBJECT
from crossforce.oversight.queries import ledger as queries
from crossforce.transparency.receipt import Receipt


@guarded.acts
def open_entry(*, actor: Acts, entry: UUID, at: datetime) -> queries.Shown:
    """One entry, with its private parts as far as the actor may see them. Raises Missing."""
    shown = queries.entry(actor, entry)
    if shown.parts:
        ledger.append(
            actor=actor,
            operation=QUERIED,
            subject=f"{SUBJECT}:{entry}",
            detail={"report": "entry", "parts": sorted(shown.parts)},
            at=at,
        )
    return shown


@guarded.acts
def take_receipt(*, actor: Acts, entry: UUID, at: datetime) -> Receipt:
    """The receipt of one entry, which holds the same parts. Raises Missing, NotInTheTreeYet."""
    found = ledger.receipt(actor, entry)
    open_entry(actor=actor, entry=entry, at=at)
    return found
