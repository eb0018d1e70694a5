"""Agreements over HTTP: the same operations and queries as the pages, for those who act in a posting."""

from ninja import Router

from crossforce.agreements.endpoints.acts import router as acts
from crossforce.agreements.endpoints.drafts import router as drafts
from crossforce.agreements.endpoints.keys import router as keys
from crossforce.agreements.endpoints.leaving import router as leaving
from crossforce.agreements.endpoints.preview import router as preview
from crossforce.agreements.endpoints.reading import router as reading

router = Router(tags=["agreements"])
for part in (keys, preview, drafts, reading, acts, leaving):
    router.add_router("", part)

__all__ = ["router"]
