"""Pages that stay current while they are looked at: told of changes, drawn anew, sent as events.

A change of guarded rows is told after commit over PostgreSQL's NOTIFY (`telling`). A process beside
the web (`process`) listens, and keeps a group for all who look at the same page in the same posting,
for the same purpose, with the same filter (`hub`). Each group is drawn under its own acting context
(`looking`), also when nothing was told but an instant has come at which what it may see changes.
"""

from crossforce.kernel.live.pages import Found, LivePage, give_standing, live_pages
from crossforce.kernel.live.place import source
from crossforce.kernel.live.telling import ACCESS, Change, tell

__all__ = [
    "ACCESS",
    "Change",
    "Found",
    "LivePage",
    "give_standing",
    "live_pages",
    "source",
    "tell",
]
