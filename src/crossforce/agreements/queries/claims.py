"""Whose word a version is: its origin, and whether it was only rehearsed with demonstration keys."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from crossforce.agreements import models, rules
from crossforce.agreements.choices import REHEARSED, Origin

Rehearsed = frozenset[tuple[UUID, int]]
"""Agreements with the numbers of their versions that bear a demonstration signature."""


def rehearsed(agreements: Iterable[models.Agreement]) -> Rehearsed:
    """Which versions of these agreements bear a signature made with a demonstration key."""
    found = models.Signature.objects.filter(
        key__demonstration=True, of__agreement__in=[each.pk for each in agreements]
    )
    return frozenset(found.values_list("of__agreement", "of__number"))


def origin(
    agreement: models.Agreement, facts: rules.Facts, known: Rehearsed, at: datetime
) -> str:
    """Where the version that governs, or the latest, stems from."""
    version = rules.version_begun(facts, at) or (facts.versions[-1] if facts.versions else None)
    return origin_of(agreement, version, known) if version else Origin.DRAFTED


def origin_of(
    agreement: models.Agreement, version: rules.VersionFacts, known: Rehearsed
) -> str:
    """Where the version stems from, for saying what may be claimed of it."""
    return REHEARSED if (agreement.pk, version.number) in known else version.origin
