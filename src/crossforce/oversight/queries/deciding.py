"""Why somebody may do something; who may do something to a record; what waits for the holder."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from crossforce.access import api as access
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, guarded, registry
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.oversight.queries.granting import Deciders, Granter, granters
from crossforce.oversight.queries.grounds import Ground, grounds
from crossforce.people import api as people
from crossforce.sharing import api as sharing

LATELY: Final = timedelta(minutes=1)
"""What was asked of so short a while ago is asked of now."""
NOON: Final = time(12)
MOST_NEAR: Final = 24
"""A clause is one reason for each of its holders; those beyond so many are far from allowing."""


@dataclass(frozen=True, slots=True)
class Why:
    """An explanation in words; `glass` where the glass may be broken for the record.

    `may_ask`: somebody could decide a request for the record. `is_closed_now`: it was allowed on the day that is asked about, and is not today. A look back
    shows only what is open at both.
    """

    said: insight.Explanation
    because: list[Ground]
    nearest: list[Ground]
    granters: list[Granter]
    glass: sharing.Glass | None
    may_ask: bool
    is_closed_now: bool


def instant_on(day: date | None) -> datetime:
    """What a question about a day is about: now, or noon of another day than today."""
    now = clock.now()
    if day is None or day == civil.day_of(now):
        return now
    return datetime.combine(day, NOON, civil.LONDON)


def kind_of(name: str) -> registry.RecordKind:
    """The declared record kind. Raises Missing."""
    found = registry.record_kinds.get(name)
    if found is None:
        raise Missing
    return found


def kinds_asked(name: str) -> tuple[str, ...]:
    """The kind that is asked for, or every one. Raises NotUnderstood for a kind that is none."""
    known = tuple(registry.record_kinds.names())
    if name and name not in known:
        raise NotUnderstood(f"Record kind: “{name}” is none. Write one of: {', '.join(known)}.")
    return (name,) if name else known


@guarded.acts
def why(
    actor: people.Actor, kind: str, action: str, at: datetime, record: UUID | None = None
) -> Why:
    """Why the actor may or may not do this, with the words of each clause.

    Raises Missing for a record that may not be known of, and for an unknown kind.
    """
    kind_of(kind)
    said = insight.explain(actor, kind, action, at, record)
    glass = sharing.glass(kind, record) if record and not said.is_allowed else None
    now = clock.now()
    is_open = at > now - LATELY or insight.explain(actor, kind, action, now, record).is_allowed
    deciders = sharing.deciders(kind, record) if record else {}
    return _in_words(said, at, deciders, glass, is_open=is_open)


@guarded.acts
def why_for(
    actor: people.Actor, posting: UUID, purpose: str, kind: str, action: str, at: datetime
) -> Why:
    """The same of somebody else of the organisation, about a kind. Raises Refused; Missing."""
    kind_of(kind)

    def explained(at: datetime) -> insight.Explanation:
        return insight.explain_for(
            actor, posting=posting, purpose=purpose, kind=kind, action=action, at=at
        )

    now = clock.now()
    is_open = at > now - LATELY or explained(now).is_allowed
    return _in_words(explained(at), at, {}, is_open=is_open)


def _in_words(
    said: insight.Explanation,
    at: datetime,
    deciders: Deciders,
    glass: sharing.Glass | None = None,
    *,
    is_open: bool,
) -> Why:
    near = grounds(_worth_telling(said), at)
    return Why(
        said,
        because=grounds(said.because, at),
        nearest=near,
        granters=granters(_to_be_granted(said), clock.now(), deciders),
        glass=glass,
        may_ask=bool(deciders),
        is_closed_now=said.is_allowed and not is_open,
    )


def _to_be_granted(said: insight.Explanation) -> insight.Explanation:
    """Without what nobody grants by changing a clause: a posting, and an opening for another purpose."""
    near = (each for each in said.nearest if "posting" not in each.missing)
    kept = tuple(each for each in near if not each.origin or each.missing == ("purpose",))
    return replace(said, nearest=kept)


def _worth_telling(said: insight.Explanation) -> list[insight.Reason]:
    """What is nearest, without what has ended of a clause that goes on."""
    going_on = {
        (each.agreement, each.clause) for each in said.nearest if not each.is_over(said.at)
    }
    found = [
        each
        for each in said.nearest
        if not each.is_over(said.at) or (each.agreement, each.clause) not in going_on
    ]
    return found[:MOST_NEAR]


@guarded.acts
def who_can(
    actor: people.Actor, kind: str, record: UUID, action: str, at: datetime
) -> list[Ground]:
    """Every clause and single opening that lets anybody do this to a record of one's organisation.

    For those of the holder who have decisions explained. Raises Refused; Missing.
    """
    people.require(actor, "access.explain")
    kind_of(kind)
    if access.place(kind, record) not in access.scopes(kind, "explain"):
        raise Missing
    clauses = insight.audience(actor, kind, record, action, at)
    return grounds([*clauses, *_openings(kind, record, action, at)], at)


def _openings(kind: str, record: UUID, action: str, at: datetime) -> list[insight.Reason]:
    """Openings of the record to single postings, for whoever of its holder has them explained."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM oversight_openings_of(%s, %s, %s, %s)", [kind, record, action, at]
        )
        return [_opened(*row) for row in cursor.fetchall()]


