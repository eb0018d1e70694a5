"""How long what whoever acts may see stays as it is, for pages that stay current."""

import hashlib
from typing import Final

from django.db import connection

from crossforce.access import acting
from crossforce.kernel.live.pages import Standing

STANDING: Final = "SELECT is_acting, changes_at FROM access_standing(%s, %s)"

SIGHT: Final = """
SELECT string_agg(concat_ws('|', kind,
         (SELECT string_agg(DISTINCT s::text, ',') FROM unnest(access_scopes(kind, 'read')) s),
         (SELECT string_agg(DISTINCT r::text, ',') FROM unnest(access_rows(kind, 'read')) r)), ';' ORDER BY kind)
  FROM unnest(%s::text[]) kind"""


def sight_of(kinds: frozenset[str]) -> str:
    """A print of all that whoever acts may read of the kinds now, as the policies' own functions say it.

    The same for two who may read exactly the same scopes and the same single rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(SIGHT, [sorted(kinds)])
        said = cursor.fetchone()[0]
    return hashlib.sha256(said.encode()).hexdigest()


def standing_towards(kinds: frozenset[str]) -> Standing:
    """Whether whoever acts may still, and the next instant at which their sight of the kinds changes.

    Nothing runs at that instant: it is when a page that shows it has to be looked at again.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING, acting.sealed("standing", {"kinds": sorted(kinds)}))
        is_acting, changes_at = cursor.fetchone()
    return Standing(is_acting, changes_at)
