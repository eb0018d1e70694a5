"""Requests, shares, and the glass."""

from crossforce.sharing.queries.asked import locked, request, requests, share, shares
from crossforce.sharing.queries.deciding import (
    DECIDE,
    deciders,
    decides,
    estate,
    require_deciding,
)
from crossforce.sharing.queries.glass import Glass, glass

__all__ = [
    "DECIDE",
    "Glass",
    "deciders",
    "decides",
    "estate",
    "glass",
    "locked",
    "request",
    "requests",
    "require_deciding",
    "share",
    "shares",
]
