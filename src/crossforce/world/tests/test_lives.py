"""The invented people: the same each time, with right numbers, and written down as badly as is said."""

import csv
import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

import pytest
from pyarrow import parquet

from crossforce.nominals import mapping
from crossforce.world.operations import people
from crossforce.world.rules.lives import cells, exports, holdings, numbers
from crossforce.world.rules.lives.held import Held, Nominal
from crossforce.world.rules.lives.sources import Sources

SMALL, SOME = 200, 1_200
TODAY = date(2026, 11, 23)
SAID: Mapping[str, int] = people.lists().settings["slips"]


@pytest.fixture(scope="module")
def world() -> Mapping[str, Held]:
    return people.everybody(SOME)


@pytest.fixture(scope="module")
def nominals(world: Mapping[str, Held]) -> list[Nominal]:
    return [each for held in world.values() for each in held.people]


def digest(held: Mapping[str, Held]) -> str:
    written = hashlib.sha256()
    for force, shape in people.shapes().items():
        if shape.file["type"] != "parquet" and force in held:
            for kind, file in exports.files(shape, held[force]):
                written.update(f"{force} {kind} {len(file)}".encode() + file)
    return written.hexdigest()


class TestMade:
    def test_the_same_seed_writes_the_same_bytes_anywhere(self) -> None:
        assert (
            digest(people.everybody(SMALL))
            == "73f8503d9340bf7bace58e2fbfbc6c7c2f779021439874fc8e59f61260c34331"
        )

    def test_another_seed_makes_other_people(self) -> None:
        of = people.lists()
        other = sources_with(seed=7)
        one, two = (holdings.block(each, 0) for each in (of, other))
        assert one != two

    def test_a_smaller_world_is_the_beginning_of_a_larger(
        self, world: Mapping[str, Held]
    ) -> None:
        small = people.everybody(SMALL)
        for force, held in small.items():
            assert world[force].people[: len(held.people)] == held.people
            assert world[force].ties[: len(held.ties)] == held.ties

    def test_everybody_is_known_to_somebody(self, nominals: list[Nominal]) -> None:
        assert {each.life for each in nominals} == set(range(1, SOME + 1))

    def test_eight_forces_hold_people_and_some_hold_the_same(
        self, world: Mapping[str, Held]
    ) -> None:
        forces = defaultdict(set)
        for force, held in world.items():
            for each in held.people:
                forces[each.life].add(force)
        several = Counter(min(len(each), 4) for each in forces.values())
        assert len(world) == 8
        assert several[2] > SOME / 10
        assert several[3] + several[4] > SOME / 60
        assert several[4]


class TestTied:
    def test_both_ends_are_held_by_the_force(self, world: Mapping[str, Held]) -> None:
        for held in world.values():
            numbers_of = {
                "person": {each.number for each in held.people},
                "object": {each.number for each in held.cars},
                "location": {each.number for each in held.places},
                "event": {each.number for each in held.events},
            }
            for tie in held.ties:
                one, other = tie.what.split()
                assert tie.one in numbers_of[one]
                assert tie.other in numbers_of[other]
                assert tie.until is None or tie.since <= tie.until

    @pytest.mark.parametrize("kind", ["people", "cars", "places", "events", "ties"])
    def test_a_number_is_given_once_in_a_force(
        self, world: Mapping[str, Held], kind: str
    ) -> None:
        for held in world.values():
            given = [each.number for each in getattr(held, kind)]
            assert len(given) == len(set(given))

    def test_nobody_is_met_before_they_are_ten(self, nominals: list[Nominal]) -> None:
        right = [each for each in nominals if not each.slips and len(each.born) == 10]
        assert all(int(each.born[:4]) + 10 <= each.recorded_on.year for each in right)

    def test_nothing_begins_or_ends_in_the_hour_that_clocks_change(
        self, world: Mapping[str, Held]
    ) -> None:
        for held in world.values():
            for each in held.events:
                begins, lasts = each.event.begins, each.event.lasts
                assert begins.hour != 1
                assert (begins + lasts).hour != 1


