"""The front door of agreements: what other apps may ask of them and do with them."""

from crossforce.agreements.choices import Origin, PartyState, State, VersionState
from crossforce.agreements.models import Agreement, Version
from crossforce.agreements.operations import (
    CannotRecord,
    NewKey,
    NotNow,
    NotSound,
    novate,
    propose,
    record_document,
    record_set,
)
from crossforce.agreements.operations.keys import issue as issue_key
from crossforce.agreements.preview import Figures as PreviewFigures
from crossforce.agreements.preview import PreviewContext
from crossforce.agreements.preview import Row as PreviewRow
from crossforce.agreements.preview import Section as PreviewSection
from crossforce.agreements.queries.agreements import drafts, titles, visible
from crossforce.agreements.queries.bound import Bound, bound
from crossforce.agreements.queries.documents import document_of, terms_of
from crossforce.agreements.queries.enforced import Enforced, enforced
from crossforce.agreements.queries.facts import facts_of, facts_of_many
from crossforce.agreements.queries.foreseen import foreseen
from crossforce.agreements.queries.governing import naming_bodies
from crossforce.agreements.queries.in_force import (
    InForce,
    in_force,
    standing,
    standing_on,
    suspended_by,
)
from crossforce.agreements.queries.naming import names
from crossforce.agreements.queries.proposed import proposed
from crossforce.agreements.queries.publishing import PublicVersion, leaving, public_versions
from crossforce.agreements.queries.recorded import are_recorded, texts
from crossforce.agreements.queries.sharing import drivers_shared_by
from crossforce.agreements.queries.turning import turning_days

__all__ = [
    "Agreement",
    "Bound",
    "CannotRecord",
    "Enforced",
    "InForce",
    "NewKey",
    "NotNow",
    "NotSound",
    "Origin",
    "PartyState",
    "PreviewContext",
    "PreviewFigures",
    "PreviewRow",
    "PreviewSection",
    "PublicVersion",
    "State",
    "Version",
    "VersionState",
    "are_recorded",
    "bound",
    "document_of",
    "drafts",
    "drivers_shared_by",
    "enforced",
    "facts_of",
    "facts_of_many",
    "foreseen",
    "in_force",
    "issue_key",
    "leaving",
    "names",
    "naming_bodies",
    "novate",
    "propose",
    "proposed",
    "public_versions",
    "record_document",
    "record_set",
    "standing",
    "standing_on",
    "suspended_by",
    "terms_of",
    "texts",
    "titles",
    "turning_days",
    "visible",
]
