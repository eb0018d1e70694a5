"""What an app says of a page that stays current, and how it finds out who looks."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.http import QueryDict

from crossforce.kernel.registry import Shelf


@dataclass(frozen=True, slots=True)
class Found:
    """What whoever acts sees of a page now. The same mark means the same content, whoever looks.

    What it says must follow from the rows that may be read and from the filter alone, unless it `is_own`:
    then it is drawn for nobody else. `draw` makes the HTML that takes the place of the page's part. `changes_at` is the next instant at
    which it becomes another by the clock alone, if one is near.
    """

    mark: str
    draw: Callable[[], str]
    changes_at: datetime | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page by its name.

    `kinds` are those whose changes may concern it. `understood` reads the filter from the page's query;
    None says that this one does not move, such as one of a past instant. `look(actor, filter)` is called
    while the actor acts; what it reads counts as consulted when it is shown.
    """

    name: str
    kinds: frozenset[str]
    understood: Callable[[QueryDict], Hashable | None]
    look: Callable[[Any, Any], Found]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether whoever acts may still do so, and the next instant at which what they may see changes."""

    is_acting: bool
    changes_at: datetime | None = None


class Watcher(Protocol):
    """Somebody signed in who looks: the account, and whom they act as."""

    @property
    def account(self) -> Any: ...

    @property
    def actor(self) -> Any: ...


class Watchers(Protocol):
    """How sign-in tells who looks; `settings.LIVE_WATCHERS` names it."""

    def arrived(self, cookie: str) -> Watcher | None:
        """Whose session this is, if it is one in which somebody acts."""

    def remaining(self, watchers: Sequence[Any]) -> Sequence[Watcher | None]:
        """Of each the same where it is still signed in and acts as before; None otherwise."""


live_pages: Final[Shelf[LivePage]] = Shelf("live page")
_standing: list[Callable[[frozenset[str]], Standing]] = []
_sight: list[Callable[[frozenset[str]], str]] = []


def give_standing(
    source: Callable[[frozenset[str]], Standing], sight_of: Callable[[frozenset[str]], str]
) -> None:
    """Register what tells the standing of whoever acts towards some kinds, and their sight; there is one."""
    _standing[:], _sight[:] = [source], [sight_of]


def standing(kinds: frozenset[str]) -> Standing:
    """The standing of whoever acts towards these kinds."""
    return _standing[0](kinds) if _standing else Standing(True)


def sight(kinds: frozenset[str]) -> str:
    """What whoever acts may read of these kinds: the same words for the same scopes and single rows."""
    return _sight[0](kinds) if _sight else ""