class TestNumbers:
    def test_check_letters_are_right(self, nominals: list[Nominal]) -> None:
        pncs = [number for each in nominals for number in each.pnc]
        assert pncs
        for pnc in pncs:
            assert pnc[-1] == numbers.CHECK_LETTERS[int(pnc[2:4] + pnc[5:12]) % 23]
        for cro in filter(None, (each.cro for each in nominals)):
            assert cro[-1] == numbers.CHECK_LETTERS[int(cro[7:9] + cro[:6]) % 23]

    def test_are_of_ranges_that_nobody_has(self, world: Mapping[str, Held]) -> None:
        for held in world.values():
            for each in held.people:
                assert not each.nino or each.nino.startswith("QQ")
                assert not each.telephone or each.telephone[3:10] in numbers.DRAMA
                assert all(int(pnc[5:12]) > 8_000_000 for pnc in each.pnc)
            for car in held.cars:
                assert int(car.vehicle.registration[2:4]) in numbers.MADE_IN

    def test_nobody_shares_a_telephone_by_chance(self) -> None:
        had = [numbers.telephone(life) for life in range(1, 60_001)]
        own = [each for each in had if each]
        assert len(own) == len(set(own)) == 15_000


class TestSlips:
    @pytest.mark.parametrize(
        "slip", ["family-misspelt", "given-misspelt", "address-missing", "born-default"]
    )
    def test_happen_as_often_as_is_said(self, nominals: list[Nominal], slip: str) -> None:
        found = sum(slip in each.slips for each in nominals) * 1_000 / len(nominals)
        assert SAID[slip] * 0.6 < found < SAID[slip] * 1.4

    def test_every_slip_happens_and_no_other(self, nominals: list[Nominal]) -> None:
        seen = {slip for each in nominals for slip in each.slips}
        silent = {"sex-missing", "telephone-missing", "entered-again"}
        assert seen <= set(SAID)
        assert seen >= set(SAID) - silent - {
            "alias-given",
            "other-surname",
            "day-month-swapped",
        }

    def test_somebody_is_entered_twice_in_one_force(self, world: Mapping[str, Held]) -> None:
        twice = sum(
            number - 1
            for held in world.values()
            for number in Counter(each.life for each in held.people).values()
        )
        assert SOME / 100 < twice < SOME / 10


class TestExports:
    def test_a_row_for_each_record_in_every_shape(self, world: Mapping[str, Held]) -> None:
        for force, shape in people.shapes().items():
            held = world[force]
            wanted = {kind: len(list(rows)) for kind, rows in cells.rows(held).items()}
            found = {kind: rows_of(shape, file) for kind, file in exports.files(shape, held)}
            assert found == wanted

    def test_every_row_is_read_by_its_mapping_and_none_refused(self) -> None:
        for force, held in people.everybody(SMALL).items():
            for sent in people.exported(force, held):
                found = list(mapping.parse(io.BytesIO(sent.file), sent.mapping, on=TODAY))
                assert not [each for each in found if isinstance(each, mapping.Refused)]
                assert len(found) == len(list(cells.rows(held)[sent.kind]))

    def test_names_come_through_each_shape_as_they_were_written(
        self, world: Mapping[str, Held]
    ) -> None:
        for force, held in world.items():
            sent = next(people.exported(force, held))
            written = {each.number: each for each in held.people[:40]}
            shape = people.shapes()[force]
            read = {
                each.reference: each
                for each in mapping.parse(io.BytesIO(sent.file), sent.mapping, on=TODAY)
                if isinstance(each, mapping.Record)
            }
            for number, nominal in written.items():
                found = read[shape.numbers["person"].format(number)].values
                wanted = numbers.plain(nominal.family).casefold()
                assert numbers.plain(found["family_name"]).casefold() == wanted
                assert found["born"] == nominal.born
                assert set(found["categories"]) == set(nominal.categories)
                assert set(found["warnings"]) == set(nominal.warnings)

    def test_forces_share_no_number_of_somebody_whom_they_share(
        self, world: Mapping[str, Held]
    ) -> None:
        found = Counter(
            (each.life, each.number) for held in world.values() for each in held.people
        )
        assert max(found.values()) == 1

    def test_the_truth_is_beside_and_not_within(self, world: Mapping[str, Held]) -> None:
        told = list(people.truth(world))
        assert len(told) == sum(len(held.people) for held in world.values())
        assert len({(force, number) for force, number, *_ in told}) == len(told)


def rows_of(shape: exports.Shape, file: bytes) -> int:
    if shape.ending == "parquet":
        return int(parquet.read_table(io.BytesIO(file)).num_rows)
    text = file.decode(shape.encoding)
    if shape.ending == "jsonl":
        return len([json.loads(line) for line in text.splitlines()])
    delimiter = shape.file.get("delimiter", ",")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert len({len(row) for row in rows}) == 1
    return len(rows) - 1


def sources_with(*, seed: int) -> Sources:
    of = people.lists()
    return Sources(**{**vars(of), "settings": {**of.settings, "seed": seed}})
