"""The registry: what the apps offer each other without knowing each other.

An app registers in the `ready()` of its `apps.py`. Nothing lists apps by name but `config`.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

ItemT = TypeVar("ItemT")


class AlreadyRegistered(ValueError):
    """Two apps claim the same name."""


class Shelf(Generic[ItemT]):
    """Items by name, in order of registration; a name is taken once."""

    def __init__(self, of: str) -> None:
        self.of = of
        self._items: dict[str, ItemT] = {}

    def add(self, name: str, item: ItemT) -> None:
        """Register the item. Raises AlreadyRegistered for another item of the same name."""
        if self._items.get(name, item) != item:
            raise AlreadyRegistered(f"{self.of} {name!r} is registered twice")
        self._items[name] = item

    def get(self, name: str) -> ItemT | None:
        """The item of that name, if any."""
        return self._items.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items.values())

    def names(self) -> list[str]:
        """Every registered name."""
        return list(self._items)


@dataclass(frozen=True, slots=True)
class About:
    """The record that another names in a column: its kind, and what whoever asks has to be allowed to do with it."""

    column: str
    kind: str
    action: str = "read"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is told of records beyond who reads them, because it binds also those who may not (ADR 0030).

    Of each record its `columns` are told, of `days` the day alone; where there are `sums`, what these come to for each
    value of the columns. It is asked `by` values of a column, or told of all. It is of the records for which `when` holds
    (SQL on their columns), and told to whoever acts; where it is `about` others, to who may do that to each of them. Of
    a record in a compartment it is told to who reads it, or where the first that it is about stands in the same.
    """

    name: str
    columns: tuple[str, ...]
    days: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    by: str = ""
    when: str = "true"
    about: tuple[About, ...] = ()

    def told_by(self, kind: str) -> str:
        """The function of the database that tells it."""
        return f"told_{kind}_{self.name}".replace(".", "_").replace("-", "_")


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A class of governed thing, such as `evidence.exhibit`.

    `fields` are what people write, in order; `title_field` names a record in lists; `pointer_fields`
    are all that `find` shows beside it, and `search_fields` what `read` searches. What it says no longer in
    one of the fields that it `sheds` is erased from its states and the ledger. `retention` is a
    schedule of the rule pack `retention-schedules`. One that is not `is_by_hand` is written by the
    pages of its own service, and not by those that serve every kind; corrections of it are made by
    the operation of the service that `corrected_by` names (`module:function`), or by nobody; they are of
    all its fields, but for those that `stay`. What goes along when one moves is moved by the function that
    `moves_along` names, which refuses where the record must stay: it is given the row in its new place, the
    place where it was, the one where it is, and who moves it. What cannot stand without one is disposed of before it
    by the function that `goes_along` names: it is given the row, who disposes of it, why and when. Whose day of review follows
    from what it says is due on the day that the function `due_by` answers, given the row: None leaves it to its schedule.
    Whether some may be handed out at all is judged by the function `leaves_by`, given the rows, who discloses them and when.
    `clashes` says, by the names of the table's constraints, what people are told who meet one. A record that has `ends`
    stands between two others, each of one of these kinds (columns `one` and `other`): it is there for whoever may know of
    both, goes with either, and is not searched.
    One that `is_owned` is of the posting that made it: it lies in that posting's own compartment, whatever else is asked.
    Its `facts` are what is told of its records beyond who reads them. What is `inner` its own service alone writes, and tells as
    far as each reader may know it: no page, file or history of every kind has it.
    """

    name: str
    title: str
    title_cy: str = ""
    actions: tuple[str, ...] = ("find", "read", "add", "edit", "task", "disclose", "dispose")
    pointer_fields: tuple[str, ...] = ()
    retention: str = ""
    plural: str = ""
    title_field: str = ""
    fields: tuple[str, ...] = ()
    search_fields: tuple[str, ...] = ()
    sheds: tuple[str, ...] = ()
    is_by_hand: bool = True
    corrected_by: str = ""
    moves_along: str = ""
    goes_along: str = ""
    due_by: str = ""
    leaves_by: str = ""
    stay: tuple[str, ...] = ()
    is_owned: bool = False
    clashes: Mapping[str, str] = field(default_factory=dict, hash=False)
    ends: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    inner: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.ends and self.search_fields:
            raise ValueError(f"{self.name} has ends: it is found by these, and by no words.")

    @property
    def takes_corrections(self) -> bool:
        """Whether a reader may propose one, because somebody could make it."""
        return self.is_by_hand or bool(self.corrected_by)

    @property
    def correctable_fields(self) -> tuple[str, ...]:
        """The fields of which a correction may be proposed."""
        return tuple(name for name in self.fields if name not in self.stay)

    def title_of(self, named: Any, key: UUID) -> str:
        """What a record is called in lists: what its title field says, or its kind and the end of its key."""
        return str(named) or f"{self.title} …{str(key)[-6:]}"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A place in the service navigation; shown where `shown_to(actor)` says so.

    A place that `is_desk` says what waits for the reader: the first such is where work begins.
    """

    name: str
    title: str
    url_name: str
    shown_to: Callable[[Any], bool] = field(default=lambda actor: actor is not None)
    order: int = 100
    is_desk: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What may wait for whoever acts, told at home where there is any.

    `count` is the dotted name of what counts it, as `count(actor, at)`; asked for those alone to whom it is shown.
    """

    name: str
    title: str
    url_name: str
    count: str
    shown_to: Callable[[Any], bool] = field(default=lambda actor: actor is not None)


@dataclass(frozen=True, slots=True)
class PreviewEffect:
    """What a service adds to the preview of a draft.

    `run(context)` takes `agreements.api.PreviewContext` and returns `agreements.api.PreviewRow`s;
    it changes nothing.
    """

    name: str
    title: str
    run: Callable[[Any], Any]
    order: int = 100


@dataclass(frozen=True, slots=True)
class ApiRouter:
    """A django-ninja router mounted under `/api/v1/<prefix>`."""

    prefix: str
    router: Any


@dataclass(frozen=True, slots=True)
class WorldPart:
    """A step of loading the demonstration world: `run(progress)`, idempotent, in `order`."""

    name: str
    title: str
    run: Callable[[Any], None]
    order: int = 100


record_kinds: Shelf[RecordKind] = Shelf("record kind")
navigation: Shelf[NavigationItem] = Shelf("navigation item")
waiting: Shelf[Waiting] = Shelf("what waits")
preview_effects: Shelf[PreviewEffect] = Shelf("preview effect")
api_routers: Shelf[ApiRouter] = Shelf("API router")
world_parts: Shelf[WorldPart] = Shelf("world part")
subject_names: Shelf[str] = Shelf("namer of subjects")
"""By the kind of a subject, the dotted name of what names its codes (kernel.subjects)."""
restored_hooks: Shelf[Callable[..., None]] = Shelf("restore hook")

# `reseal(sealed, context=...)` gives the bytes under the new master key; a store answers how many
# of its rows it sealed again (kernel.keys_rotation).
sealed_stores: Shelf[Callable[[Callable[..., bytes]], int]] = Shelf("sealed store")
# Where to find `find("user:office", at)`, which tells whom a command acts as: "module:function".
actor_sources: Shelf[str] = Shelf("actor source")


def actor_named(name: str, at: datetime) -> Any:
    """The actor that a command is told to act as. Raises the source's own Missing."""
    for find in actor_sources:
        return pkgutil.resolve_name(find)(name, at)
    raise LookupError("no app knows who can act")


