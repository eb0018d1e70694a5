"""What was found leaves the platform as a file: a disclosure, with an entry that names every record of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crossforce.kernel import guarded
from crossforce.nominals.choices import SEARCHED
from crossforce.nominals.queries import searching
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.searching.asking import Wanted
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What goes out, best first; `left_out` of what was found may be read and not disclosed."""

    seen: Sequence[Seen]
    left_out: int
    marking: str


@guarded.acts
def take_out(
    *, actor: Actor, wanted: Wanted, kinds: Sequence[str] = SEARCHED, at: datetime
) -> TakenOut:
    """What answers and may be disclosed, for one's own organisation. Raises MayNotTakeOut."""
    hits = [hit for hit in searching.keys(wanted, searching.reached(kinds)) if hit.readable]
    seen = [each for each in searching.read_anew(hits, kinds) if each.is_readable]
    open_ = searching.disclosable(seen)
    for kind in kinds:
        if rows := [each.id for each in open_ if each.kind == kind]:
            records.disclose(
                actor=actor,
                kind=kind,
                records=rows,
                recipient=actor.organisation,
                reason="search",
                at=at,
            )
    hidden = {each.id for each in open_}
    left = [each for each in seen if each.id not in hidden and not each.place.compartment]
    return TakenOut(open_, len(left), searching.marking_of(open_))
