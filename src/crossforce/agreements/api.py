"""The front door of agreements: what other apps may ask of them and do with them."""

from crossforce.agreements.choices import Origin, PartyState, State, VersionState
from crossforce.agreements.models import Agreement, Version
from crossforce.agreements.operations import (
    CannotRecord,
    NotNow,
    NotSound,
    novate,
    record_document,
    record_set,
)
from crossforce.agreements.queries.documents import document_of, terms_of
from crossforce.agreements.queries.facts import facts_of, facts_of_many
from crossforce.agreements.queries.in_force import InForce, in_force
from crossforce.agreements.queries.naming import names
from crossforce.agreements.queries.publishing import PublicVersion, public_versions

__all__ = [
    "Agreement",
    "CannotRecord",
    "InForce",
    "NotNow",
    "NotSound",
    "Origin",
    "PartyState",
    "PublicVersion",
    "State",
    "Version",
    "VersionState",
    "document_of",
    "facts_of",
    "facts_of_many",
    "in_force",
    "names",
    "novate",
    "public_versions",
    "record_document",
    "record_set",
    "terms_of",
]
