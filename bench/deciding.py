"""Decisions in batches with their clause: ours, and those of Cedar about the same questions."""

import json
import statistics
import time
from collections.abc import Callable, Iterator

import cedarpy

from bench.governed import CASES, HOLDERS, RECORD, Viewer, scope_of, viewer
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.kernel.ids import new_id

OURS, THEIRS = 200_000, 4_000
FORBID = 'forbid (principal, action, resource) when { resource.compartment != "" };\n'
CHOSEN = list(range(0, HOLDERS * CASES, 10))
"""The cases that are asked about; a row of each, again and again."""


def measures() -> Iterator[Measure]:
    """May somebody who sees a third of all read this row, and by which clause?"""
    who = viewer("1650")
    asked = [(scope_of(CHOSEN[n % len(CHOSEN)]), new_id()) for n in range(OURS)]
    answers = access.decide_many(who.actor, RECORD, "read", asked)
    expected = [CHOSEN[n % len(CHOSEN)] in who.cases for n in range(OURS)]
    assert [each is not None for each in answers] == expected
    ours = OURS / _median(lambda: access.decide_many(who.actor, RECORD, "read", asked))
    peer = THEIRS / _median(_cedar(who))
    yield Measure(
        f"decisions with their clause, {OURS:,} at once", ours, "decisions/s",
        "cedarpy, prepared, in batches", peer, more_is_better=True, gate=100,
    )  # fmt: skip


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _cedar(who: Viewer) -> Callable[[], object]:
    """Fifty permits, one for each agreement, and a forbid: the grants of the actor, as Cedar says them."""
    rules = cedarpy.PolicySet.from_str(
        FORBID + "".join(_permit(n, who) for n in range(HOLDERS))
    )
    entities = cedarpy.Entities.from_json_str(json.dumps([_entity(case) for case in CHOSEN]))
    requests = [
        {
            "principal": f'Actor::"{who.name}"',
            "action": 'Action::"read"',
            "resource": f'Record::"{CHOSEN[n % len(CHOSEN)]}"',
            "context": {"role": "investigator", "purpose": "crime-investigation"},
        }
        for n in range(THEIRS)
    ]
    found = cedarpy.is_authorized_batch(requests, rules, entities)
    assert [each.allowed for each in found] == [
        CHOSEN[n % len(CHOSEN)] in who.cases for n in range(THEIRS)
    ]
    return lambda: cedarpy.is_authorized_batch(requests, rules, entities)


def _permit(holder: int, who: Viewer) -> str:
    collections = [collection for number, collection in who.grants() if number == holder]
    which = (
        "true"
        if "" in collections
        else f"{json.dumps(collections)}.contains(resource.collection)"
    )
    return (
        f'permit (principal == Actor::"{who.name}", action in [Action::"find", Action::"read"], resource) when {{'
        f' resource.holder == "bench-holder-{holder:02}" && {which} && resource.compartment == ""'
        ' && ["investigator", "controller"].contains(context.role)'
        ' && context.purpose == "crime-investigation" };\n'
    )


def _entity(case: int) -> dict[str, object]:
    held = {
        "holder": f"bench-holder-{case // CASES:02}",
        "collection": f"case:{case}",
        "compartment": "",
    }
    return {"uid": {"type": "Record", "id": str(case)}, "attrs": held, "parents": []}
