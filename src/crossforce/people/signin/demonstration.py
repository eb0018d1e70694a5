"""The demonstration's way in: choose an account. It exists only where settings.DEMONSTRATION says."""

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest

from crossforce.kernel import clock
from crossforce.people.models import Account
from crossforce.people.signin import acting


@dataclass(frozen=True, slots=True)
class Seat:
    """An account to choose, with the postings it holds, in words."""

    username: str
    name: str
    postings: tuple[acting.Choice, ...]


def accounts() -> list[Seat]:
    """Every account that can act, by its first posting's organisation, then by name."""
    at = clock.now()
    rows = Account.objects.filter(is_active=True, staff_id__isnull=False).order_by("username")
    seats = [
        Seat(
            row.username,
            row.get_full_name(),
            tuple(acting.in_words(posting) for posting in acting.held(row, at=at)),
        )
        for row in rows[:200]
    ]
    return sorted((seat for seat in seats if seat.postings), key=_order)


def sign_in(request: HttpRequest, username: str) -> bool:
    """Sign in, and act in the posting if there is but one. Whether there was such an account."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        return False
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    held = list(acting.held(account, at=clock.now())[:2])
    if len(held) == 1:
        request.session[acting.POSTING] = str(held[0].pk)
        request.session[acting.PURPOSE] = ""
    return True


def _order(seat: Seat) -> tuple[str, str, str]:
    first = seat.postings[0]
    return (first.organisation, first.role, seat.name)
