"""A force keeps its own tree of units; joint units come from agreements."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, StaleVersion
from crossforce.kernel.testing import ground
from crossforce.kernel.words import Words
from crossforce.organisations import operations, queries
from crossforce.organisations.models import Unit
from crossforce.organisations.operations import NewUnit
from crossforce.organisations.tests.factories import ASHA, AT, BRYN, COLE, KEEPER, day, entries

pytestmark = pytest.mark.django_db


def open_unit(code: str, **changes: Any) -> Unit:
    unit = NewUnit(
        code=code,
        name=Words(en=code.replace("-", " ").capitalize()),
        since=changes.pop("since", day("2026-01-01")),
        until=changes.pop("until", None),
        above=changes.pop("above", None),
    )
    order: dict[str, Any] = {"actor": ASHA, "organisation": "avon-and-somerset", "at": AT}
    return operations.open_unit(**(order | changes), unit=unit)


def bring_in(code: str, agreement: str = "sw-tri-force", **changes: Any) -> Unit:
    unit = NewUnit(code=code, name=Words(en=code), since=day("2014-04-01"))
    order: dict[str, Any] = {"actor": KEEPER, "agreement": agreement, "at": AT}
    return operations.bring_in_joint_unit(**(order | changes), unit=unit)


@ground.fixture
def tree(loaded: None) -> dict[str, Unit]:
    operations_command = open_unit("operations")
    armed = open_unit("armed-response", above=operations_command.pk)
    dogs = open_unit("dogs", above=operations_command.pk)
    return {unit.code: unit for unit in (operations_command, armed, dogs)}


class TestOpenUnit:
    def test_stands_in_the_tree(self, tree: dict[str, Unit]) -> None:
        found = queries.units(ASHA, organisation="avon-and-somerset")
        assert [each.code for each in found] == ["operations", "armed-response", "dogs"]
        assert len(entries("unit.opened")) == 3

    def test_refuses_another_force(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours, match="for avon-and-somerset"):
            open_unit("dogs", actor=BRYN)

    def test_refuses_an_office_without_the_power(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours):
            open_unit("dogs", actor=COLE, organisation="kent")

    def test_refuses_a_code_that_is_taken(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(operations.CannotOpenUnit, match="already"):
            open_unit("dogs")

    def test_refuses_a_day_before_the_force(self, loaded: None) -> None:
        with pytest.raises(operations.CannotOpenUnit, match="does not exist"):
            open_unit("dogs", since=day("1900-01-01"))

    def test_refuses_a_place_under_an_unknown_unit(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(Missing):
            open_unit("horses", above=Unit().pk)

    def test_refuses_to_outlive_the_unit_above(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(operations.CannotOpenUnit, match="whole time"):
            open_unit("horses", above=tree["dogs"].pk, since=day("2025-01-01"))


class TestChangeUnit:
    def change(self, unit: Unit, **changes: Any) -> Unit:
        order: dict[str, Any] = {
            "actor": ASHA,
            "unit": unit.pk,
            "version": unit.version,
            "name": Words(en="Dog section", cy="Adran gŵn"),
            "above": None,
            "at": AT,
        }
        return operations.change_unit(**(order | changes))

    def test_gives_a_name_and_a_place(self, tree: dict[str, Unit]) -> None:
        changed = self.change(tree["dogs"], above=tree["armed-response"].pk)
        assert (changed.name.cy, changed.parent_id) == ("Adran gŵn", tree["armed-response"].pk)

    def test_refuses_a_loop(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(operations.CannotPlaceUnit, match="below itself"):
            self.change(tree["operations"], above=tree["dogs"].pk)

    def test_refuses_a_stale_version(self, tree: dict[str, Unit]) -> None:
        self.change(tree["dogs"])
        with pytest.raises(StaleVersion):
            self.change(tree["dogs"])

    def test_refuses_another_force(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(operations.NotYours):
            self.change(tree["dogs"], actor=BRYN)

    def test_refuses_another_forces_tree(self, tree: dict[str, Unit]) -> None:
        theirs = open_unit("dogs", actor=BRYN, organisation="gloucestershire")
        with pytest.raises(operations.CannotPlaceUnit, match="one owner"):
            self.change(tree["dogs"], above=theirs.pk)


class TestCloseUnit:
    def close(self, unit: Unit, on: str = "2026-06-01") -> Unit:
        return operations.close_unit(
            actor=ASHA, unit=unit.pk, version=unit.version, on=day(on), at=AT
        )

    def test_ends_it_on_the_day(self, tree: dict[str, Unit]) -> None:
        self.close(tree["dogs"])
        codes = [
            each.code
            for each in queries.units(
                ASHA, organisation="avon-and-somerset", on=date(2026, 6, 1)
            )
        ]
        assert codes == ["operations", "armed-response"]

    def test_refuses_while_units_below_are_open(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(operations.CannotCloseUnit, match="armed-response, dogs"):
            self.close(tree["operations"])

    def test_refuses_a_second_end(self, tree: dict[str, Unit]) -> None:
        closed = self.close(tree["dogs"])
        with pytest.raises(operations.CannotCloseUnit, match="already"):
            self.close(closed, on="2026-07-01")

    def test_refuses_an_unknown_unit(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(Missing):
            self.close(Unit(version=1))


class TestJointUnit:
    def test_belongs_to_its_agreement(self, loaded: None) -> None:
        made = bring_in("tri-force-sou")
        assert made.owner == "sw-tri-force"
        assert queries.joint_units(ASHA, agreement="sw-tri-force") == [made]

    def test_is_brought_in_once(self, loaded: None) -> None:
        assert bring_in("tri-force-sou") == bring_in("tri-force-sou")
        assert len(entries("unit.opened")) == 1

    def test_refuses_the_code_of_another_agreement(self, loaded: None) -> None:
        bring_in("tri-force-sou")
        with pytest.raises(operations.CannotOpenUnit, match="already"):
            bring_in("tri-force-sou", agreement="se-jou")

    def test_refuses_a_force_on_its_own(self, loaded: None) -> None:
        with pytest.raises(operations.NotYours):
            bring_in("tri-force-sou", actor=ASHA)


class TestDatabase:
    def test_refuses_a_loop(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(IntegrityError, match="below itself"), guarded.acting(KEEPER):
            Unit.objects.filter(pk=tree["operations"].pk).update(parent=tree["dogs"].pk)

    def test_refuses_a_tree_of_two_owners(self, tree: dict[str, Unit]) -> None:
        theirs = open_unit("dogs", actor=BRYN, organisation="gloucestershire")
        with pytest.raises(IntegrityError, match="one owner"), guarded.acting(KEEPER):
            Unit.objects.filter(pk=theirs.pk).update(parent=tree["dogs"].pk)

    def test_refuses_a_unit_of_nobody(self, tree: dict[str, Unit]) -> None:
        with pytest.raises(IntegrityError), guarded.acting(KEEPER):
            Unit.objects.filter(code="armed-response").update(organisation=None, parent=None)
