"""What documents may name: functions, purposes, record kinds, roles, schedules, with words for each."""

from collections.abc import Mapping
from functools import cache

from crossforce.agreements import wording
from crossforce.agreements.diff import Names
from crossforce.agreements.document import AgreementDocument
from crossforce.kernel import registry, rulepacks
from crossforce.kernel.words import Words, read_out
from crossforce.organisations.directory import Directory


@cache
def functions() -> Mapping[str, Words]:
    """The catalogue of functions: words by code."""
    return {rule.key: _words(rule.value["title"]) for rule in rulepacks.load("functions").rule}


def title_of_function(code: str) -> Words:
    """What a function is called; a code that the catalogue does not know is read out."""
    return functions().get(code) or Words(en=read_out(code) or "–")


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


def record_kinds() -> Mapping[str, Words]:
    """Every record kind, announced or registered: words by name; the registered one counts."""
    registered = {
        each.name: Words(en=each.title, cy=each.title_cy or None)
        for each in registry.record_kinds
    }
    return {**announced_kinds(), **registered}


@cache
def roles() -> Mapping[str, Words]:
    """The roles of postings: words by code."""
    return {rule.key: _words(rule.value) for rule in rulepacks.load("roles").rule}


@cache
def schedules() -> Mapping[str, Words]:
    """The retention schedules: words by code."""
    rows = rulepacks.load("retention-schedules").rule
    return {rule.key: _words(rule.value["title"]) for rule in rows}


def names_of(directory: Directory) -> Names:
    """Words for any code of a document, to tell changes with."""
    return names(directory).words


def names(directory: Directory, *documents: AgreementDocument) -> wording.Names:
    """Names for saying documents: the directory's, the catalogues', and the documents' own."""
    titles: dict[str, Words] = dict(functions())
    units: dict[str, Words] = {}
    for document in documents:
        titles |= {each.code: each.title for each in document.function if each.title}
        units |= {each.code: each.title for each in document.unit if each.title}
    return wording.Names(
        organisations={
            each.code: each.short_name or each.name for each in directory.organisations
        },
        functions=titles,
        units=units,
        kinds=record_kinds(),
        purposes=purposes(),
        roles=roles(),
        schedules=schedules(),
    )


def _words(value: Mapping[str, str]) -> Words:
    return Words.model_validate({key: value[key] for key in ("en", "cy") if value.get(key)})
