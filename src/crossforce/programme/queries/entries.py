"""The register: its entries, who is to be asked, what is alike, and what it says in numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from crossforce.access import api as access
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import ENTRY, Gate, Limb, Stage
from crossforce.programme.models.fields import parted
from crossforce.programme.queries import known, owned
from crossforce.programme.queries.cases import cases_of
from crossforce.programme.rules import collaboration, likeness, projects, register, staleness
from crossforce.programme.rules.collaboration import Claim, Verdict
from crossforce.programme.rules.register import MOVES, Entry, Move
from crossforce.programme.rules.statistics import Statistics, Surroundings, regions, statistics
from crossforce.records import api as records


class NoSuchEntry(Missing):
    """There is no such entry in a register, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; empty means all. `stale` asks for those that need a look.

    `words` are all in what the entry says of itself; `region` is that of one of its forces.
    """

    holder: str = ""
    stage: str = ""
    function: str = ""
    stale: bool = False
    words: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in a list: its row, as the rules see it, and whether it needs a look."""

    row: models.RegisterEntry
    entry: Entry
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A register as its reader sees it."""

    entries: Sequence[Listed]
    numbers: Statistics
    holders: Sequence[str]
    may_add: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry: the verdict of its test, where it may go and what each way lacks, its projects."""

    row: models.RegisterEntry
    entry: Entry
    verdict: Verdict
    ways: Sequence[tuple[Stage, Sequence[str]]]
    due_on: date | None
    projects: Sequence[models.Project]
    alike: Sequence[likeness.Pair]
    may_edit: bool
    may_look: bool


@guarded.acts
def entries(actor: Actor, wanted: Wanted, at: datetime) -> Register:
    """The entries that the actor may read, by stage and title, with the numbers of them."""
    on = civil.day_of(at)
    figures = known.practice(on)
    every = _all(wanted)
    around = known.surroundings(on)
    held = [each for each in every if _is_wanted(each.entry, wanted, around)]
    listed = [
        Listed(each.row, each.entry, staleness.is_stale(each.entry, on, figures))
        for each in held
    ]
    shown = [each for each in listed if each.is_stale or not wanted.stale]
    order = list(Stage)
    shown.sort(key=lambda each: (order.index(each.entry.stage), each.entry.title))
    numbers = statistics([each.entry for each in listed], around, on, figures)
    holders = sorted({each.entry.holder for each in every})
    return Register(shown, numbers, holders, known.may_add(actor, ENTRY))


def _is_wanted(entry: Entry, wanted: Wanted, around: Surroundings) -> bool:
    if wanted.holder not in ("", entry.holder):
        return False
    if wanted.region and wanted.region not in regions(entry, around):
        return False
    said = (entry.reference, entry.title, entry.description, entry.owner)
    text = " ".join(said).casefold()
    return all(word in text for word in wanted.words.casefold().split())


@guarded.acts
def chased(actor: Actor, at: datetime) -> list[staleness.Chase]:
    """Whom to ask about which entries that nobody has looked at for too long."""
    on = civil.day_of(at)
    every = [each.entry for each in _all(Wanted())]
    return staleness.chase(every, on, known.practice(on))


@guarded.acts
def alike(actor: Actor, at: datetime) -> list[likeness.Pair]:
    """Entries of the registers that the actor may read which may be one idea twice, or overlap."""
    every = [each.entry for each in _all(Wanted())]
    return likeness.alike(every, known.practice(civil.day_of(at)))


@guarded.acts
def shown(actor: Actor, key: UUID, at: datetime) -> Shown:
    """One entry. Raises NoSuchEntry."""
    row = row_of(key)
    entry, on = entry_of(row), civil.day_of(at)
    figures = known.practice(on)
    whole = move_of(row, "-", "-", at)
    ways = [
        (to, register.lacking(entry, register_move(whole, to))) for to in MOVES[entry.stage]
    ]
    return Shown(
        row=row,
        entry=entry,
        verdict=whole.verdict,
        ways=ways,
        due_on=staleness.due_on(entry, figures),
        projects=sorted(_projects_of(row, entry.holder), key=lambda each: each.title),
        alike=likeness.like(entry, near(entry), figures),
        may_edit=(may := access.may(ENTRY, row.pk, "edit")),
        may_look=may and row.looked_on != on,
    )


