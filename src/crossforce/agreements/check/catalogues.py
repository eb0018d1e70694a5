"""The names a document may use: functions, purposes, roles, record kinds, actions.

They stand in shipped rule packs, and record kinds in the kernel's registry as well. A pack that is
not shipped leaves its names unknown, and they are then not looked up.
"""

from collections.abc import Collection
from functools import cache
from typing import get_args

from crossforce.agreements.document.values import Action
from crossforce.kernel import registry, rulepacks


def functions() -> Collection[str] | None:
    """The functions of the catalogue."""
    return _keys("functions")


def purposes() -> Collection[str] | None:
    """The purposes for which access may be granted."""
    known = _keys("purposes")
    return known and frozenset(each.removeprefix("purpose.") for each in known)


def roles() -> Collection[str] | None:
    """The roles to which access may be granted."""
    return _keys("roles")


def schedules() -> Collection[str] | None:
    """The retention schedules."""
    return _keys("retention-schedules")


def record_kinds() -> Collection[str] | None:
    """The record kinds of the services there are, and of those announced."""
    announced = _keys("announced-kinds")
    registered = registry.record_kinds.names()
    return None if announced is None else frozenset(announced) | frozenset(registered)


def actions() -> Collection[str]:
    """The actions that the platform decides on."""
    return get_args(Action)


@cache
def _keys(pack: str) -> frozenset[str] | None:
    if pack not in rulepacks.names():
        return None
    return frozenset(rule.key for rule in rulepacks.load(pack).rule)
