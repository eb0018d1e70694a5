"""Mappings are kept under names of their own."""

import pytest
from django.db import transaction
from django.urls import reverse

from crossforce.access.operations import put_grants
from crossforce.duty.choices import MAPPING
from crossforce.duty.operations import mappings
from crossforce.duty.queries import importing as reads
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import AT, HERE, PARTNER
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent
from crossforce.intake.api import BadMapping
from crossforce.kernel.testing.cast import Player
from crossforce.records.tests import factories as records

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = SHIFTS.decode()
OTHER = TEXT.replace('name = "', 'name = "other-', 1)


@pytest.mark.parametrize("version", [None, 1])
def test_a_name_that_another_has_is_refused_in_words(asha: Player, version: int | None) -> None:
    mappings.keep(actor=asha.actor, text=TEXT, at=AT)
    page = reverse("duty:mapping-add")
    if version:
        other = mappings.keep(actor=asha.actor, text=OTHER, at=AT)
        page = reverse("duty:mapping", args=[other])
    answer = sent(asha, page, text=TEXT, version=version or "")
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "has the name" in said
    assert "Give this one another name" in said


def test_a_mapping_may_be_changed_under_its_own_name(asha: Player) -> None:
    key = mappings.keep(actor=asha.actor, text=TEXT, at=AT)
    text = TEXT.replace('title = "', 'title = "New ', 1)
    mappings.change(actor=asha.actor, mapping=key, version=1, text=text, at=AT)
    with pytest.raises(BadMapping):
        mappings.keep(actor=asha.actor, text=text, at=AT)


def test_of_two_of_one_name_ones_own_forces_comes_first(asha: Player) -> None:
    others = TEXT.replace('holder = "wiltshire"', f'holder = "{PARTNER}"')
    others = others.replace("[codes.unit]", '[codes.unit]\nX = "wiltshire"')
    grants = [
        records.grant(MAPPING, holder=PARTNER, recipient=each) for each in (PARTNER, HERE)
    ]
    with transaction.atomic():
        put_grants("shared", grants)
    partners = mappings.keep(actor=factories.planner(PARTNER), text=others, at=AT)
    assert reads.mapping_named(asha.actor, "wiltshire-shifts").pk == partners
    own = mappings.keep(actor=asha.actor, text=TEXT, at=AT)
    assert reads.mapping_named(asha.actor, "wiltshire-shifts").pk == own
