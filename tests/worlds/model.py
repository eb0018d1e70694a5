"""Who may do what to which row, at which instant: the whole decision in plain Python.

It was written from the words of docs/access.md and from nothing else, so that it can be wrong only
in other ways than the database. It knows no SQL, no Django and no clock. Slow and plain on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
PLATFORM = "crossforce-platform"


@dataclass(frozen=True, slots=True)
class Span:
    """From the first instant, up to and without the second; None never ends."""

    starts: datetime
    ends: datetime | None = None

    def holds(self, t: datetime) -> bool:
        return self.starts <= t and (self.ends is None or t < self.ends)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows, of which kind, in which collection, how closed, how marked, about whom."""

    holder: str
    kind: str
    collection: str = ""
    compartment: str = ""
    marking: str = "OFFICIAL"
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """Someone in a role for an organisation, in a unit or in none ('').

    A unit counts where an agreement made it (`is_joint`); a team of one's own may bear any name.
    """

    id: UUID
    staff: UUID
    organisation: str
    unit: str
    role: str
    state: str
    span: Span
    is_joint: bool = False

    @property
    def counted(self) -> str:
        return self.unit if self.is_joint else ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A posting, or system work (which has none), and the purpose for which it acts."""

    organisation: str
    role: str
    purpose: str
    posting: Posting | None = None

    @property
    def unit(self) -> str:
        return self.posting.counted if self.posting else ""

    @property
    def is_system(self) -> bool:
        return self.posting is None and self.role.startswith("system:")


@dataclass(frozen=True, slots=True)
class Grant:
    """That postings of the recipient may act on rows of the holder while `holds` contains the instant.

    An empty tuple of units, roles, purposes or forces asks for nothing in particular.
    """

    agreement: str
    holder: str
    recipient: str
    kind: str
    actions: tuple[str, ...]
    holds: tuple[Span, ...]
    collection: str = ""
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    marking: str = "TOP SECRET"
    compartment: str = ""
    forces: tuple[str, ...] = ()

    @property
    def in_territory(self) -> bool:
        """Whether the holder is among the forces that are named, if any are."""
        return not self.forces or self.holder in self.forces

    def runs(self, t: datetime) -> bool:
        return self.in_territory and any(span.holds(t) for span in self.holds)


@dataclass(frozen=True, slots=True)
class Share:
    """One row, opened to one posting."""

    row: UUID
    kind: str
    posting: UUID
    actions: tuple[str, ...]
    span: Span
    purposes: tuple[str, ...] = ()
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """The body ends at the instant, and the other stands in its place."""

    predecessor: str
    successor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A governed row. `words` is what a search finds it by; `parts` is what an aggregate sums."""

    id: UUID
    scope: Scope
    words: str = ""
    parts: int = 0

    @property
    def kind(self) -> str:
        return self.scope.kind


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows that have to do with each other."""

    id: UUID
    one: UUID
    other: UUID


@dataclass(frozen=True)
class World:
    """Everything that a decision can depend on."""

    organisations: tuple[str, ...] = ()
    postings: tuple[Posting, ...] = ()
    grants: tuple[Grant, ...] = ()
    shares: tuple[Share, ...] = ()
    successions: tuple[Succession, ...] = ()
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = ()
    by_id: dict[UUID, Row] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.by_id.update({row.id: row for row in self.rows})


@dataclass(frozen=True, slots=True)
class Oracle:
    """The decision in one world, at the database's present and, where asked, also at another instant."""

    world: World
    now: datetime

    def allows(
        self, actor: Actor, action: str, scope: Scope, as_of: datetime | None = None
    ) -> bool:
        """Whether the scope is among the actor's for the action."""
        if as_of is not None and action not in ("find", "read"):
            return False
        return all(self._in_scope(actor, action, scope, t) for t in self._instants(as_of))

    def allows_row(
        self, actor: Actor, action: str, row: Row, as_of: datetime | None = None
    ) -> bool:
        """Whether the row is, at each instant: by its scope, or because it is shared with the posting."""
        if as_of is not None and action not in ("find", "read"):
            return False
        return all(
            self._in_scope(actor, action, row.scope, t) or self._shared(actor, action, row, t)
            for t in self._instants(as_of)
        )

    def may_edit(self, actor: Actor, row: Row, into: Scope | None = None) -> bool:
        """Whether the row may be changed, and moved into another scope where one is given.

        Where it goes, the scope itself must let it be edited: a share speaks of the row, wherever it
        is, and of no other place. To read it there, either will do. Its holder stays.
        """
        if not (self.allows_row(actor, "read", row) and self.allows_row(actor, "edit", row)):
            return False
        if into is None or into == row.scope:
            return True
        if into.holder != row.scope.holder:
            return False
        return self.allows(actor, "edit", into) and (
            self.allows(actor, "read", into) or self._shared(actor, "read", row, self.now)
        )

    def may_dispose(self, actor: Actor, row: Row) -> bool:
        return self.allows_row(actor, "read", row) and self.allows_row(actor, "dispose", row)

    def sees_link(self, actor: Actor, link: Link, as_of: datetime | None = None) -> bool:
        """Whether each end may at least be found."""
        ends = (self.world.by_id[link.one], self.world.by_id[link.other])
        return all(
            self.allows_row(actor, "find", end, as_of)
            or self.allows_row(actor, "read", end, as_of)
            for end in ends
        )

    def _instants(self, as_of: datetime | None) -> Iterator[datetime]:
        yield self.now
        if as_of is not None:
            yield as_of

    def _acts(self, actor: Actor, t: datetime) -> bool:
        if actor.posting is None:
            return actor.is_system and actor.organisation == PLATFORM
        return actor.posting.state == "held" and actor.posting.span.holds(t)

    def _in_scope(self, actor: Actor, action: str, scope: Scope, t: datetime) -> bool:
        return self._acts(actor, t) and any(
            self._applies(grant, actor, action, scope, t) for grant in self.world.grants
        )

    def _applies(
        self, grant: Grant, actor: Actor, action: str, scope: Scope, t: datetime
    ) -> bool:
        return (
            grant.kind == scope.kind
            and action in grant.actions
            and scope.compartment == grant.compartment
            and (not grant.purposes or actor.purpose in grant.purposes)
            and (not grant.roles or actor.role in grant.roles)
            and (not grant.units or actor.unit in grant.units)
            and MARKINGS.index(scope.marking) <= MARKINGS.index(grant.marking)
            and grant.runs(t)
            and self._stands_for(actor.organisation, grant.recipient, t)
            and self._stands_for(grant.holder, scope.holder, t)
            and self._collects(grant.collection, scope, t)
        )

    def _stands_for(self, body: str, other: str, t: datetime) -> bool:
        """Whether the body is the other one, or has come in its place by the instant."""
        return body == other or body in self._heirs(other, t)

    def _heirs(self, body: str, t: datetime) -> set[str]:
        found: set[str] = set()
        for step in self.world.successions:
            if step.predecessor == body and step.at <= t:
                found |= {step.successor} | self._heirs(step.successor, t)
        return found

    def _collects(self, collection: str, scope: Scope, t: datetime) -> bool:
        if collection in ("", scope.collection):
            return True
        return any(
            f"unit:{posting.counted}" == collection
            for posting in self.world.postings
            if posting.staff == scope.person
            and posting.counted
            and posting.state == "held"
            and posting.span.holds(t)
        )

    def _shared(self, actor: Actor, action: str, row: Row, t: datetime) -> bool:
        if actor.posting is None or not self._acts(actor, t):
            return False
        return any(
            share.row == row.id
            and share.kind == row.kind
            and share.posting == actor.posting.id
            and share.span.holds(t)
            and action in share.actions
            and (not share.purposes or actor.purpose in share.purposes)
            and self._backed(share.agreement, row.scope.holder, actor.organisation, t)
            for share in self.world.shares
        )

    def _backed(self, agreement: str, holder: str, organisation: str, t: datetime) -> bool:
        """Whether the agreement of a share still joins the holder and the organisation."""
        return not agreement or any(
            grant.agreement == agreement
            and grant.runs(t)
            and self._stands_for(grant.holder, holder, t)
            and self._stands_for(organisation, grant.recipient, t)
            for grant in self.world.grants
        )
