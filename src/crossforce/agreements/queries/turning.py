"""The days on which agreements change by themselves: a version begins, lapses, or comes to its agreed end."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from crossforce.agreements import models, rules
from crossforce.agreements.queries.facts import facts_of_many
from crossforce.kernel import civil


def turning_days(at: datetime, references: Collection[str]) -> dict[str, frozenset[date]]:
    """By reference, the first whole days after a version begins or ends, by all that is known at the instant.

    What changes within a version, and who leaves it, its terms say (`in_force`).
    """
    rows = models.Agreement.objects.filter(reference__in=list(references))
    named = {row.pk: row.reference for row in rows}
    found: defaultdict[str, set[date]] = defaultdict(set)
    for pk, facts in facts_of_many(rows).items():
        found[named[pk]].update(_whole_day(each) for each in _edges(facts, at))
    return {reference: frozenset(days) for reference, days in found.items()}


def _edges(facts: rules.Facts, at: datetime) -> Iterator[datetime]:
    for version in facts.versions:
        begins = rules.in_force_from(version, at)
        if begins is None:
            continue
        yield begins
        ending = rules.ending_notice(facts, version, at)
        for end in (version.ends_at, ending.effective_at if ending else None):
            if end is not None:
                yield end


def _whole_day(at: datetime) -> date:
    """The day that begins at the instant, or the next one where it falls within a day."""
    day = civil.day_of(at)
    return day if civil.instant(day) == at else civil.next_day(day)
