"""What rows say, as the rules take it."""

from collections.abc import Collection, Iterable
from fractions import Fraction

from crossforce.benefits import models
from crossforce.benefits.choices import BenefitClass, Confidence, Recurrence, ShareRule, Span
from crossforce.benefits.rules import falling, keeping, realising, reinvesting, savings
from crossforce.benefits.rules.baselines import Change
from crossforce.benefits.rules.profile import Profile


def profile_of(row: models.Benefit) -> Profile:
    """The benefit as it stands."""
    promise = keeping.read(row.promise)
    return Profile(
        reference=row.code,
        title=row.title,
        benefit_class=BenefitClass(row.benefit_class),
        owner=row.owner,
        measure=promise.measure,
        baseline=promise.baseline,
        targets=promise.targets,
        collaboration=row.agreement,
        function=row.function,
        beneficiaries=lines(row.beneficiaries),
        priority=row.priority,
        share_rule=ShareRule(row.share_rule),
        depends_on=lines(row.depends_on),
        counted_in=row.counted_in,
        reinvestment=row.reinvestment,
    )


def lines(text: str) -> tuple[str, ...]:
    """Codes, one a line."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


def effort_of(row: models.Benefit) -> dict[str, int]:
    """Effort by force; nothing where none is recorded."""
    return keeping.effort_read(row.effort)


def change_of(row: models.PromiseChange) -> Change:
    """A recorded change."""
    return Change(
        keeping.read(row.before),
        keeping.read(row.after),
        row.reason,
        row.decided_by,
        row.decision,
        row.decided_on,
    )


def readings_of(
    rows: Iterable[models.Reading], profile: Profile
) -> tuple[realising.Reading, ...]:
    """The readings of a benefit; those of several forces for one period are one figure together.

    A period of which a force has yet to report its part has no reading.
    """
    return tuple(
        realising.Reading(
            span,
            sum((Fraction(each.value) for each in every), Fraction(0)),
            "; ".join(dict.fromkeys(each.evidence for each in every)),
        )
        for span, every in sorted(_by_span(rows).items())
        if not falling.missing(profile, {each.force for each in every})
    )


def waiting(rows: Iterable[models.Reading], profile: Profile) -> dict[Span, tuple[str, ...]]:
    """The periods that some forces have reported and others have not, and who is missing."""
    found = {
        span: falling.missing(profile, {each.force for each in every})
        for span, every in sorted(_by_span(rows).items())
    }
    return {span: forces for span, forces in found.items() if forces}


def _by_span(rows: Iterable[models.Reading]) -> dict[Span, list[models.Reading]]:
    found: dict[Span, list[models.Reading]] = {}
    for row in rows:
        found.setdefault(Span(row.starts_on, row.ends_on), []).append(row)
    return found


def by_force(rows: Iterable[models.Reading], counted: Collection[Span]) -> dict[str, Fraction]:
    """What each force reported in the periods that count."""
    found: dict[str, Fraction] = {}
    for row in rows:
        if row.force and Span(row.starts_on, row.ends_on) in counted:
            found[row.force] = found.get(row.force, Fraction(0)) + Fraction(row.value)
    return found


def allocations_of(
    reference: str, rows: Iterable[models.Reinvestment]
) -> list[reinvesting.Allocation]:
    """The uses that freed cash was put to."""
    return [
        reinvesting.Allocation(reference, row.on, row.pence, row.destination, row.posts)
        for row in rows
    ]


def saving_of(row: models.Saving) -> savings.Saving:
    """A saving."""
    return savings.Saving(
        reference=str(row.pk),
        force=row.force,
        full_year=row.full_year,
        starts_on=row.starts_on,
        recurrence=Recurrence(row.recurrence),
        ends_on=row.ends_on,
        confidence=Confidence(row.confidence) if row.confidence else None,
    )
