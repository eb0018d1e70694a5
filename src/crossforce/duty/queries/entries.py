"""Reads for whoever adds or changes a single duty."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.organisations.api import Unit
from crossforce.people import api as people
from crossforce.people.api import Actor

MOST: Final = 20


class NoSuchEntry(Missing):
    """There is no such duty, or none that you may know of."""


@guarded.acts
def people_like(actor: Actor, words: str) -> list[tuple[str, str]]:
    """People of the actor's organisation by number or by parts of their name: number and name."""
    wanted = Q(number__iexact=words.strip())
    named = Q()
    for word in words.split()[:4]:
        named &= Q(given_name__icontains=word) | Q(family_name__icontains=word)
    if not words.strip():
        return []
    staff = people.Staff.objects.filter(organisation=actor.organisation)
    found = staff.filter(wanted | named).order_by("sort_key", "number")[:MOST]
    return [(each.number, each.name) for each in found]


@guarded.acts
def one_entry(actor: Actor, key: UUID) -> Any:
    """A duty that the actor may read. Raises NoSuchEntry."""
    row = models.Entry.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchEntry
    return row


@guarded.acts
def units_for_entries(actor: Actor) -> list[tuple[str, str]]:
    """The units whose duties the actor may add: code and name, with the code where names repeat.

    Those of the actor's organisation, and of agreements that they may know of.
    """
    known = agreements.visible(actor).values("reference")
    others = agreements.Agreement.objects.exclude(reference__in=known).values("reference")
    joint = Unit.objects.joint().exclude(agreement_reference__in=others)
    units = joint | Unit.objects.filter(organisation=actor.organisation)
    listed = [(unit.code, unit.name_en) for unit in units.order_by("name_en")]
    scopes = {code: _scope(actor.organisation, code) for code, _ in listed}
    may = guarded.open_scopes("add", scopes.values())
    named = Counter(name for _, name in listed)
    return [
        (code, f"{name} ({code})" if named[name] > 1 else name)
        for code, name in listed
        if scopes[code] in may
    ]


@guarded.acts
def may_change(actor: Actor, key: UUID) -> bool:
    """Whether the actor may change the duty."""
    return access.may(ENTRY, key, "edit")


def _scope(holder: str, unit: str) -> guarded.ScopeOf:
    return guarded.ScopeOf(holder, ENTRY, f"unit:{unit}", "", MARKING)
