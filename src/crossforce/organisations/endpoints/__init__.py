"""The directory over HTTP: reading is open to everybody, changing takes the same powers as the pages.

A change to a row names the version that it was made on; an old one answers 412.
"""

from crossforce.organisations.endpoints import bodies, reading, units
from crossforce.organisations.endpoints.routing import router

__all__ = ["bodies", "reading", "router", "units"]
