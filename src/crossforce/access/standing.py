"""Standing access: what an office sees and does without any agreement, from the rule pack of that name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crossforce.access.choices import EVERY, OWN
from crossforce.kernel import rulepacks
from crossforce.people import api as people


@dataclass(frozen=True, slots=True)
class StandingGrant:
    """One rule for one kind: the roles whose standing power carries it."""

    rule: str
    kind: str
    holder: str
    roles: list[str]
    actions: list[str]
    marking: str


def standing_grants(kinds: Iterable[str], on: date) -> Iterator[StandingGrant]:
    """Every rule of the pack, for each registered kind that it names, and for what is no record kind."""
    registered = sorted(kinds)
    for name, rule in rulepacks.load("standing-access").under("access", on).items():
        known = sorted({*registered, *(each for each in rule["kinds"] if "*" not in each)})
        own, everywhere = people.roles_with(rule["power"], on=on)
        for roles, holder in ((own, rule.get("holder", OWN)), (everywhere, EVERY)):
            for kind in known:
                if roles and _names(rule["kinds"], kind):
                    yield StandingGrant(
                        name, kind, holder, sorted(roles), rule["actions"], rule["marking"]
                    )


def _names(patterns: Iterable[str], kind: str) -> bool:
    return any(
        each in (kind, "*") or (kind.startswith(each.removesuffix("*")) and each.endswith(".*"))
        for each in patterns
    )
