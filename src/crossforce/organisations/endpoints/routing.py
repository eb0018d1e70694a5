"""The one router of the app: a path has one view for all its methods."""

from ninja import Router

router = Router(tags=["organisations"])
