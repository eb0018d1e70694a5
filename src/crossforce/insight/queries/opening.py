"""Which scopes are open to whoever acts, whether or not anything was ever put there."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from crossforce.access import api as access
from crossforce.acting import api as acting
from crossforce.kernel import guarded, statements
from crossforce.kernel.guarded import ScopeOf

OPEN: Final = "SELECT number, is_open FROM access_open(%s, %s)"


def open_scopes(action: str, asked: Iterable[ScopeOf]) -> set[ScopeOf]:
    """Of these scopes those in which whoever acts may do this.

    Where nothing was ever put there is no number yet: it is said whether they could, and none is made.
    """
    numbers = {of: guarded.numbered(of) for of in asked}
    kinds = {of.kind for of, number in numbers.items() if number}
    known = {kind: set(access.scopes(kind, action)) for kind in kinds}
    found = {of for of, number in numbers.items() if number and number in known[of.kind]}
    strange = [of for of, number in numbers.items() if number is None]
    if strange:
        content = {"action": action, "scopes": [_content(of) for of in strange]}
        rows = statements.answers(OPEN, *acting.sealed("open", content))
        for of, (number, is_open) in zip(strange, rows, strict=True):
            if number is not None:
                guarded.remember(of, number)
            if is_open:
                found.add(of)
    return found


def _content(of: ScopeOf) -> dict[str, str | None]:
    return asdict(of) | {"person": str(of.person) if of.person else None}
