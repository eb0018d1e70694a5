"""What grants that do not stand yet would open, beside those that stand: for a preview.

The database covers them by the function that enforces; nothing is decided here.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from crossforce.access.choices import ACTIONS, Grant
from crossforce.acting import api as acting
from crossforce.insight.choices import Falling, Foreseen, Sight
from crossforce.kernel import statements

FORESEEN: Final = "SELECT access_foreseen(%s, %s)"
COUNTED: Final = "SELECT * FROM access_counted(%s, %s)"
FALLING: Final = "SELECT * FROM access_falling(%s, %s)"
REACH: Final = ("holder", "kind", "collection", "compartment", "marking")
Reach = tuple[str, ...]


def foreseen(
    reference: str, before: Sequence[Grant], after: Sequence[Grant], at: datetime
) -> Foreseen | None:
    """What an agreement's grants before and after open at the instant; all of them hold then.

    None where standing access does not let whoever acts count for a preview.
    """
    grants = (*before, *after)
    reaches = list(dict.fromkeys(map(_reach, grants)))
    content = {
        "agreement": reference,
        "at": at.isoformat(),
        "reaches": [dict(zip(REACH, each, strict=True)) for each in reaches],
        "recipients": sorted({each.recipient for each in grants}),
        "kinds": sorted({each.kind for each in grants}),
        "actions": ACTIONS,
    }
    text: str | None = statements.answer(FORESEEN, *acting.sealed("foresee", content))
    if text is None:
        return None
    answer: dict[str, Any] = json.loads(text)
    covered = dict(zip(reaches, map(frozenset, answer["reaches"]), strict=True))
    viewers = defaultdict(list)
    for viewer, recipient in answer["viewers"]:
        viewers[recipient].append(viewer)
    return Foreseen(
        tuple(_own(before, covered, viewers)),
        tuple(_own(after, covered, viewers)),
        tuple(_beside(answer["beside"])),
    )


def counted(scopes: Iterable[int]) -> dict[int, tuple[str, str, int]]:
    """Kind, holder and number of the records in each scope that has any."""
    asked = acting.sealed("count", {"scopes": sorted(scopes)})
    return {
        scope: (kind, holder, n)
        for scope, kind, holder, n in statements.answers(COUNTED, *asked)
    }


def falling(
    reference: str, before: Sequence[Grant], after: Sequence[Grant], at: datetime
) -> list[Falling]:
    """Single records opened under the agreement that would close when one side follows the other."""
    content = {
        "agreement": reference,
        "at": at.isoformat(),
        "before": _pairs(before),
        "after": _pairs(after),
    }
    return [
        Falling(*row) for row in statements.answers(FALLING, *acting.sealed("falling", content))
    ]


def _reach(grant: Grant) -> Reach:
    return tuple(getattr(grant, name) for name in REACH)


def _pairs(grants: Iterable[Grant]) -> list[dict[str, str]]:
    found = sorted({(each.holder, each.recipient) for each in grants})
    return [{"holder": holder, "recipient": recipient} for holder, recipient in found]


def _own(
    grants: Iterable[Grant],
    covered: Mapping[Reach, frozenset[int]],
    viewers: Mapping[str, Sequence[str]],
) -> Iterator[Sight]:
    for each in grants:
        for viewer in viewers[each.recipient]:
            yield Sight(
                viewer=viewer,
                kind=each.kind,
                actions=frozenset(each.actions),
                units=frozenset(each.units),
                roles=frozenset(each.roles),
                purposes=frozenset(each.purposes),
                scopes=covered[_reach(each)],
                term=each.term,
            )


def _beside(found: Iterable[Mapping[str, Any]]) -> Iterator[Sight]:
    for each in found:
        yield Sight(
            viewer=each["viewer"],
            kind=each["kind"],
            actions=frozenset(each["actions"]),
            units=frozenset(each["units"]),
            roles=frozenset(each["roles"]),
            purposes=frozenset(each["purposes"]),
            scopes=frozenset(each["scopes"]),
        )
