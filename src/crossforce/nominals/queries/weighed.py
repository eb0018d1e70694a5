"""What two records weighed when somebody decided about them, as it was kept then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from crossforce.nominals import models


def of(matches: Iterable[models.Match]) -> Mapping[UUID, Sequence[models.Weighed]]:
    """Of each match what was kept of it, the last first: none of one between records of which one does not read both."""
    found = defaultdict[UUID, list[models.Weighed]](list)
    if keys := [each.pk for each in matches]:
        for row in models.Weighed.objects.filter(match__in=keys).order_by("-version"):
            found[row.match].append(row)
    return found
