"""Which agreements a body may govern: those whose governance clauses name it, or find it by the all-Wales rule."""

from collections.abc import Collection

from django.db.models import Q

from crossforce.agreements import models


def naming_body(codes: Collection[str]) -> list[str]:
    """The references of agreements that these bodies may govern; whether they do is for their terms to say."""
    named = Q(body__body__in=list(codes)) | Q(body__rule="all-wales")
    rows = models.Term.objects.filter(named, type="GOVERNANCE")
    return sorted(set(rows.values_list("agreement__reference", flat=True)))