def declare(kinds: Iterable[RecordKind], *, named_by: str) -> None:
    """Register the record kinds of an app; `named_by` is the dotted name of what names their records."""
    for kind in kinds:
        record_kinds.add(kind.name, kind)
        subject_names.add(kind.name, named_by)


def offer(places: Iterable[NavigationItem]) -> None:
    """Register an app's places in the service navigation."""
    for place in places:
        navigation.add(place.name, place)


# Lines that `crossforce serve` prints once it answers, such as the demonstration accounts.
announcements: Shelf[Callable[[], list[str]]] = Shelf("announcement")
start_ups: Shelf[Callable[[], None]] = Shelf("start-up job")
"""What runs when the server starts, in any mode: quick, idempotent, made for catching up, or to load once what is slow."""

companions: Shelf[Callable[[Callable[[], bool]], None]] = Shelf("companion")
"""What works beside the web in a process of its own, for as long as `goes_on()` says so."""

lasting: Shelf[str] = Shelf("address of what may last")
"""Addresses, as regular expressions, that give out as much as fills hours of a slow line (kernel.lasting)."""

enforcers: Shelf[Callable[[Any, datetime], None]] = Shelf("enforcer")
"""What is done, in the same transaction, when what an agreement makes the platform do changes."""

upgrades: Shelf[Callable[[], None]] = Shelf("upgrade")
"""What brings rows of an earlier version up to date: after each `migrate`, as the owner, idempotent."""

owner_installs: Shelf[Callable[[Any], None]] = Shelf("installation by the owner")
"""What the database itself enforces: put up after each `migrate`, with the owner's cursor (guarded_policies)."""

safeguards: Shelf[Callable[[], Iterator[str]]] = Shelf("safeguard")
"""What must stand before anything is served: each answers with a line for every fault."""

key_installs: Shelf[Callable[[int, bytes], None]] = Shelf("installer of a key")
"""By the key's name, what must know a new version before anything uses it."""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page that an upper app offers about any record: its address takes the kind and the identifier.

    `needs` is "read" for a page beside the record, "find" for one that helps whoever only finds it;
    "kind" for one that helps whoever finds none, whose address takes the kind alone.
    """

    name: str
    title: str
    url_name: str
    needs: str = "read"
    order: int = 100


record_pages: Shelf[RecordPage] = Shelf("page about a record")
