"""What forces hold of people, objects, locations and events, and how it came."""

from crossforce.nominals.models.alert import Alert
from crossforce.nominals.models.feed import Change, Follower, News, SearchedScope
from crossforce.nominals.models.interest import Interest
from crossforce.nominals.models.loading import Load, Quarantine, Source
from crossforce.nominals.models.match import Likeness, Match, Weighed
from crossforce.nominals.models.pole import Event, Location, Object, Person
from crossforce.nominals.models.tie import Tie

__all__ = [
    "Alert",
    "Change",
    "Event",
    "Follower",
    "Interest",
    "Likeness",
    "Load",
    "Location",
    "Match",
    "News",
    "Object",
    "Person",
    "Quarantine",
    "SearchedScope",
    "Source",
    "Tie",
    "Weighed",
]
