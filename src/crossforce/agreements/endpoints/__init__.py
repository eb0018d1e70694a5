"""Agreements over HTTP: the same operations and queries as the pages, for those who act in a posting."""

# Paths are tried in this order: fixed words before references.
from crossforce.agreements.endpoints import keys as keys  # isort: skip
from crossforce.agreements.endpoints import preview as preview  # isort: skip
from crossforce.agreements.endpoints import drafts as drafts  # isort: skip
from crossforce.agreements.endpoints import reading as reading  # isort: skip
from crossforce.agreements.endpoints import acts as acts  # isort: skip
from crossforce.agreements.endpoints import leaving as leaving  # isort: skip
from crossforce.agreements.endpoints.routing import router

__all__ = ["router"]
