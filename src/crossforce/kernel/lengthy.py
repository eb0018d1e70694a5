"""Long work holds nothing of the database: neither a transaction, which keeps the ledger from giving anybody's entries their place, nor a connection.

The door opens one transaction for a request. A view that works long is taken out of that by the name of its address: it opens
transactions of its own, one that decides and enters before the work, and another where its answer needs one.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

_taken: dict[str, frozenset[str]] = {}


def take(address: str, methods: Collection[str]) -> None:
    """Say that requests of these methods to the address of that name open transactions of their own."""
    _taken[address] = frozenset(methods)


def is_taken(request: Any) -> bool:
    """Whether the door opens no transaction for this request."""
    match = request.resolver_match
    return match is not None and request.method in _taken.get(match.view_name, ())


def let_go() -> None:
    """Close the connection, where no transaction is open on it; whatever is asked next opens another."""
    if not connection.in_atomic_block:
        connection.close()
