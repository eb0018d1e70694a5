"""How the log stands: what “crossforce doctor” says of it."""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.ledger import log

SUBJECT: Final = "Ledger"
# Only entries written since the last that has a place are looked at; times are the database's own.
WAITING: Final = """
SELECT count(*), coalesce(max(now() - stored_at) > interval '10 minutes', false) FROM ledger_entry e
 WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry = e.id) AND transaction >= coalesce((
  SELECT transaction FROM ledger_entry WHERE id = (SELECT entry FROM ledger_leaf ORDER BY index DESC LIMIT 1)),
  '0'::xid8)
"""


def look() -> Iterator[Finding]:
    """Whether the tree leads to its last checkpoint, and whether entries get their place."""
    try:
        size = log.edge().size
    except log.DoesNotMatch:
        said = "the integrator stands still: the tree does not lead to its last checkpoint"
        remedy = "Run “crossforce ledger verify-log”: it names what was altered."
        yield Finding(SUBJECT, said, SERIOUS, remedy)
        return
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        waiting, is_late = cursor.fetchone() or (0, False)
    said = f"{size:,} entries in the tree, {waiting:,} wait for their place"
    if is_late:
        remedy = "“crossforce serve” gives it to them; so does “crossforce ledger integrate”."
        yield Finding(SUBJECT, f"{said}, some since long", WARNING, remedy)
    else:
        yield Finding(SUBJECT, said)
