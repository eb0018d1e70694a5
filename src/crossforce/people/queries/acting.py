"""Who an account acts as. These read no guarded row: they are what acting begins from."""

from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.kernel.civil import day_of
from crossforce.kernel.refusals import Missing
from crossforce.people import models
from crossforce.people.choices import Actor, PostingState
from crossforce.people.rules.powers import powers_of

PURPOSE: Final = "administration"
COMMAND_LINE: Final = "command-line"


def postings_of(account: models.Account, at: datetime) -> list[models.Posting]:
    """The postings that the account's owner may act in at the instant, oldest first."""
    if not account.is_active or account.staff_id is None:
        return []
    held = models.Posting.objects.at(at).filter(
        staff_id=account.staff_id, state=PostingState.HELD.value
    )
    return list(held.select_related("organisation", "unit").order_by("starts_at", "id"))


def actor_of(
    account: models.Account,
    at: datetime,
    *,
    posting: UUID | None = None,
    purpose: str = PURPOSE,
) -> Actor | None:
    """The account acting in the chosen posting, or in its first when none is chosen.

    None when it does not hold that posting now: then nothing may be done.
    """
    held = [each for each in postings_of(account, at) if posting in (None, each.pk)]
    return _acting(account, held[0], purpose, at) if held else None


def actor_named(name: str, at: datetime) -> Actor:
    """The actor for a command line: `user` in their first posting, or `user:office` in that one.

    Raises Missing.
    """
    username, _, office = name.partition(":")
    account = models.Account.objects.filter(username=username.strip().lower()).first()
    held = postings_of(account, at) if account else []
    chosen = [each for each in held if office in ("", each.role)]
    if account is None or not chosen:
        raise Missing(f"No account “{username}” holds {office or 'a posting'} now.")
    return _acting(account, chosen[0], COMMAND_LINE, at)


def accounts(at: datetime) -> list[tuple[models.Account, models.Posting]]:
    """Every open account with the posting it would act in, for sign-in to the demonstration."""
    held = models.Posting.objects.at(at).filter(state=PostingState.HELD.value)
    held = held.select_related("organisation", "unit").order_by("starts_at", "id")
    first: dict[UUID, models.Posting] = {}
    for row in held:
        first.setdefault(row.staff_id, row)
    opened = models.Account.objects.filter(is_active=True, staff_id__in=first)
    pairs = [(each, first[each.staff_id]) for each in opened if each.staff_id]
    return sorted(pairs, key=lambda pair: (pair[1].organisation_id, pair[0].username))


def _acting(
    account: models.Account, posting: models.Posting, purpose: str, at: datetime
) -> Actor:
    own, everywhere = powers_of(posting.role, on=day_of(at))
    return Actor(
        account=account.pk,
        staff=posting.staff_id,
        posting=posting.pk,
        organisation=posting.organisation_id,
        office=posting.role,
        purpose=purpose,
        powers=own,
        name=account.get_full_name(),
        unit=posting.unit.code if posting.unit else "",
        powers_everywhere=everywhere,
    )
