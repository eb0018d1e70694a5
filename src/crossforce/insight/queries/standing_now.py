"""How long what whoever acts may see stays as it is, for pages that stay current."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from crossforce.acting import api as acting
from crossforce.kernel import statements
from crossforce.kernel.live.pages import Standing

STANDING: Final = "SELECT is_acting, changes_at FROM access_standing(%s, %s)"

SIGHT: Final = "SELECT access_sight(%s, %s)"
ENDINGS: Final = "SELECT access_endings(%s, %s)"


def sight_of(kinds: frozenset[str]) -> str:
    """A print of all that whoever acts may read of the kinds now; nothing for nobody.

    Whoever has the same print may read exactly the same rows.
    """
    sealed = acting.sealed("sight", {"kinds": sorted(kinds)})
    found: str = statements.answer(SIGHT, *sealed)
    return found


def standing_towards(kinds: frozenset[str]) -> Standing:
    """Whether whoever acts may still, and the next instant at which their sight of the kinds changes.

    Nothing runs at that instant: it is when a page that shows it has to be looked at again.
    """
    sealed = acting.sealed("standing", {"kinds": sorted(kinds)})
    ((is_acting, changes_at),) = statements.answers(STANDING, *sealed)
    return Standing(is_acting, changes_at)


def endings(kinds: Iterable[str], since: datetime, until: datetime) -> list[datetime]:
    """When, after an instant and before another, a grant ends by which whoever acts reads some of the kinds."""
    content = {
        "kinds": sorted(kinds),
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    found: list[datetime] = statements.answer(ENDINGS, *acting.sealed("endings", content))
    return found
