"""Where someone can be posted."""

from datetime import date

from django.db.models import Q

from crossforce.organisations import api as organisations
from crossforce.people.choices import Actor


def organisations_to_post_to(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Every organisation there is on the day, the actor's own first, then by name."""
    rows = organisations.Organisation.objects.existing(on).values_list("code", "name_en")
    return sorted(rows, key=lambda row: (row[0] != actor.organisation, row[1]))


def units_to_post_in(actor: Actor, on: date) -> list[tuple[str, str]]:
    """The organisation's own units, then the joint units that agreements create."""
    rows = organisations.Unit.objects.existing(on).filter(
        Q(organisation=actor.organisation) | Q(organisation__isnull=True)
    )
    named = [(unit.organisation_id is None, unit.name_en, unit) for unit in rows]
    ordered = sorted(named, key=lambda row: (row[0], row[1], str(row[2].pk)))
    return [(str(unit.pk), _title(unit)) for _, _, unit in ordered]


def _title(unit: organisations.Unit) -> str:
    joint = unit.organisation_id is None
    return f"{unit.name_en} (joint: {unit.agreement_reference})" if joint else unit.name_en
