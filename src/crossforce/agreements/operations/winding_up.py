"""The handover list of a leave, item by item, and the duties that remain."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.choices import HANDOVER_OF_LEAVER, HandoverKind
from crossforce.agreements.operations import reach
from crossforce.agreements.queries.calling import NameOf, name_of
from crossforce.agreements.queries.exits import Leave
from crossforce.kernel.events import publish
from crossforce.kernel.refusals import Missing, StaleVersion
from crossforce.ledger import api as ledger
from crossforce.people import api as people


class CannotHandOver(reach.NotNow):
    """The item cannot be settled; the message says why."""


def open_handover(notice: models.Notice, version: rules.VersionFacts, leave: Leave) -> None:
    """Write the list that the EXIT term asks for, and the duties that outlast the leave."""
    sides = sorted({party.side for party in version.parties})
    leavers, name = [notice.side] if notice.side else sides, name_of()
    for kind in (HandoverKind(each) for each in leave.handover):
        notice.handover.bulk_create(
            models.HandoverItem(notice=notice, kind=kind, organisation=side, what=what)
            for side, what in _items(kind, leavers, sides, name)
        )
    notice.residual_duties.bulk_create(
        models.ResidualDuty(
            notice=notice,
            words_en=words.en,
            words_cy=words.cy or "",
            clause=leave.clause,
            lasts_until=leave.residual_ends_at,
        )
        for words in leave.residual_duties
    )


def _items(
    kind: HandoverKind, leavers: list[str], sides: list[str], name: NameOf
) -> Iterator[tuple[str, str]]:
    for leaver in leavers:
        yield leaver, HANDOVER_OF_LEAVER[kind].format(leaver=name(leaver))
        for side in sides if kind is HandoverKind.COPIES_HELD else ():
            if side != leaver:
                yield side, f"Copies of records of {name(leaver)} held by {name(side)}"


@transaction.atomic
def settle_item(
    *,
    actor: people.Actor,
    reference: str,
    item: UUID,
    outcome: str,
    version: int,
    at: datetime,
) -> models.HandoverItem:
    """Record that an item of the list is settled, and how; only who answers for it may."""
    agreement = reach.locked(actor, reference)
    held = (
        models.HandoverItem.objects.select_for_update(of=("self",))
        .select_related("notice__under")
        .filter(pk=item, notice__agreement=agreement)
        .first()
    )
    if held is None:
        raise Missing("There is no such item on the handover list.")
    people.require(actor, "agreement.wind-up", organisation=held.organisation)
    if held.version != version:
        raise StaleVersion
    if held.done_at is not None:
        raise CannotHandOver("This item is settled already.")
    if not outcome.strip():
        raise CannotHandOver("Say how it was settled: what went where, and who confirmed it.")
    held.done_at, held.done_by = at, reach.who(actor)
    held.outcome = outcome.strip()
    held.version += 1
    held.save()
    ledger.append(
        actor=actor,
        operation="agreement.handover-settled",
        subject=reach.subject(agreement),
        detail={"item": str(held.pk), "kind": held.kind, "organisation": held.organisation},
        at=at,
        about=reach.about(agreement, held.notice.under, held.notice.clause),
    )
    publish(events.HandoverDone(agreement.pk, held.pk, at))
    return held
