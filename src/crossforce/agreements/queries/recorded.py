"""What texts there are, without reading them anew."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from crossforce.agreements import models


def are_recorded(documents: Iterable[str]) -> bool:
    """Whether each of these very texts is a version or a draft already."""
    known = set(models.Version.objects.values_list("document", flat=True))
    known |= set(models.Draft.objects.values_list("document", flat=True))
    return known.issuperset(documents)


class Text(NamedTuple):
    """The text of one version that may be public, by its hash."""

    agreement: UUID
    reference: str
    text_hash: str


def texts() -> list[Text]:
    """The texts of all versions that were not withdrawn or refused."""
    rows = models.Version.objects.filter(withdrawn_at__isnull=True)
    signed = rows.annotate(
        waiting=Count("parties", filter=Q(parties__refused_at__isnull=False))
    )
    found = signed.filter(waiting=0).values_list(
        "agreement_id", "agreement__reference", "text_hash"
    )
    return [Text(*each) for each in found]
