"""Requests, shares, and the glass."""

from crossforce.sharing.queries.asked import request, requests, share, shares
from crossforce.sharing.queries.deciding import decides, estate, require_deciding
from crossforce.sharing.queries.glass import Glass, glass

__all__ = [
    "Glass",
    "decides",
    "estate",
    "glass",
    "request",
    "requests",
    "require_deciding",
    "share",
    "shares",
]
