"""The one router of agreements; the rooms beside it put their endpoints on it."""

from ninja import Router

router = Router(tags=["agreements"])
