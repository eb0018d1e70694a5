"""Benefits over HTTP: the same queries and operations as the pages."""

from ninja import Router

from crossforce.benefits.endpoints import benefits, savings

router = Router(tags=["benefits"])
for part in (savings, benefits):
    router.add_router("", part.router)
