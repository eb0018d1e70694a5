"""Boards over HTTP: the same queries and operations as the pages.

A part is a module with a Router named `router`; it is listed here.
"""

from ninja import Router

from crossforce.boards.endpoints import (
    answers,
    boards,
    deciding,
    governing,
    meetings,
    own_rules,
)

router = Router(tags=["boards"])
for part in (governing, boards, meetings, deciding, answers, own_rules):
    router.add_router("", part.router)
