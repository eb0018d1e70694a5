"""A list of finance, read whole, page by page, or to leave the platform as a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from crossforce.kernel import guarded, guarded_watch, stepping
from crossforce.kernel.stepping import Step, Stepped
from crossforce.people.api import Actor

WantedT = TypeVar("WantedT")
ShownT = TypeVar("ShownT")


@dataclass(frozen=True, slots=True)
class Listing(Generic[WantedT, ShownT]):
    """Which rows `wanted` asks for, in which order they stand, and how each is shown; `file` is what the ledger calls it."""

    file: str
    order: Sequence[str]
    rows: Callable[[WantedT], Any]
    shown: Callable[[Iterable[Any]], list[ShownT]]

    @guarded.acts
    def whole(self, actor: Actor, wanted: WantedT) -> list[ShownT]:
        """All that the actor may read."""
        return self.shown(self.rows(wanted).order_by(*self.order))

    @guarded.acts
    def page(self, actor: Actor, wanted: WantedT, step: Step) -> Stepped:
        """The same page by page. Raises NoSuchRow."""
        found = stepping.page(self.rows(wanted), self.order, step)
        return replace(found, rows=self.shown(found.rows))

    @guarded.acts
    def taken_out(self, actor: Actor, wanted: WantedT) -> list[ShownT]:
        """The same, to leave the platform as a file."""
        guarded_watch.takes_out(self.file)
        return self.shown(self.rows(wanted).order_by(*self.order))
