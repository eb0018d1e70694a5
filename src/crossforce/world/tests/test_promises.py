"""The demonstration's benefits go on: frozen before they began, reported since, with lights of each colour."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from rich.progress import Progress

from crossforce.benefits import api as benefits
from crossforce.benefits.choices import Light, Status
from crossforce.benefits.rules.lights import light
from crossforce.benefits.rules.practice import PACK, practice
from crossforce.benefits.rules.profile import Profile, lacks
from crossforce.benefits.rules.realising import Reading, realisation
from crossforce.kernel import civil, rulepacks
from crossforce.people import api as people
from crossforce.world.operations import governing, programme, promises
from crossforce.world.tests.conftest import NOW

EVERY = {Light.GREEN, Light.AMBER, Light.RED, Light.BLUE}


def going_on() -> list[dict[str, Any]]:
    return [row for row in programme.content("benefits")["benefit"] if "readings" in row]


def profile_of(row: dict[str, Any], on: date) -> Profile:
    new = promises._new(row, promises._promise(row, on), "(synthetic)")
    return Profile(
        new.reference,
        new.title,
        new.benefit_class,
        owner=new.owner,
        measure=new.promise.measure,
        baseline=new.promise.baseline,
        targets=new.promise.targets,
        beneficiaries=new.beneficiaries,
        share_rule=new.share_rule,
        reinvestment=new.reinvestment,
    )


def summed(found: Any) -> Fraction:
    values = found.values() if isinstance(found, dict) else (found,)
    return sum((Fraction(Decimal(each)) for each in values), Fraction(0))


@pytest.mark.parametrize(
    "on", [date(2026, 4, 25), date(2026, 11, 22), date(2027, 3, 31), date(2027, 4, 1)]
)
def test_has_a_light_of_each_colour_whenever_it_is_loaded(on: date) -> None:
    known, told = practice(rulepacks.load(PACK), on), set()
    for row in going_on():
        profile = profile_of(row, on)
        assert lacks(profile) == ()
        readings = [
            Reading(target.span, summed(value), "counted")
            for target, value in zip(profile.targets, row["readings"], strict=True)
            if target.span.ends_on + promises.AFTER <= on
        ]
        told.add(light(profile, realisation(profile, readings, on, known), known).light)
    assert told == EVERY


def test_says_of_every_figure_that_it_is_invented() -> None:
    for row in going_on():
        assert "source" not in row
        new = promises._new(row, promises._promise(row, NOW.date()), "(synthetic)")
        assert new.title.endswith("(synthetic)")
        for each in promises._readings(row, new.promise, "(synthetic)"):
            assert each.evidence.endswith("(synthetic)")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_is_frozen_before_it_begins_and_reported_since(collaborations: None) -> None:
    with Progress(disable=True) as progress:
        governing.load_governing(progress, at=NOW)
    lights, on = set(), civil.day_of(NOW)
    for row in going_on():
        actor = people.actor_named(row["by"], NOW)
        (of,) = (
            each
            for each in benefits.listed(actor, benefits.Wanted(), on)
            if each.row.code == row["reference"]
        )
        assert of.row.status == Status.UNDER_WAY
        assert of.row.frozen_on is not None
        assert of.row.frozen_on < of.profile.targets[0].span.starts_on
        over = [each.span for each in of.profile.targets if each.span.ends_on < on]
        assert of.counted == frozenset(over)
        assert of.waiting == {}
        lights.add(of.signal.light)
    assert lights == EVERY
