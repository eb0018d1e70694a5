"""Domain events: a lower floor tells, an upper floor listens.

An event is a frozen dataclass in an app's `events.py`, past tense, carrying ids and not objects.
Handlers run after the transaction commits; a transaction that is rolled back tells nothing. A
handler that fails is logged and keeps nobody else from hearing: the change itself has been made.
Whoever must not miss an event also catches up when the server starts (`registry.start_ups`).
"""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

EventT = TypeVar("EventT")

_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[EventT], handler: Callable[[EventT], None]) -> None:
    """Call `handler` for every event of the type, once, after commit."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def publish(event: object) -> None:
    """Tell the subscribers of the event's type when the transaction commits."""
    for handler in _handlers[type(event)]:
        transaction.on_commit(_hook(handler, event), robust=True)


def _hook(handler: Callable[[Any], None], event: object) -> Callable[[], None]:
    """A function by the handler's name: Django logs a hook that failed by its `__qualname__`, which a partial has not."""

    @wraps(handler)
    def told() -> None:
        handler(event)

    return told
