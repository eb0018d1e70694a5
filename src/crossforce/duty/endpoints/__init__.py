"""Duties over HTTP: the same queries and operations as the pages.

A part is a module with a Router named `router`; it is listed here.
"""

from ninja import Router

from crossforce.duty.endpoints import (
    board,
    card,
    cover,
    entries,
    expiring,
    exporting,
    fairness,
    importing,
)

router = Router(tags=["duty"])
for part in (board, card, cover, entries, expiring, exporting, fairness, importing):
    router.add_router("", part.router)
