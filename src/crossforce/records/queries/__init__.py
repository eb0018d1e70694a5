"""Reads of records of any kind. The first argument is the actor, who acts while it runs."""

from crossforce.records.queries.kinds import (
    NoSuchKind,
    kind_of,
    kinds_of,
    labels_of,
    model_of,
    models_by_kind,
)
from crossforce.records.queries.listing import Listed, disclosable, filtered, listed, marking_of
from crossforce.records.queries.places import (
    describe,
    forces,
    forget_places,
    holders_of,
    names_of,
    place_of,
    reach,
)
from crossforce.records.queries.proposals import Proposed, proposal, proposals
from crossforce.records.queries.searching import Hit, Hits, search, suggest
from crossforce.records.queries.showing import (
    Found,
    FoundOnly,
    Linked,
    Shown,
    changeable,
    found,
    history,
    shown,
)

__all__ = [
    "Found",
    "FoundOnly",
    "Hit",
    "Hits",
    "Linked",
    "Listed",
    "NoSuchKind",
    "Proposed",
    "Shown",
    "changeable",
    "describe",
    "disclosable",
    "filtered",
    "forces",
    "forget_places",
    "found",
    "history",
    "holders_of",
    "kind_of",
    "kinds_of",
    "labels_of",
    "listed",
    "marking_of",
    "model_of",
    "models_by_kind",
    "names_of",
    "place_of",
    "proposal",
    "proposals",
    "reach",
    "search",
    "shown",
    "suggest",
]
