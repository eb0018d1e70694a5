"""The demonstration's way in: choose an account. It exists only where settings.DEMONSTRATION says."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse

from crossforce.kernel import clock, registry
from crossforce.organisations.choices import OrganisationKind
from crossforce.people import queries
from crossforce.people.models import Account
from crossforce.people.signin import acting

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Seat:
    """An account to choose, with the postings it holds, in words."""

    username: str
    name: str
    postings: tuple[acting.Choice, ...]
    force: str


def accounts() -> dict[str, list[Seat]]:
    """Every account that can act, under the name of its force; under "" what belongs to none.

    By force, then by its first posting's organisation, then by name; those of no force last.
    """
    held: dict[UUID, list[acting.Choice]] = defaultdict(list)
    forces: dict[UUID, str] = {}
    opened = Account.objects.filter(is_active=True, staff__isnull=False)
    postings = queries.held(clock.now()).filter(staff_id__in=opened.values("staff_id"))
    named = postings.select_related("organisation__force")
    for posting in named.order_by("starts_at", "id")[:MOST]:
        held[posting.staff_id].append(acting.in_words(posting))
        forces.setdefault(posting.staff_id, _force_of(posting.organisation))
    rows = opened.filter(staff_id__in=held)
    seats = [
        Seat(row.username, row.get_full_name(), tuple(held[row.staff_id]), forces[row.staff_id])
        for row in rows
        if row.staff_id
    ]
    grouped = groupby(sorted(seats, key=_order), key=attrgetter("force"))
    return {force: list(some) for force, some in grouped}


def _force_of(organisation: Any) -> str:
    """The name of the force that the organisation is, or that it leads or holds to account."""
    is_force = organisation.kind == OrganisationKind.FORCE
    found = organisation if is_force else organisation.force
    return acting.name_of(found) if found else ""


def sign_in(request: HttpRequest, username: str) -> bool:
    """Sign in, and act in the posting if there is but one. Whether there was such an account."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        return False
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    held = list(queries.postings_of(account, clock.now())[:2])
    if len(held) == 1:
        request.session[acting.POSTING] = str(held[0].pk)
        request.session[acting.PURPOSE] = ""
    return True


def desk(request: HttpRequest) -> str:
    """The address of the desk of whoever signed in; the home page for one that has none."""
    actor = acting.resume(request, at=clock.now())
    places = sorted(registry.navigation, key=attrgetter("order"))
    desks = (each.url_name for each in places if each.is_desk and each.shown_to(actor))
    first = next(desks, None) if actor else None
    return reverse(first) if first else settings.HOME_URL


def _order(seat: Seat) -> tuple[bool, str, str, str, str]:
    first = seat.postings[0]
    return (not seat.force, seat.force, first.organisation, first.role, seat.name)
