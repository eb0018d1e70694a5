"""The codes that entries and projects may speak of, and the figures of the rule pack."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues
from crossforce.kernel import guarded, rulepacks
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.programme.choices import MARKING
from crossforce.programme.reading.cells import Known, as_code
from crossforce.programme.rules import statistics
from crossforce.programme.rules.figures import PACK, Figures, figures


def known(actor: Actor) -> Known:
    """Functions of the catalogue, bodies of the directory, agreements that the actor may know of."""
    bodies = organisations.directory().organisations
    references = agreements.visible(actor).values_list("reference", flat=True)
    return {
        "function": _spoken({code: [words] for code, words in catalogues.functions().items()}),
        "forces": _spoken({each.code: list(_names(each)) for each in bodies}),
        "agreement": _spoken({each: [] for each in references}),
    }


def _spoken(names: Mapping[str, Iterable[Words]]) -> dict[str, str]:
    """Each code under itself and under its names, as far as these are one's alone."""
    called = Counter(as_code(name) for several in names.values() for name in _told(several))
    found = {
        said: code
        for code, several in names.items()
        for name in _told(several)
        if called[said := as_code(name)] == 1
    }
    return found | {code: code for code in names}


def _names(body: Any) -> Iterator[Words]:
    yield body.name
    if body.short_name:
        yield body.short_name
    yield from (each.name for each in body.former_names)


def _told(several: Iterable[Words]) -> set[str]:
    return {text for words in several for text in (words.en, words.cy) if text}


def agreement_named(actor: Actor, reference: str) -> str:
    """The title of an agreement; its reference where the actor knows of none, as it was written."""
    if not reference:
        return ""
    found = agreements.visible(actor).filter(reference=reference)
    title: str | None = found.values_list("title_en", flat=True).first()
    return title or reference


def may_add(actor: Actor, kind: str) -> bool:
    """Whether the actor may add records of the kind to their own organisation's; before there are any, too."""
    place = guarded.ScopeOf(actor.organisation, kind, "", "", MARKING)
    return bool(guarded.open_scopes("add", [place]))


def in_force(agreement: str, at: datetime) -> bool:
    """Whether the platform acts on the agreement at the instant."""
    return any(each.is_acted_on for each in agreements.in_force(at, [agreement]))


def practice(on: date) -> Figures:
    """The figures of the day."""
    return figures(rulepacks.load(PACK), on)


def surroundings(on: date) -> statistics.Surroundings:
    """The region of each force, and the category of each function."""
    directory = organisations.directory()
    regions = {each.code: directory.region_of(each.code, on) for each in directory.forces()}
    return statistics.Surroundings(
        {force: region for force, region in regions.items() if region},
        catalogues.function_categories(),
    )
