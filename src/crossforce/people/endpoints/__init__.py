"""People over HTTP: the same queries and operations as the pages.

A change to a row carries If-Match with the ETag that was read; an old one answers 412.
"""

from ninja import Router

from crossforce.people.endpoints import holdings, staff

router = Router(tags=["people"])
router.add_router("", staff.router)
router.add_router("", holdings.router)
