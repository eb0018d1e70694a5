"""The catalogues that documents draw on: functions with their titles and categories."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from crossforce.kernel import rulepacks
from crossforce.kernel.words import Words


@cache
def function_titles() -> Mapping[str, Words]:
    """The title of every function in the catalogue, by code."""
    rows = rulepacks.load("functions").rule
    return MappingProxyType({row.key: Words.model_validate(row.value["title"]) for row in rows})


@cache
def function_categories() -> Mapping[str, str]:
    """The category of every function in the catalogue, by code."""
    return MappingProxyType(
        {row.key: row.value["category"] for row in rulepacks.load("functions").rule}
    )
