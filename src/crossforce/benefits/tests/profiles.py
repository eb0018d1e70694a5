"""Benefits for tests, and strategies that make them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from crossforce.benefits.choices import Adds, BenefitClass, Better, Span
from crossforce.benefits.rules.practice import PACK, practice
from crossforce.benefits.rules.profile import Baseline, Measure, Profile, Target
from crossforce.benefits.rules.realising import Reading
from crossforce.kernel.civil import add_months
from crossforce.kernel.rulepacks import load

PRACTICE = practice(load(PACK), date(2026, 4, 1))
THREE = ("avon-and-somerset", "gloucestershire", "wiltshire")
GO_LIVE = date(2026, 4, 1)
BEFORE = Span(date(2025, 4, 1), date(2026, 4, 1))


def quarter(number: int) -> Span:
    """The quarters from go-live on, the first is 1."""
    return Span(add_months(GO_LIVE, 3 * number - 3), add_months(GO_LIVE, 3 * number))


def saving(*targets: int, **other: Any) -> Profile:
    """Cash released: so many pence a quarter, from a baseline of nothing."""
    made = Profile(
        reference="forensics-1",
        title="Fewer submissions to providers",
        benefit_class=BenefitClass.CASH_RELEASING,
        owner="head-of-forensics",
        measure=Measure("cash saved", "pence"),
        baseline=Baseline(Fraction(0), BEFORE, "nothing is saved before there is a laboratory"),
        targets=tuple(
            Target(quarter(n), Fraction(each)) for n, each in enumerate(targets or (100,), 1)
        ),
        collaboration="forensic-services",
        beneficiaries=THREE,
        reinvestment="Neighbourhood policing",
    )
    return replace(made, **other)


def answering(*targets: int, **other: Any) -> Profile:
    """Minutes to answer, a level that is better lower, from a baseline of 20."""
    made = saving(
        *targets,
        reference="control-room-1",
        benefit_class=BenefitClass.QUANTIFIABLE,
        measure=Measure("minutes to answer", "minutes", Better.LOWER, Adds.LEVEL),
        baseline=Baseline(Fraction(20), BEFORE, "mean of all calls in the control room's log"),
        collaboration="control-room",
        reinvestment="",
    )
    return replace(made, **other)


def readings(*values: int | None) -> list[Reading]:
    """Readings of the quarters in order; None is a quarter without one."""
    return [
        Reading(quarter(n), Fraction(value), "finance system, report 12")
        for n, value in enumerate(values, 1)
        if value is not None
    ]


MEASURES = st.builds(
    Measure,
    st.just("figure"),
    st.just("each"),
    st.sampled_from(Better),
    st.sampled_from(Adds),
)
VALUES = st.fractions(0, 10_000, max_denominator=20)
CLASSES = st.sampled_from(
    [BenefitClass.CASH_RELEASING, BenefitClass.QUANTIFIABLE, BenefitClass.DISBENEFIT]
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any benefit with figures, of one to eight quarters."""
    values = draw(st.lists(VALUES, min_size=1, max_size=8))
    return saving(
        benefit_class=draw(CLASSES),
        measure=draw(MEASURES),
        baseline=Baseline(draw(VALUES), BEFORE, "counted"),
        targets=tuple(Target(quarter(n), each) for n, each in enumerate(values, 1)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Profile, list[Reading]]:
    """Any benefit with readings of some of its quarters."""
    profile = draw(profiles())
    values = draw(
        st.lists(
            st.none() | VALUES, min_size=len(profile.targets), max_size=len(profile.targets)
        )
    )
    found = [
        Reading(target.span, value, "counted")
        for target, value in zip(profile.targets, values, strict=True)
        if value is not None
    ]
    return profile, found
