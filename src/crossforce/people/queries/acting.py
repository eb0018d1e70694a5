"""Who an account acts as. These read no guarded row: they are what acting begins from."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel import clock, registry, statements
from crossforce.kernel.civil import day_of
from crossforce.kernel.refusals import Missing
from crossforce.people import models
from crossforce.people.choices import Actor, PostingState
from crossforce.people.rules import catalogue
from crossforce.people.rules.powers import powers_of

PURPOSE: Final = "administration"
COMMAND_LINE: Final = "command-line"


def held(at: datetime) -> QuerySet[models.Posting]:
    """Every posting held at the instant, with what its words need, oldest first."""
    rows = models.Posting.objects.at(at).filter(state=PostingState.HELD.value)
    found: QuerySet[models.Posting] = rows.select_related("organisation", "unit")
    return found.order_by("starts_at", "id")


def postings_of(account: models.Account, at: datetime) -> QuerySet[models.Posting]:
    """The postings that the account's owner may act in at the instant, oldest first."""
    if not account.is_active or account.staff_id is None:
        return models.Posting.objects.none()
    return held(at).filter(staff_id=account.staff_id)


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
    found = postings_of(account, at)
    chosen = (found if posting is None else found.filter(pk=posting)).first()
    return acting_in(account, chosen, purpose, at) if chosen else None


def actor_named(name: str, at: datetime) -> Actor:
    """The actor for a command line: `user` in their first posting, or `user:office` in that one.

    A third part is the purpose, such as `user:office:investigation`. Raises Missing.
    """
    username, _, rest = name.partition(":")
    office, _, purpose = rest.partition(":")
    known = catalogue.purposes(day_of(at)) if purpose else {}
    if purpose and purpose not in known:
        raise Missing(f"There is no purpose “{purpose}”. Choose among: {', '.join(known)}.")
    account = models.Account.objects.filter(username=username.strip().lower()).first()
    found = postings_of(account, at) if account else models.Posting.objects.none()
    chosen = (found.filter(role=office) if office else found).first()
    if account is None or chosen is None:
        raise Missing(f"No account “{username}” holds {office or 'a posting'} now.")
    acting = acting_in(account, chosen, purpose, at)
    return acting if acting.purpose else replace(acting, purpose=COMMAND_LINE)


def one_human(actor: Actor) -> frozenset[str]:
    """By which references this human is known, here and to other organisations."""
    known = statements.answer("SELECT people_one_human(%s)", actor.staff)
    return frozenset([actor.reference, *(f"staff:{each}" for each in known)])


def acting_as(user: str) -> Actor:
    """Whom a command acts as now: the account that is named, in one of its postings. Raises Missing."""
    found: Actor = registry.actor_named(user, clock.now())
    return found


def accounts(at: datetime) -> list[tuple[models.Account, models.Posting]]:
    """Every open account with the posting it would act in, for sign-in to the demonstration."""
    first: dict[UUID, models.Posting] = {}
    for row in held(at):
        first.setdefault(row.staff_id, row)
    opened = models.Account.objects.filter(is_active=True, staff_id__in=first)
    pairs = [(each, first[each.staff_id]) for each in opened if each.staff_id]
    return sorted(pairs, key=lambda pair: (pair[1].organisation_id, pair[0].username))


def acting_in(
    account: models.Account, posting: models.Posting, purpose: str, at: datetime
) -> Actor:
    """The account acting in one of its postings, with the standing powers of its office.

    Without a purpose it is the one that the role usually acts for.
    """
    own, everywhere = powers_of(posting.role, on=day_of(at))
    return Actor(
        account=account.pk,
        staff=posting.staff_id,
        posting=posting.pk,
        organisation=posting.organisation_id,
        office=posting.role,
        purpose=purpose or catalogue.usual_purposes(day_of(at)).get(posting.role, ""),
        powers=own,
        name=account.get_full_name(),
        unit=posting.unit.code if posting.unit else "",
        powers_everywhere=everywhere,
    )
