"""Where evidence stands, and what organisations are called."""

from datetime import date

from crossforce.evidence.choices import ITEM
from crossforce.kernel.guarded import ScopeOf
from crossforce.organisations import api as organisations
from crossforce.records import api as records

SIDES = frozenset({"force", "national-body", "partner"})


def in_place(place: records.Place, kind: str = ITEM) -> ScopeOf:
    """What the scope of an original, or of another such part, is described by, where its exhibit stands."""
    return ScopeOf(place.holder, kind, place.collection, place.compartment, place.marking)


def called(code: str) -> str:
    """An organisation by its name; what no organisation has as its code is read out."""
    found = organisations.directory().get(code)
    return str(found.name.en) if found else code or "nobody"


def sides(on: date) -> list[tuple[str, str]]:
    """Who may have an exhibit that day: forces, national bodies and partners, each by code and name."""
    found = organisations.directory().organisations
    return sorted(
        (
            (each.code, str(each.name.en))
            for each in found
            if each.kind in SIDES and each.exists(on)
        ),
        key=lambda side: side[1],
    )
