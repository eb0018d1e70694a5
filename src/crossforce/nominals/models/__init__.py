"""What forces hold of people, objects, locations and events, and how it came."""

from crossforce.nominals.models.loading import Load, Quarantine, Source
from crossforce.nominals.models.pole import Event, Location, Object, Person
from crossforce.nominals.models.tie import Tie

__all__ = [
    "Event",
    "Load",
    "Location",
    "Object",
    "Person",
    "Quarantine",
    "Source",
    "Tie",
]
