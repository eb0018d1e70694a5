"""How long what whoever acts may see stays as it is, for pages that stay current."""

from typing import Final

from django.db import connection

from crossforce.access import acting
from crossforce.kernel.live.pages import Standing

STANDING: Final = "SELECT is_acting, changes_at FROM access_standing(%s, %s)"


def standing_towards(kinds: frozenset[str]) -> Standing:
    """Whether whoever acts may still, and the next instant at which their sight of the kinds changes.

    Nothing runs at that instant: it is when a page that shows it has to be looked at again.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING, acting.sealed("standing", {"kinds": sorted(kinds)}))
        is_acting, changes_at = cursor.fetchone()
    return Standing(is_acting, changes_at)
