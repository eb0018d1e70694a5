"""The front door of records: changes to records of any kind, and reads of them."""

from crossforce.kernel.guarded_rows import cursor
from crossforce.records.choices import Group, Place, Purpose, Reference, Relation
from crossforce.records.models import Pointer
from crossforce.records.operations import (
    Clashes,
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
from crossforce.records.operations.creating import due as due_for_review
from crossforce.records.queries import (
    Hit,
    Named,
    history,
    labels_of,
    listed,
    models_by_kind,
    named,
    place_of,
    search,
    shown,
)
from crossforce.records.queries.places import describe as places_of
from crossforce.records.queries.places import in_words as names_of_places
from crossforce.records.rules.marking import line as marking_line

__all__ = [
    "Clashes",
    "Disclosed",
    "Group",
    "Hit",
    "Named",
    "NewRecord",
    "Place",
    "Pointer",
    "Purpose",
    "Reference",
    "Relation",
    "accept",
    "combine",
    "create",
    "cursor",
    "disclose",
    "dispose",
    "due_for_review",
    "edit",
    "history",
    "hold",
    "labels_of",
    "lift",
    "link",
    "listed",
    "marking_line",
    "models_by_kind",
    "move",
    "named",
    "names_of_places",
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
