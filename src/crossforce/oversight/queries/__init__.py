"""Reads of oversight; the actor first."""

from crossforce.oversight.queries.alerts import KNOWN, Rule, alerts, rules
from crossforce.oversight.queries.deciding import (
    Holder,
    Why,
    bodies_posted,
    holders,
    instant_on,
    kind_of,
    kinds_asked,
    own_postings,
    own_units,
    postings_to,
    who_can,
    why,
    why_for,
)
from crossforce.oversight.queries.explorer import (
    Asked,
    Cell,
    Future,
    Line,
    matrix,
    through_time,
)
from crossforce.oversight.queries.granting import ACTING, OPENING, VARIATION, Granter, granters
from crossforce.oversight.queries.grounds import OPENED, Ground, grounds
from crossforce.oversight.queries.looks import COUNTED, answering, counts, looks, shown_of
from crossforce.oversight.queries.notices import Notice, notices, reviews, waiting

__all__ = [
    "ACTING",
    "COUNTED",
    "KNOWN",
    "OPENED",
    "OPENING",
    "VARIATION",
    "Asked",
    "Cell",
    "Future",
    "Granter",
    "Ground",
    "Holder",
    "Line",
    "Notice",
    "Rule",
    "Why",
    "alerts",
    "answering",
    "bodies_posted",
    "counts",
    "granters",
    "grounds",
    "holders",
    "instant_on",
    "kind_of",
    "kinds_asked",
    "looks",
    "matrix",
    "notices",
    "own_postings",
    "own_units",
    "postings_to",
    "reviews",
    "rules",
    "shown_of",
    "through_time",
    "waiting",
    "who_can",
    "why",
    "why_for",
]
