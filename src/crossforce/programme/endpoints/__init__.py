"""The programme over HTTP: the same queries and operations as the pages.

A part is a module with a Router named `router`; it is listed here.
"""

from ninja import Router

from crossforce.programme.endpoints import (
    entries,
    importing,
    meetings,
    projects,
    reports,
    reviews,
)

router = Router(tags=["programme"])
for part in (entries, projects, importing, reviews, meetings, reports):
    router.add_router("", part.router)