def register_move(whole: Move, to: Stage) -> Move:
    """The same knowledge, for another stage."""
    return Move(
        to, whole.verdict, whole.has_case, whole.is_in_force, whole.review, whole.reason
    )


def move_of(row: models.RegisterEntry, reason: str, result: str, at: datetime) -> Move:
    """What is known when the entry is to move."""
    figures = known.practice(civil.day_of(at))
    passed = (
        projects.gates_passed(cases_of(each), figures)
        for each in _projects_of(row, records.place_of(row.scope_id).holder)
    )
    return Move(
        Stage(row.stage),
        collaboration.verdict(claims(row), figures),
        has_case=any(Gate.FBC in each for each in passed),
        is_in_force=bool(row.agreement) and known.in_force(row.agreement, at),
        review=result,
        reason=reason,
    )


def near(entry: Entry) -> list[Entry]:
    """The entries that may be like this one: those of its function, or with a telling word of its title."""
    wanted = Q(function=entry.function) if entry.function else Q(pk=None)
    for word in likeness.telling_words(entry.title):
        wanted |= Q(title__icontains=word)
    rows = models.RegisterEntry.objects.within_reach().filter(wanted)
    return [each.entry for each in _held(rows)]


@guarded.acts
def coded(actor: Actor, holder: str, code: str) -> models.RegisterEntry | None:
    """The entry of that code in the register of the holder, as far as the actor may read it."""
    rows = models.RegisterEntry.objects.within_reach().filter(code=code) if code else ()
    return next(iter(owned.held_by(holder, rows)), None)


def _projects_of(row: models.RegisterEntry, holder: str) -> list[models.Project]:
    """The projects that make the entry real: its own holder's, for another has another entry of that code."""
    rows = models.Project.objects.within_reach().filter(entry=row.code)
    return owned.held_by(holder, rows)


def claims(row: models.RegisterEntry) -> list[Claim]:
    """The limbs of the test that the entry claims, each by its evidence."""
    found = []
    if row.capability_evidence:
        found.append(Claim(Limb.CAPABILITY, row.threat, row.capability_evidence))
    if row.threat_evidence:
        found.append(Claim(Limb.THREAT, row.threat, row.threat_evidence))
    if row.saving_evidence or row.saving is not None:
        found.append(
            Claim(
                Limb.EFFICIENCY,
                row.threat,
                row.saving_evidence,
                row.saving,
                row.saving_method,
                row.protection_before,
                row.protection_after,
                row.baseline,
            )
        )
    return found


def row_of(key: UUID) -> models.RegisterEntry:
    """The row itself, for whoever changes it. Raises NoSuchEntry."""
    row: models.RegisterEntry | None = models.RegisterEntry.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchEntry
    return row


@guarded.acts
def one(actor: Actor, key: UUID) -> models.RegisterEntry:
    """The row, for whoever changes it. Raises NoSuchEntry."""
    return row_of(key)


def entry_of(row: models.RegisterEntry, holder: str = "") -> Entry:
    """The entry as the rules see it."""
    return Entry(
        row.code,
        row.title,
        holder or records.place_of(row.scope_id).holder,
        Stage(row.stage),
        row.description,
        parted(row.forces),
        row.function,
        row.owner,
        row.agreement,
        row.entered_on,
        row.looked_on,
        row.pk,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    row: models.RegisterEntry
    entry: Entry


def _all(wanted: Wanted) -> list[_Held]:
    rows = models.RegisterEntry.objects.within_reach()
    given = {"stage": wanted.stage, "function": wanted.function}
    return _held(rows.filter(**{name: value for name, value in given.items() if value}))


def _held(rows: Iterable[models.RegisterEntry]) -> list[_Held]:
    found = list(rows)
    places = records.places_of({each.scope_id for each in found})
    return [_Held(each, entry_of(each, places[each.scope_id].holder)) for each in found]
