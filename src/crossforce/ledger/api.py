"""The front door of the ledger: append in the transaction of what is recorded; read what may be read."""

from crossforce.ledger.choices import About, Act, Acts, Citation, Who
from crossforce.ledger.jobs import integrate_on
from crossforce.ledger.log import public_keys
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.ledger.operations import (
    Integrator,
    append,
    append_many,
    cosign,
    erase_private,
    register_witness,
    require_erasing,
)
from crossforce.ledger.queries import (
    Touching,
    concerning,
    consistency,
    latest,
    opened_to,
    readable,
    receipt,
    restorations,
    touching,
    who_acted,
    witness_keys,
)
from crossforce.ledger.queries.verification import Report, verify
from crossforce.transparency.entry import Entry

__all__ = [
    "About",
    "Act",
    "Acts",
    "Citation",
    "Entry",
    "Integrator",
    "Report",
    "StoredEntry",
    "Touching",
    "Who",
    "append",
    "append_many",
    "concerning",
    "consistency",
    "cosign",
    "erase_private",
    "integrate_on",
    "latest",
    "opened_to",
    "public_keys",
    "readable",
    "receipt",
    "register_witness",
    "require_erasing",
    "restorations",
    "touching",
    "verify",
    "who_acted",
    "witness_keys",
]
