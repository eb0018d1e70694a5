"""Writing to the ledger: entries and erasures; the tree over them; witnesses of the tree."""

from crossforce.ledger.operations.entries import (
    AlreadyErased,
    NotInTransaction,
    append,
    append_many,
    erase_private,
    erase_said,
    require_erasing,
)
from crossforce.ledger.operations.integration import Integrator
from crossforce.ledger.operations.witnesses import NotAWitness, cosign, register_witness

__all__ = [
    "AlreadyErased",
    "Integrator",
    "NotAWitness",
    "NotInTransaction",
    "append",
    "append_many",
    "cosign",
    "erase_private",
    "erase_said",
    "register_witness",
    "require_erasing",
]
