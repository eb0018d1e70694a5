"""Reads of the ledger: entries, for the auditors whom they concern; the tree, for everybody."""

from crossforce.ledger.queries.entries import (
    concerning,
    names_oneself,
    opened_to,
    readable,
    who_acted,
)
from crossforce.ledger.queries.looking import Touching, touching
from crossforce.ledger.queries.tree import (
    NoCheckpoint,
    NotInTheTreeYet,
    consistency,
    latest,
    noted,
    proven,
    receipt,
    restorations,
    witness_keys,
)

__all__ = [
    "NoCheckpoint",
    "NotInTheTreeYet",
    "Touching",
    "concerning",
    "consistency",
    "latest",
    "names_oneself",
    "noted",
    "opened_to",
    "proven",
    "readable",
    "receipt",
    "restorations",
    "touching",
    "who_acted",
    "witness_keys",
]
