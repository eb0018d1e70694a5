"""What a record needs of others, and what needs it, as far as the reader may know of both: asked while somebody acts."""

from uuid import UUID

from crossforce.records.choices import Relation
from crossforce.records.models import Link


def needs_of(record: UUID) -> list[UUID]:
    """The records that this one needs."""
    found = Link.objects.filter(one=record, relation=Relation.NEEDS)
    return list(found.order_by("pk").values_list("other", flat=True))


def needing(record: UUID) -> list[UUID]:
    """The records that need this one."""
    found = Link.objects.filter(other=record, relation=Relation.NEEDS)
    return list(found.order_by("pk").values_list("one", flat=True))
