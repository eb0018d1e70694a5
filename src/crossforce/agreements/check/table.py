"""The table of rules: every group, and every rule by its code."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from crossforce.agreements.check import (
    command,
    commands,
    completeness,
    costs,
    dating,
    exits,
    governance,
    grants,
    information,
    interest,
    leads,
    naming,
    organisations,
    origins,
    overlaps,
    participation,
    parties,
    publication,
    relations,
    staffing,
    units,
    welsh,
)
from crossforce.agreements.check.case import Case
from crossforce.agreements.check.rule import Problem, Rule


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are looked for together."""

    title: str
    rules: tuple[Rule, ...]
    find: Callable[[Case], Iterator[Problem]]
    codes: frozenset[str]


def _group(module: ModuleType) -> Group:
    rules: tuple[Rule, ...] = module.RULES
    title = (module.__doc__ or "").split("\n")[0]
    return Group(title, rules, module.find, frozenset(rule.code for rule in rules))


GROUPS = tuple(
    _group(each)
    for each in (
        naming, dating, origins, organisations, parties, completeness, interest, relations, participation, units,
        leads, command, costs, governance, information, publication, staffing, exits, grants,
        overlaps, commands, welsh,
    )
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for group in GROUPS for rule in group.rules}
