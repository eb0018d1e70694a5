"""A world into the database, through the doors that everybody uses: no owner, no row security off.

Rows are written by system work that a grant lets add them, and agreements' grants by the operation
that an activation uses. What never differs between worlds is written once (`stage`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.organisations.models import DirectoryStamp
from crossforce.people import api as people
from crossforce.people.tests import factories
from crossforce.sharing import api as sharing
from tests.worlds.model import (
    PLATFORM,
    Actor,
    Grant,
    Link,
    Posting,
    Row,
    Scope,
    Share,
    Span,
    Succession,
    World,
)
from tests.worlds.strategies import COMPARTMENTS, FORCES, SYSTEM, TEAMS
from tests.worlds.tables import OLD, Table

LOADER = Actor(PLATFORM, "system:world-writer", "administration")
STAFF = "people.staff"
_units: dict[tuple[str, str, bool], UUID] = {}
_numbers: dict[Scope, int] = {}
"""Those of the world that is there now."""


def stage(kinds: Sequence[str], forces: Sequence[str] = FORCES) -> None:
    """The bodies and units that every world has, and the right of the loader to add rows."""
    for code in forces:
        factories.organisation(code)
    for unit, is_joint in TEAMS[1:]:
        shared = factories.joint_unit(unit, "road-policing").pk if is_joint else None
        for code in forces:
            _units[code, unit, is_joint] = shared or factories.unit(unit, code).pk
    with transaction.atomic():
        access.put_grants("the-writing-of-worlds", list(_loaders(kinds, forces)))


def _loaders(kinds: Sequence[str], forces: Sequence[str]) -> Iterator[access.Grant]:
    for force in forces:
        for kind in (*kinds, STAFF):
            for compartment in sorted(set(COMPARTMENTS)):
                grant = Grant(
                    agreement="",
                    holder=force,
                    recipient=PLATFORM,
                    kind=kind,
                    actions=("add", "read", "edit"),
                    holds=(),
                    roles=(LOADER.role,),
                    compartment=compartment,
                )
                yield _sent(grant, Span(datetime(2015, 4, 1, tzinfo=UTC)))


def load(world: World, tables: Mapping[str, Table]) -> None:
    """Write the whole world; whoever calls rolls it back."""
    grant(world)
    people_it(world, tables)


def grant(world: World) -> None:
    """The grants of the world's agreements, by the operation that an activation uses."""
    for reference in sorted({each.agreement for each in world.grants}):
        access.put_grants(
            reference,
            [
                _sent(each, span)
                for each in world.grants
                if each.agreement == reference and each.in_territory
                for span in each.holds
            ],
        )


def people_it(world: World, tables: Mapping[str, Table]) -> None:
    """Staff, rows, links, postings, shares and successions."""
    _numbers.clear()
    with guarded.acting(actor(LOADER)):
        _staff(world.postings)
        _rows(world.rows, tables, world.postings[0].staff)
        _links(world.links)
    with guarded.acting(factories.loader()):
        _postings(world.postings)
    for share in world.shares:
        share_it(share)
    with guarded.acting(factories.loader()):
        for step in world.successions:
            _succeed(step)


def actor(who: Actor) -> people.Actor:
    """The model's actor as the application knows it."""
    return people.Actor(
        account=None,
        staff=who.posting.staff if who.posting else None,
        posting=who.posting.id if who.posting else None,
        organisation=who.organisation,
        office=who.role,
        purpose=who.purpose,
        unit=who.posting.unit if who.posting else "",
    )


def scope(of: Scope) -> int:
    """The number of the scope, which is asked for once in each world."""
    if of not in _numbers:
        _numbers[of] = guarded.scope(
            guarded.ScopeOf(
                of.holder, of.kind, of.collection, of.compartment, of.marking, of.person
            )
        )
    return _numbers[of]


