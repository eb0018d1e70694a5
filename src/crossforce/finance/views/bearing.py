"""A budget as its page tells it: who bears what by which clause, when it falls due, and what its lines come to."""

from crossforce.finance.choices import Sort
from crossforce.finance.queries.budgets import Shown
from crossforce.finance.views import tables
from crossforce.kernel.money import in_parts
from crossforce.kernel.web.tables import Table, heads


def bearing(shown: Shown) -> Table:
    """Who bears which part of it."""
    named = tables.names()
    standing = shown.position.plan.standing if shown.position else ()
    shares = in_parts(standing[-1].shares) if standing else {}
    rows = [
        [
            named(each.party),
            shares.get(each.party, "–"),
            *(tables.pounds(pence) for pence in (each.gross, each.in_kind, each.due)),
            "–" if each.party == shown.row.lead else tables.pounds(each.charged),
        ]
        for each in shown.bearings
    ]
    numbers = "Latest share|Part of the cost|Given in kind|To pay|Charged so far"
    return Table("Who bears it", heads("Force", numbers), rows)


def apart(shown: Shown) -> Table | None:
    """Where the shares that it keeps are others than those of who takes part now; None where they are not."""
    if shown.apart is None:
        return None
    named = tables.names()
    found = [(force, *shown.apart.of(force)) for force in shown.apart.forces]
    rows = [
        [named(force), *(tables.pounds(each) for each in (kept, now, now - kept))]
        for force, kept, now in found
    ]
    numbers = "By the shares kept|By who takes part now|Difference"
    return Table("To pay of the year", heads("Force", numbers), rows)


def clauses(shown: Shown) -> list[tuple[str, str, str]]:
    """Each stretch of days, by which clause, and what of it is assumed."""
    if shown.position is None:
        return []
    return [
        (
            f"{tables.day(each.starts_on)} until before {tables.day(each.ends_on)}",
            str(each.why or "no clause"),
            each.why.assumed or "" if each.why else "",
        )
        for each in shown.position.plan.standing
    ]


def instalments(shown: Shown) -> Table:
    """What falls due of each force, part by part."""
    named = tables.names()
    parts = list(dict.fromkeys(each.part for each in shown.instalments))
    by_party: dict[str, list[str]] = {}
    for each in shown.instalments:
        by_party.setdefault(each.party, []).append(tables.pounds(each.due))
    rows = [[named(party), *due] for party, due in by_party.items()]
    return Table(
        "When it falls due", heads("Force", "|".join(each.label for each in parts)), rows
    )


def sums(shown: Shown) -> Table:
    """What its lines come to, by their sort."""
    if shown.position is None:
        return Table("Lines so far", [])
    rows = [
        [tables.SORTS[sort], tables.pounds(shown.position.total(sort))]
        for sort in (Sort.ACTUAL, Sort.IN_KIND, Sort.COMMITMENT, Sort.FORECAST, Sort.CHARGE)
    ]
    return Table("Lines so far", heads("Sort", "Together"), rows)
