"""Which agreements a body may govern: those whose governance clauses name it, or find it by the all-Wales rule."""

from collections.abc import Collection

from django.db.models import Q

from crossforce.agreements import models


def naming_bodies(codes: Collection[str]) -> list[tuple[str, str | None]]:
    """The references of agreements that these bodies may govern, each with the body that it names, and none where a
    rule finds it; whether they do is for their terms to say."""
    named = Q(body__body__in=list(codes)) | Q(body__rule="all-wales")
    rows = models.Term.objects.filter(named, type="GOVERNANCE")
    return sorted(
        {
            (reference, None if rule == "all-wales" else body)
            for reference, body, rule in rows.values_list(
                "agreement__reference", "body__body", "body__rule"
            )
        },
        key=lambda each: (each[0], each[1] or ""),
    )
