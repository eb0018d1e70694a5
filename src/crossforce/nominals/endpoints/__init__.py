"""Nominals over HTTP. A part is a module with a router; it is listed here."""

from ninja import Router

from crossforce.nominals.endpoints import (
    alerts,
    interests,
    loading,
    matching,
    person,
    searching,
)

router = Router()
for part in (searching, person, alerts, interests, matching, loading):
    router.add_router("", part.router)