def _opened(
    identifier: UUID, origin: str, agreement: str, clause: str, *told: Any
) -> insight.Reason:
    holder, organisation, unit, role, actions, purposes, holds = told
    return insight.Reason(
        agreement=agreement,
        version=0,
        clause=clause,
        term=str(identifier),
        holder=holder,
        recipient=organisation,
        collection="",
        units=(unit,) if unit else (),
        roles=(role,),
        actions=tuple(actions),
        purposes=tuple(purposes),
        marking="",
        compartment="",
        holds=Period(holds.lower, holds.upper),
        glass_minutes=None,
        glass_roles=(),
        is_now=True,
        is_unit=True,
        is_role=True,
        is_purpose=True,
        is_action=True,
        covers=True,
        origin=origin,
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """Who acts in a posting: the role, where, and of one's own people the name."""

    role: str
    organisation: str
    unit: str
    name: str = ""


@guarded.acts
def holders(actor: people.Actor, postings: set[UUID], at: datetime) -> dict[UUID, Holder]:
    """Who holds each of the postings."""
    rows = people.Posting.objects.filter(pk__in=postings).select_related("unit")
    named = names_of(actor, {row.staff_id for row in rows}, at)
    return {
        row.pk: Holder(
            role=row.role,
            organisation=row.organisation_id,
            unit=row.unit.name_en if row.unit else "",
            name=named.get(row.staff_id, ""),
        )
        for row in rows
    }


def names_of(actor: people.Actor, staff: set[UUID], at: datetime) -> dict[UUID, str]:
    """The names of own people, for whoever may see them; to be told one's own is no look."""
    own = {actor.staff: actor.name} if actor.staff and actor.staff in staff else {}
    others = staff - own.keys()
    if not actor.may("people.view") or not others:
        return own
    found = people.staff_list(actor, people.StaffFilter(state="all"), at).filter(pk__in=others)
    return own | {row.pk: row.name for row in found}


def own_postings(
    actor: people.Actor, at: datetime, role: str = "", unit: str = "", name: str = ""
) -> list[people.Posting]:
    """Postings held for the actor's organisation at the instant, by role and unit; by name, for who may see it."""
    wanted = Q(organisation=actor.organisation)
    if role:
        wanted &= Q(role=role)
    if unit:
        wanted &= Q(unit__code=unit)
    if name:
        named = people.staff_list(actor, people.StaffFilter(words=name, state="all"), at)
        wanted &= Q(staff__in=named.order_by().values("pk"))
    return list(people.held(at).filter(wanted).order_by("role", "unit__code", "id"))


def own_units(actor: people.Actor, at: datetime) -> list[tuple[str, str]]:
    """Codes and names of the units in which somebody is posted for the actor's organisation."""
    rows = people.held(at).filter(organisation=actor.organisation, unit__isnull=False)
    found = rows.order_by("unit__name_en", "unit__code").values_list(
        "unit__code", "unit__name_en"
    )
    return list(dict.fromkeys(found))


def bodies_posted(at: datetime) -> list[tuple[str, str]]:
    """Codes and names of the organisations for which somebody acts at the instant."""
    rows = people.held(at).order_by("organisation__name_en", "organisation")
    found = rows.values_list("organisation", "organisation__name_en").distinct()
    return list(found)


def postings_to(
    at: datetime, organisation: str, role: str, most: int
) -> tuple[list[people.Posting], bool]:
    """Postings of any organisation in a role, by unit, and whether there are more than so many."""
    rows = people.held(at).filter(organisation=organisation, role=role)
    found = list(rows.order_by("unit__name_en", "starts_at", "id")[: most + 1])
    return found[:most], len(found) > most
