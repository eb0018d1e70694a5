"""Lists of the organisation's staff, and of people offered to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from crossforce.kernel import guarded
from crossforce.kernel.web.lists import Asked, Found
from crossforce.people import models
from crossforce.people.choices import Actor, PostingState
from crossforce.people.models.effective import EffectiveQuerySet
from crossforce.people.rules import names
from crossforce.people.rules.powers import require

VIEW: Final = "people.view"
SERVING, LEFT, EVERYONE = "serving", "left", "all"
SORTS: Final = {"name": "sort_key", "number": "number", "rank": "rank", "joined": "starts_at"}
Rows = EffectiveQuerySet


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """Which staff to list; every condition given must hold at the instant."""

    words: str = ""
    role: str = ""
    unit: str = ""
    skill: str = ""
    authority: str = ""
    state: str = SERVING


def ours(actor: Actor | None) -> Rows:
    """The staff of the organisation that the actor acts for. Raises Refused."""
    require(actor, VIEW)
    organisation = actor.organisation if actor else ""
    found: Rows = models.Staff.objects.filter(organisation=organisation)
    return found


def staff_list(actor: Actor | None, wanted: StaffFilter, at: datetime) -> Rows:
    """The organisation's staff, by name, for whoever goes on acting. Raises Refused."""
    found = ours(actor)
    if wanted.state == SERVING:
        found = found.at(at)
    elif wanted.state == LEFT:
        found = found.filter(ends_at__lte=at)
    for word in names.plain(wanted.words).split():
        found = found.filter(Q(sort_key__contains=word) | Q(number__icontains=word))
    if wanted.role or wanted.unit:
        found = found.filter(_posted(wanted, at))
    if wanted.skill:
        found = found.filter(_holding(models.Skill, wanted.skill, at))
    if wanted.authority:
        found = found.filter(_holding(models.Authority, wanted.authority, at))
    return found.order_by("sort_key", "id")


@guarded.acts
def listed(actor: Actor | None, asked: Asked, at: datetime) -> Found:
    """One page of the list of staff, each with the postings held now. Raises Refused."""
    given = asked.filters
    wanted = StaffFilter(
        words=given.get("q", ""),
        role=given.get("role", ""),
        unit=given.get("unit", ""),
        skill=given.get("skill", ""),
        authority=given.get("authority", ""),
        state=given.get("state", SERVING),
    )
    found = staff_list(actor, wanted, at)
    field = SORTS.get(asked.sort, "sort_key")
    order = F(field).desc() if asked.descending else F(field).asc()
    end = None if asked.limit is None else asked.offset + asked.limit
    page = with_postings(found.order_by(order, "id"), at)[asked.offset : end]
    return Found(list(page), found.count())


def with_postings(found: Rows, at: datetime) -> Rows:
    """The same staff with the postings they hold now, as `held`, in one query more."""
    held = models.Posting.objects.at(at).filter(state=PostingState.HELD.value)
    held = held.select_related("unit").order_by("role", "id")
    return found.prefetch_related(Prefetch("postings", held, to_attr="held"))


@guarded.acts
def offered(actor: Actor | None) -> list[models.Posting]:
    """Postings that other organisations offer to this one, oldest first. Raises Refused."""
    require(actor, VIEW)
    organisation = actor.organisation if actor else ""
    waiting = models.Posting.objects.filter(
        organisation=organisation, state=PostingState.OFFERED.value
    ).select_related("staff__organisation", "unit")
    return list(waiting.order_by("changed_at", "id"))


def _posted(wanted: StaffFilter, at: datetime) -> Exists:
    held = models.Posting.objects.at(at).filter(
        staff=OuterRef("pk"), state=PostingState.HELD.value
    )
    if wanted.role:
        held = held.filter(role=wanted.role)
    return Exists(held.filter(unit__code=wanted.unit) if wanted.unit else held)


def _holding(model: Any, code: str, at: datetime) -> Exists:
    return Exists(model.objects.at(at).filter(staff=OuterRef("pk"), code=code))
