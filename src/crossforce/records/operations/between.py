"""A record that stands between two others is made by whoever reads both; that they are combined is told of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from crossforce.kernel.registry import RecordKind
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import COMBINED
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats

NAMES: Final = ("one", "other")


def ends(kind: RecordKind, values: Mapping[str, Any]) -> Sequence[GovernedRecord]:
    """The two records between which one of this kind is to stand; none for a kind without ends. Raises NoSuchRecord."""
    if not kind.ends:
        return ()
    wanted = {values[name] for name in NAMES}
    found = [
        row
        for each in kind.ends
        for row in queries.model_of(each).objects.filter(pk__in=wanted)
    ]
    if len(found) != len(NAMES):
        raise beats.NoSuchRecord
    return found


def tell(actor: Actor, kind: RecordKind, of: Sequence[GovernedRecord], at: datetime) -> None:
    """One entry for each end, in which nothing of the other stands: not all who audit the one may know of that."""
    for row in of:
        beats.record(
            actor=actor,
            operation=COMBINED,
            rows=[row],
            action="read",
            detail={"relation": kind.name},
            at=at,
        )
