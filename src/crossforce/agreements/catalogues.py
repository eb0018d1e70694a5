"""What documents may name: functions, purposes, record kinds, with words for each."""

from collections.abc import Mapping
from functools import cache

from crossforce.agreements.diff import Names
from crossforce.kernel import rulepacks
from crossforce.kernel.words import Words
from crossforce.organisations.directory import Directory


@cache
def functions() -> Mapping[str, Words]:
    """The catalogue of functions: words by code."""
    return {rule.key: _words(rule.value["title"]) for rule in rulepacks.load("functions").rule}


@cache
def function_categories() -> Mapping[str, str]:
    """The category of each function of the catalogue."""
    return {rule.key: rule.value["category"] for rule in rulepacks.load("functions").rule}


@cache
def purposes() -> Mapping[str, Words]:
    """The purposes a person may act for: words by code."""
    rows = rulepacks.load("purposes").rule
    return {rule.key.removeprefix("purpose."): _words(rule.value) for rule in rows}


@cache
def announced_kinds() -> Mapping[str, Words]:
    """Record kinds of services that are announced: words by name."""
    return {rule.key: _words(rule.value) for rule in rulepacks.load("announced-kinds").rule}


def names_of(directory: Directory) -> Names:
    """Words for the code of an organisation, function, purpose or kind, to tell changes with."""

    def words(code: str) -> Words | None:
        found = directory.get(code)
        if found:
            return found.short_name or found.name
        return functions().get(code) or purposes().get(code) or announced_kinds().get(code)

    return words


def _words(value: Mapping[str, str]) -> Words:
    return Words.model_validate({key: value[key] for key in ("en", "cy") if value.get(key)})
