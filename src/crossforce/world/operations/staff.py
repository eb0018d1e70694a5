"""The invented people of the demonstration: entered, posted, and recorded with what they can and may do."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from rich.progress import Progress

from crossforce.kernel import civil, guarded
from crossforce.kernel.periods import Period
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.world.rules import teams
from crossforce.world.rules.teams import Person, World, drawn

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "duties.toml"
SERVED: Final = timedelta(days=4 * 365)
POSTED: Final = timedelta(days=365)
YEAR: Final = timedelta(days=365)
NEAR_ONE_IN, OVER_ONE_IN = 6, 11
REASON: Final = "Demonstration: under review after a training exercise."


def content() -> World:
    """The demonstration's people, as its file has them."""
    return teams.world(tomllib.loads(FILE.read_text(encoding="utf-8")))


def load_staff(progress: Progress, *, at: datetime) -> None:
    """Enter everybody who is not there and whose unit is; a force at a time, all of it or nothing."""
    of = content()
    task = progress.add_task("Demonstration staff", total=len(of.people))
    loader = people.system_actor("world-loader", on=civil.day_of(at))
    units = dict(organisations.Unit.objects.values_list("code", "id"))
    known = _known(loader)
    for _, some in groupby(sorted(of.people, key=lambda each: each.force), lambda p: p.force):
        listed = list(some)
        wanted = [p for p in listed if p.unit in units and (p.force, p.number) not in known]
        _load(loader, of, wanted, units, at)
        progress.advance(task, len(listed))


@guarded.acts
def _known(actor: people.Actor) -> set[tuple[str, str]]:
    rows = people.Staff.objects.values_list("organisation_id", "number", "pk")
    return {(force, number) for force, number, _ in rows}


@transaction.atomic
def _load(
    loader: people.Actor,
    of: World,
    wanted: Sequence[Person],
    units: dict[str, UUID],
    at: datetime,
) -> None:
    for person in wanted:
        staff = _entered(loader, person, units[person.unit], at)
        _qualify(loader, of, person, staff, at)


def _entered(loader: people.Actor, person: Person, unit: UUID, at: datetime) -> UUID:
    particulars = people.Particulars(
        number=person.number,
        given_name=person.given_name,
        family_name=person.family_name,
        kind="officer" if person.rank else "staff",
        rank=person.rank,
    )
    staff = people.add_staff(
        actor=loader,
        organisation=person.force,
        particulars=particulars,
        period=Period(at - SERVED),
        at=at,
    )
    wanted = people.Wanted(person.force, person.role, Period(at - POSTED), unit)
    people.post(actor=loader, staff=staff.pk, wanted=wanted, at=at)
    key: UUID = staff.pk
    return key


def _qualify(
    loader: people.Actor, of: World, person: Person, staff: UUID, at: datetime
) -> None:
    profile = of.content["profiles"][person.profile]
    odd = _odd(person, profile["skills"])
    for code in profile["skills"]:
        since = at - odd[1] if odd and odd[0] == code else at - _ago(person, code)
        skill = people.NewSkill(code, Period(since))
        people.record_skill(actor=loader, staff=staff, skill=skill, at=at)
    vetting = people.NewVetting(profile["clearance"], Period(at - YEAR))
    people.record_vetting(actor=loader, staff=staff, vetting=vetting, at=at)
    for code in profile["authorities"]:
        new = people.NewAuthority(code, Period(at - _ago(person, code)))
        held = people.grant_authority(actor=loader, staff=staff, authority=new, at=at)
        if person.is_suspended:
            people.suspend_authority(
                actor=loader, authority=held.pk, version=held.version, reason=REASON, at=at
            )


def _ago(person: Person, code: str) -> timedelta:
    """When it was shown or granted: not so long ago that it lapses within three months."""
    return timedelta(days=14 + drawn(f"{person.key}/{code}", 250))


def _odd(person: Person, skills: Sequence[str]) -> tuple[str, timedelta] | None:
    """One skill of some people ends within two months, one of a few others has ended."""
    if not skills:
        return None
    code = teams.one_of(f"{person.key}/odd", skills)
    if drawn(f"{person.key}/over", OVER_ONE_IN) == 0:
        return code, YEAR + timedelta(days=1 + drawn(f"{person.key}/since", 40))
    if drawn(f"{person.key}/near", NEAR_ONE_IN) == 0:
        return code, YEAR - timedelta(days=3 + drawn(f"{person.key}/until", 55))
    return None
