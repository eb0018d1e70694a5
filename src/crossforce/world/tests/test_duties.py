"""The demonstration's people and duties: invented, always the same, and in the shapes of the examples."""

import io
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from crossforce.agreements import catalogues
from crossforce.duty import mapping
from crossforce.duty.tests.exports import apart
from crossforce.people.rules import catalogue
from crossforce.world.operations import accounts, duties, staff
from crossforce.world.rules import rota
from crossforce.world.rules.teams import Person

WORLD = staff.content()
FORTNIGHT = date(2026, 3, 23), date(2026, 4, 5)
HOUR = timedelta(hours=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize("force", ["avon-and-somerset", "gloucestershire", "wiltshire"])
def test_a_sample_is_what_the_demonstration_would_export(force: str) -> None:
    described = duties.described(force)
    sample = duties.FOLDER / f"{force}.{described.file.type}"
    assert sample.read_bytes() == duties.file_of(WORLD, force, FORTNIGHT, LONG_AGO)


def test_every_export_has_a_mapping_that_reads_what_it_writes() -> None:
    for force in {each.force for each in WORLD.people}:
        written = duties.file_of(WORLD, force, FORTNIGHT, LONG_AGO)
        described = duties.described(force)
        assert described.holder == force
        read = mapping.parse(io.BytesIO(written), described, file=force, known=mapping.Known())
        found = list(apart(read, force))
        assert found
        assert all(isinstance(each, mapping.Duty) for each in found), found[-1]


def test_nobody_is_real_and_nobody_is_twice() -> None:
    names = [(each.given_name, each.family_name) for each in WORLD.people]
    assert len(names) == len(set(names))
    assert all(family.endswith(" (synthetic)") for _, family in names)
    keys = [each.key for each in WORLD.people]
    assert len(keys) == len(set(keys))


def test_names_what_the_catalogues_have() -> None:
    roles, skills = catalogue.roles(NOW.date()), catalogue.skills(NOW.date())
    granted, clear = catalogue.authorities(NOW.date()), catalogue.clearances(NOW.date())
    for profile in WORLD.content["profiles"].values():
        assert set(profile["skills"]) <= set(skills)
        assert set(profile["authorities"]) <= set(granted)
        assert profile["clearance"] in clear
    assert {each.role for each in WORLD.people} <= set(roles)
    assert {each.function for each in WORLD.people} <= set(catalogues.functions())
    known = {row["username"] for row in accounts.rows()}
    for row in WORLD.content["cover"]:
        assert row.get("skill", "") in {"", *skills}
        assert row.get("authority", "") in {"", *granted}
    named = [*WORLD.content["export"], *WORLD.content["cover"]]
    assert {row["by"] for row in named} <= known


def test_nobody_is_in_two_duties_at_once() -> None:
    for person in WORLD.people:
        kinds = defaultdict(list)
        for each in _duties(person):
            kinds[each.what].append((each.starts_at, each.ends_at))
        for spans in kinds.values():
            assert all(one[1] <= other[0] for one, other in pairwise(spans)), person


def test_some_of_each_shared_unit_are_on_duty_on_every_day() -> None:
    on = defaultdict(set)
    for person in WORLD.people:
        for each in _duties(person):
            if each.what == "duty":
                on[person.unit, each.starts_at.date()].add(person.key)
    for unit in ("tri-force-sou", "thames-valley-hampshire-jou", "sw-forensics-unit", "zephyr"):
        for day in range(14):
            assert on[unit, FORTNIGHT[0] + timedelta(days=day)], (unit, day)


def test_whoever_is_party_to_none_of_the_three_has_somebody_on_duty_at_every_hour() -> None:
    first, last = date(2026, 9, 1), date(2027, 8, 31)
    filled = set()
    for person in WORLD.people:
        if person.force == "devon-and-cornwall":
            for each in rota.duties(WORLD, person, first, last, LONG_AGO):
                hours = (
                    int((each.ends_at - each.starts_at) / HOUR) if each.what == "duty" else 0
                )
                filled |= {each.starts_at + HOUR * n for n in range(hours)}
    begins = datetime.combine(first, datetime.min.time(), UTC) + timedelta(days=1)
    every = {begins + HOUR * n for n in range(24 * 360)}
    assert every <= filled


def test_only_who_is_on_duty_now_has_a_status() -> None:
    today = NOW.date()
    for person in WORLD.people:
        for each in rota.duties(WORLD, person, today - timedelta(days=3), today, NOW):
            covers = each.starts_at <= NOW < each.ends_at and each.what == "duty"
            assert bool(each.status) == covers


def test_files_that_are_tracked_stay_small() -> None:
    sizes = [path.stat().st_size for path in duties.FOLDER.iterdir()]
    assert sum(sizes) < 1_000_000


def _duties(person: Person) -> list[mapping.Duty]:
    return list(rota.duties(WORLD, person, *FORTNIGHT, LONG_AGO))