def _sent(grant: Grant, span: Span) -> access.Grant:
    return access.Grant(
        version=1,
        clause="1.1",
        term="1.1/1",
        holder=grant.holder,
        recipient=grant.recipient,
        kind=grant.kind,
        actions=grant.actions,
        holds=Period(span.starts, span.ends),
        collection=grant.collection,
        units=grant.units,
        roles=grant.roles,
        purposes=grant.purposes,
        marking=grant.marking,
        compartment=grant.compartment,
    )


def _staff(postings: Sequence[Posting]) -> None:
    for number, (staff, organisation) in enumerate(
        sorted({each.staff: each.organisation for each in postings}.items())
    ):
        place = scope(Scope(organisation, STAFF, person=staff))
        _run(
            f"""INSERT INTO people_staff
                       (id, scope_id, organisation, number, given_name, family_name, sort_key, kind, rank,
                        email, version, starts_at, changed_at, changed_by)
                VALUES (%s, %s, %s, %s, 'A', 'Person', 'person', 'officer', '', '', 1, {OLD}, {OLD}, 'worlds')""",
            staff,
            place,
            organisation,
            str(number),
        )


def _rows(rows: Sequence[Row], tables: Mapping[str, Table], staff: UUID) -> None:
    for kind, found in groupby(sorted(rows, key=lambda row: row.kind), lambda row: row.kind):
        those = list(found)
        numbers = [scope(row.scope) for row in those]
        table = tables[kind]
        _run(table.insert, *table.values(those, numbers, staff))


def _links(links: Sequence[Link]) -> None:
    _run(
        f"""INSERT INTO records_link (id, one, other, one_kind, one_scope, other_kind, other_scope,
                                      relation, linked_at, linked_by)
            SELECT id, one, other, '', 0, '', 0, 'related', {OLD}, '{LOADER.role}'
              FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS l (id, one, other)""",
        [each.id for each in links],
        [each.one for each in links],
        [each.other for each in links],
    )


def _postings(postings: Sequence[Posting]) -> None:
    _run(
        f"""INSERT INTO people_posting
                   (id, staff_id, organisation, unit_id, role, state, starts_at, ends_at, version,
                    changed_at, changed_by, answered_at, answered_by)
            SELECT id, staff, organisation, unit, role, state, starts, ends, 1, {OLD}, 'worlds',
                   CASE WHEN state = 'offered' THEN NULL ELSE {OLD}::timestamptz END,
                   CASE WHEN state = 'offered' THEN '' ELSE 'worlds' END
              FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[],
                          %s::timestamptz[], %s::timestamptz[])
                   AS p (id, staff, organisation, unit, role, state, starts, ends)""",
        [each.id for each in postings],
        [each.staff for each in postings],
        [each.organisation for each in postings],
        [_units.get((each.organisation, each.unit, each.is_joint)) for each in postings],
        [each.role for each in postings],
        [each.state for each in postings],
        [each.span.starts for each in postings],
        [each.span.ends for each in postings],
    )


def _succeed(step: Succession) -> None:
    day = step.at.astimezone(ZoneInfo("Europe/London")).date()
    body = "UPDATE organisations_organisation SET until = %s WHERE code = %s"
    _run(body, day, step.predecessor)
    _run(
        """INSERT INTO organisations_succession
                  (predecessor, successor, relation, "on", on_precision, note, position)
           VALUES (%s, %s, 'merged', %s, 'day', '', 0)""",
        step.predecessor,
        step.successor,
        day,
    )
    DirectoryStamp.renew()


def share_it(share: Share) -> None:
    """One row, opened to a posting by the operation that everybody uses."""
    assert share.span.ends is not None, "a share ends"
    sharing.give_share(
        actor=actor(Actor(PLATFORM, SYSTEM, "administration")),
        share=sharing.NewShare(
            kind=share.kind,
            record=share.row,
            posting=share.posting,
            actions=share.actions,
            holds=Period(share.span.starts, share.span.ends),
            purposes=share.purposes,
            agreement=share.agreement,
            reason="a world",
        ),
        origin=access.Origin.SHARE,
        holder=PLATFORM,
        at=share.span.starts,
    )


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
