"""Records of every kind over HTTP: the same queries and operations as the pages.

A change to a record carries If-Match with the ETag that was read; an old one answers 412.
"""

from ninja import Router

from crossforce.records.endpoints import beside, keeping, records

router = Router(tags=["records"])
router.add_router("", beside.router)
router.add_router("", records.router)
router.add_router("", keeping.router)
