"""The demonstration's way in: choose an account. It exists only where settings.DEMONSTRATION says."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest

from crossforce.kernel import clock
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


def accounts() -> list[Seat]:
    """Every account that can act, by its first posting's organisation, then by name."""
    held: dict[UUID, list[acting.Choice]] = defaultdict(list)
    postings = queries.held(clock.now()).filter(staff__account__is_active=True)
    for posting in postings.order_by("starts_at", "id")[:MOST]:
        held[posting.staff_id].append(acting.in_words(posting))
    rows = Account.objects.filter(is_active=True, staff_id__in=held)
    seats = [
        Seat(row.username, row.get_full_name(), tuple(held[row.staff_id]))
        for row in rows
        if row.staff_id
    ]
    return sorted(seats, key=_order)


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


def _order(seat: Seat) -> tuple[str, str, str]:
    first = seat.postings[0]
    return (first.organisation, first.role, seat.name)
