"""Worlds that were wrong once, or that a reader would think of first; each keeps its name.

A world that Hypothesis finds is written down here by hand, as small as it can be.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from tests.worlds.model import (
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
from tests.worlds.strategies import Pen, Sketch

NORTH, EAST, SOUTH = "force-north", "force-east", "force-south"
NOTE, DOCUMENT = "records.note", "records.document"
INSPECTOR, PURPOSE = "duty-inspector", "operational-response"
EVERYTHING = ("find", "read", "add", "edit", "dispose")
DAY = timedelta(days=1)


def _id(number: int) -> UUID:
    return UUID(int=(4 << 76) | (2 << 62) | number)


def _posting(base: datetime, organisation: str = EAST, **more: object) -> Posting:
    posting = Posting(
        _id(1), _id(11), organisation, "", INSPECTOR, "held", Span(base - 3 * DAY, None)
    )
    return replace(posting, **more)  # type: ignore[arg-type]


def _grant(base: datetime, **more: object) -> Grant:
    grant = Grant("road-policing", NORTH, EAST, NOTE, EVERYTHING, (Span(base - 2 * DAY),))
    return replace(grant, **more)  # type: ignore[arg-type]


def _row(number: int = 21, **more: object) -> Row:
    return Row(_id(number), replace(Scope(NORTH, NOTE), **more), "harbour", 2)  # type: ignore[arg-type]


def _sketch(
    base: datetime, world: World, *instants: datetime, asked: tuple[Actor, ...] = ()
) -> Sketch:
    people = tuple(
        Actor(each.organisation, each.role, PURPOSE, each) for each in world.postings
    )
    seen = instants or (base - DAY,)
    places = tuple(dict.fromkeys(row.scope for row in world.rows))
    return Sketch(world, (), asked or people, (seen[0], seen[-1]), places, ())


def own_team_with_the_name_of_a_joint_unit(base: datetime) -> Sketch:
    """A team of one's own that bears a joint unit's name is not that unit."""
    postings = (
        _posting(base, unit="roads", is_joint=False),
        _posting(base, id=_id(2), staff=_id(12), unit="roads", is_joint=True),
    )
    world = World((NORTH, EAST), postings, (_grant(base, units=("roads",)),), rows=(_row(),))
    return _sketch(base, world)


def somebodys_team_is_not_the_collection_of_a_joint_unit(base: datetime) -> Sketch:
    """Rows about somebody posted to a team of that name do not belong to the joint unit's collection."""
    postings = (
        _posting(base),
        _posting(base, NORTH, id=_id(2), staff=_id(12), unit="roads", is_joint=False),
        _posting(base, NORTH, id=_id(3), staff=_id(13), unit="roads", is_joint=True),
    )
    rows = (_row(21, person=_id(12)), _row(22, person=_id(13)), _row(23))
    world = World((NORTH, EAST), postings, (_grant(base, collection="unit:roads"),), rows=rows)
    return _sketch(base, world)


def posted_after_the_instant_that_is_asked_of(base: datetime) -> Sketch:
    """Whoever was posted yesterday has seen nothing of the year before, whatever the force was given."""
    posting = _posting(base, span=Span(base - DAY))
    world = World((NORTH, EAST), (posting,), (_grant(base),), rows=(_row(),))
    return _sketch(base, world, base - DAY, base - DAY - timedelta(microseconds=1))


def open_by_scope_now_and_by_share_then(base: datetime) -> Sketch:
    """Allowed at both instants is allowed, although not by the same way."""
    share = Share(_id(21), NOTE, _id(1), ("read",), Span(base - 3 * DAY, base - DAY))
    grant = _grant(base, holds=(Span(base - timedelta(hours=6)),))
    world = World((NORTH, EAST), (_posting(base),), (grant,), (share,), rows=(_row(),))
    return _sketch(base, world, base - 2 * DAY)


def may_change_and_dispose_of_what_it_may_not_read(base: datetime) -> Sketch:
    """To edit and to dispose one must read: not even a change that looks at no column gets through."""
    grant = _grant(base, actions=("edit", "dispose"))
    return _sketch(base, World((NORTH, EAST), (_posting(base),), (grant,), rows=(_row(),)))


def may_add_what_it_may_not_read(base: datetime) -> Sketch:
    grant = _grant(base, actions=("add",))
    return _sketch(base, World((NORTH, EAST), (_posting(base),), (grant,), rows=(_row(),)))


def a_share_falls_with_its_agreement(base: datetime) -> Sketch:
    """The agreement ended six hours ago, the share has a day to run."""
    share = Share(
        _id(21),
        NOTE,
        _id(1),
        ("find", "read"),
        Span(base - DAY, base + DAY),
        (),
        "road-policing",
    )
    grant = _grant(base, kind=DOCUMENT, holds=(Span(base - DAY, base - timedelta(hours=6)),))
    world = World((NORTH, EAST), (_posting(base),), (grant,), (share,), rows=(_row(),))
    return _sketch(base, world, base - timedelta(hours=12))


def a_share_rests_on_no_grant_of_another_territory(base: datetime) -> Sketch:
    """A term that names forces is nothing between those it leaves out, for shares too."""
    share = Share(
        _id(21), NOTE, _id(1), ("read",), Span(base - DAY, base + DAY), (), "road-policing"
    )
    grant = _grant(base, kind=DOCUMENT, forces=(EAST,))
    return _sketch(
        base, World((NORTH, EAST), (_posting(base),), (grant,), (share,), rows=(_row(),))
    )


