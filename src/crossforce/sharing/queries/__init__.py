"""Requests, shares, and the glass."""

from crossforce.sharing.queries.asked import locked, request, requests, share, shares
from crossforce.sharing.queries.deciding import (
    DECIDE,
    deciders,
    decides,
    estate,
    is_oneself,
    require_deciding,
)
from crossforce.sharing.queries.glass import Glass, glass
from crossforce.sharing.queries.limits import limit

__all__ = [
    "DECIDE",
    "Glass",
    "deciders",
    "decides",
    "estate",
    "glass",
    "is_oneself",
    "limit",
    "locked",
    "request",
    "requests",
    "require_deciding",
    "share",
    "shares",
]
