"""Reads of the ledger: entries, for the auditors whom they concern; the tree, for everybody."""

from crossforce.ledger.queries.entries import (
    COUNTED,
    Shown,
    entries,
    entry,
    export,
    listed,
    readable,
)
from crossforce.ledger.queries.tree import (
    NoCheckpoint,
    NotInTheTreeYet,
    consistency,
    latest,
    noted,
    receipt,
    restorations,
    witness_keys,
)

__all__ = [
    "COUNTED",
    "NoCheckpoint",
    "NotInTheTreeYet",
    "Shown",
    "consistency",
    "entries",
    "entry",
    "export",
    "latest",
    "listed",
    "noted",
    "readable",
    "receipt",
    "restorations",
    "witness_keys",
]