def a_shared_row_is_not_moved_by_its_share(base: datetime) -> Sketch:
    """Whoever may edit by a share alone changes the row where it is: no other holder, no lower marking."""
    share = Share(
        _id(21), NOTE, _id(1), EVERYTHING, Span(base - DAY, base + DAY), (), "road-policing"
    )
    rows = (_row(21, marking="SECRET"), _row(22, holder=SOUTH), _row(23))
    grant = _grant(base, kind=DOCUMENT)
    return _sketch(base, World((NORTH, EAST), (_posting(base),), (grant,), (share,), rows=rows))


def a_shared_row_is_moved_to_where_one_edits(base: datetime) -> Sketch:
    """The share opens the row, a clause the place; the share goes on resting on the first holder's clause."""
    share = Share(
        _id(21), NOTE, _id(1), EVERYTHING, Span(base - DAY, base + DAY), (), "road-policing"
    )
    rows = (_row(21, marking="SECRET"), _row(22, holder=SOUTH), _row(23))
    grants = (
        _grant(base, kind=DOCUMENT),
        _grant(base, marking="OFFICIAL", actions=("edit",)),
    )
    return _sketch(base, World((NORTH, EAST), (_posting(base),), grants, (share,), rows=rows))


def a_compartment_is_opened_by_its_name_only(base: datetime) -> Sketch:
    rows = (_row(21), _row(22, compartment="blue"), _row(23, compartment="red"))
    grants = (_grant(base), _grant(base, compartment="blue", actions=("find",)))
    links = (Link(_id(31), _id(21), _id(22)), Link(_id(32), _id(21), _id(23)))
    world = World((NORTH, EAST), (_posting(base),), grants, rows=rows, links=links)
    return _sketch(base, world)


def an_heir_of_an_heir_holds_what_the_first_held(base: datetime) -> Sketch:
    pen = _days(base)
    steps = (Succession(SOUTH, EAST, pen(-2)), Succession(EAST, NORTH, pen(-1)))
    postings = (_posting(base), _posting(base, NORTH, id=_id(2), staff=_id(12)))
    grants = (_grant(base, holder=NORTH, recipient=SOUTH),)
    rows = tuple(
        _row(21 + place, holder=each) for place, each in enumerate((NORTH, EAST, SOUTH))
    )
    world = World((NORTH, EAST, SOUTH), postings, grants, (), steps, rows)
    return _sketch(base, world, pen(-1), pen(-1) - timedelta(microseconds=1))


def a_period_ends_at_the_instant_at_which_the_next_begins(base: datetime) -> Sketch:
    """Half-open: at the boundary only the second holds."""
    edge = base - DAY
    grants = (
        _grant(base, actions=("read",), holds=(Span(base - 2 * DAY, edge),)),
        _grant(base, actions=("find",), holds=(Span(edge),)),
        _grant(base, actions=("read",), holds=(Span(base - timedelta(hours=1)),)),
    )
    world = World((NORTH, EAST), (_posting(base),), grants, rows=(_row(),))
    return _sketch(base, world, edge, edge - timedelta(microseconds=1))


def nobody_acts_without_a_posting(base: datetime) -> Sketch:
    """A person whose actor has no posting is nobody, whatever role is claimed."""
    grants = (_grant(base), _grant(base, recipient="crossforce-platform"))
    world = World((NORTH, EAST), (_posting(base),), grants, rows=(_row(),))
    asked = (
        Actor(EAST, INSPECTOR, PURPOSE),
        Actor(EAST, "system:sweeper", PURPOSE),
        Actor("crossforce-platform", INSPECTOR, PURPOSE),
        Actor("crossforce-platform", "system:sweeper", PURPOSE),
    )
    return _sketch(base, world, asked=asked)


def a_posting_that_was_only_offered(base: datetime) -> Sketch:
    postings = tuple(
        _posting(base, id=_id(number), staff=_id(10 + number), state=state)
        for number, state in ((1, "offered"), (2, "declined"), (3, "held"))
    )
    return _sketch(base, World((NORTH, EAST), postings, (_grant(base),), rows=(_row(),)))


def what_is_read_is_not_therefore_found(base: datetime) -> Sketch:
    """Ceilings are independent: a pointer needs `find`, a row needs `read`, a link either."""
    grants = (_grant(base, actions=("read",)), _grant(base, kind=DOCUMENT, actions=("find",)))
    rows = (_row(21), _row(22, kind=DOCUMENT))
    links = (Link(_id(31), _id(21), _id(22)),)
    world = World((NORTH, EAST), (_posting(base),), grants, rows=rows, links=links)
    return _sketch(base, world)


def _days(base: datetime) -> Callable[[int], datetime]:
    """Starts of civil days, counted from today."""
    return lambda days: Pen(None, base).midnight(days)  # type: ignore[arg-type]


NAMED: tuple[Callable[[datetime], Sketch], ...] = (
    own_team_with_the_name_of_a_joint_unit,
    somebodys_team_is_not_the_collection_of_a_joint_unit,
    posted_after_the_instant_that_is_asked_of,
    open_by_scope_now_and_by_share_then,
    may_change_and_dispose_of_what_it_may_not_read,
    may_add_what_it_may_not_read,
    a_share_falls_with_its_agreement,
    a_share_rests_on_no_grant_of_another_territory,
    a_shared_row_is_not_moved_by_its_share,
    a_shared_row_is_moved_to_where_one_edits,
    a_compartment_is_opened_by_its_name_only,
    an_heir_of_an_heir_holds_what_the_first_held,
    a_period_ends_at_the_instant_at_which_the_next_begins,
    nobody_acts_without_a_posting,
    a_posting_that_was_only_offered,
    what_is_read_is_not_therefore_found,
)
