"""What a view says of itself. A view that says nothing is for people who act in a posting."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

ViewT = TypeVar("ViewT", bound=Callable[..., Any])
ASKS: Final = "/search"
"""How the address of the API ends whose POST asks with its body what a GET asks with its address: it changes nothing."""


def public(view: ViewT) -> ViewT:
    """Open to everybody, without sign-in."""
    view.login_required = False  # type: ignore[attr-defined]
    return view


def without_posting(view: ViewT) -> ViewT:
    """Asks for sign-in, but not yet for a posting to act in: the pages of one's own account."""
    view.posting_required = False  # type: ignore[attr-defined]
    return view


def repeatable(view: ViewT) -> ViewT:
    """Its POST may run twice without harm: no idempotency key is asked, no transaction opened."""
    view.idempotent = True  # type: ignore[attr-defined]
    return view


def only_reads(view: ViewT) -> ViewT:
    """Asked by GET it changes nothing but the ledger, so that a standby may answer it (kernel.replica)."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def only_reads_when_asked(view: ViewT) -> ViewT:
    """The same, when words, filters or an order are asked for: the plain list is cheaper than the check."""
    view.only_reads_when_asked = True  # type: ignore[attr-defined]
    return view


def in_english(view: ViewT) -> ViewT:
    """Drawn in English, whatever the reader chose: the frame says so in Welsh. Public pages speak both."""
    view.in_english = True  # type: ignore[attr-defined]
    return view


def asks_again(view: ViewT) -> ViewT:
    """Binds an organisation: whoever has not proved who they are lately does so once more."""
    view.asks_again = True  # type: ignore[attr-defined]
    return view


def needs_proof(view: Callable[..., Any]) -> bool:
    return getattr(view, "asks_again", False)


def is_public(view: Callable[..., Any]) -> bool:
    return not getattr(view, "login_required", True)


def needs_posting(view: Callable[..., Any]) -> bool:
    return getattr(view, "posting_required", True)


def may_follow(view: Callable[..., Any], *, is_asked: bool) -> bool:
    """Whether a standby may answer; `is_asked` says that there is more to the address than the page."""
    return getattr(view, "only_reads", is_asked and hasattr(view, "only_reads_when_asked"))


def is_in_english(view: Callable[..., Any]) -> bool:
    return getattr(view, "in_english", False)


def is_repeatable(view: Callable[..., Any]) -> bool:
    return getattr(view, "idempotent", False)
