"""The front door of records: changes to records of any kind, and reads of them."""

from crossforce.kernel.guarded_rows import cursor
from crossforce.records.choices import Group, Place, Purpose, Reference, Relation
from crossforce.records.operations import (
    Disclosed,
    NewRecord,
    accept,
    combine,
    create,
    disclose,
    dispose,
    edit,
    hold,
    lift,
    link,
    move,
    propose,
    propose_disposal,
    refuse,
    review,
    unlink,
)
from crossforce.records.queries import history, listed, models_by_kind, place_of, search, shown
from crossforce.records.queries.places import describe as places_of

__all__ = [
    "Disclosed",
    "Group",
    "NewRecord",
    "Place",
    "Purpose",
    "Reference",
    "Relation",
    "accept",
    "combine",
    "create",
    "cursor",
    "disclose",
    "dispose",
    "edit",
    "history",
    "hold",
    "lift",
    "link",
    "listed",
    "models_by_kind",
    "move",
    "place_of",
    "places_of",
    "propose",
    "propose_disposal",
    "refuse",
    "review",
    "search",
    "shown",
    "unlink",
]
