"""Requests, shares, and the glass."""

from crossforce.sharing.queries.asked import request, requests, share, shares
from crossforce.sharing.queries.glass import Glass, glass

__all__ = [
    "Glass",
    "glass",
    "request",
    "requests",
    "share",
    "shares",
]
