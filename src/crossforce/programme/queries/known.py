"""The codes that entries and projects may speak of, and the figures of the rule pack."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues
from crossforce.kernel import guarded, rulepacks
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.programme.choices import MARKING
from crossforce.programme.rules import statistics
from crossforce.programme.rules.figures import PACK, Figures, figures
from crossforce.records.reading.cells import Known
from crossforce.records.reading.names import bodies, spoken


def known(actor: Actor) -> Known:
    """Functions of the catalogue, bodies of the directory, agreements that the actor may know of."""
    return {
        "function": spoken({code: [words] for code, words in catalogues.functions().items()}),
        "forces": bodies(organisations.directory().organisations),
        "agreement": spoken({each: [] for each in agreements.titles(actor)}),
    }


def agreements_named(actor: Actor, references: Iterable[str]) -> Mapping[str, str]:
    """What these agreements are called, by reference: those of which the actor may know."""
    return agreements.titles(actor, references)


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
