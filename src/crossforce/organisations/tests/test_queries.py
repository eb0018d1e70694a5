"""Reads: the directory from the database, the list, and the tree of units."""

from datetime import date
from typing import Any

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.lists import Asked
from crossforce.organisations import directory, queries
from crossforce.organisations.models import Organisation, Unit
from crossforce.organisations.tests.factories import ASHA, AT, KEEPER, day
from crossforce.organisations.tests.test_units import open_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
TODAY = AT.date()


def listed(sort: str = "name", limit: int | None = None, **filters: str) -> list[queries.Line]:
    asked = Asked(filters, sort.removeprefix("-"), sort.startswith("-"), 0, limit)
    return list(queries.listed(ASHA, asked, today=TODAY).rows)


class TestDirectory:
    def test_is_the_shipped_one(self) -> None:
        assert queries.directory() == directory.shipped()

    def test_is_built_once_until_an_operation_changes_it(
        self, django_assert_num_queries: Any
    ) -> None:
        kept = queries.directory()
        with django_assert_num_queries(1):
            assert queries.directory() is kept

    def test_is_built_with_few_questions(self, django_assert_num_queries: Any) -> None:
        queries._kept.clear()
        with django_assert_num_queries(9):
            queries.directory()


class TestOrganisations:
    def test_finds_a_body_by_the_name_it_had(self) -> None:
        found = queries.organisations(
            ASHA, queries.Wanted(words="wiltshire constabulary"), today=TODAY
        )
        assert "wiltshire" in [each.code for each in found]

    def test_finds_every_body_of_a_region_on_a_day(self) -> None:
        wanted = queries.Wanted(region="wales", on=date(2012, 11, 21))
        found = {each.code for each in queries.organisations(ASHA, wanted, today=TODAY)}
        assert {"gwent", "chief-constable-gwent", "police-authority-gwent"} <= found
        assert "pcc-gwent" not in found

    def test_says_what_each_was_called_on_the_day(self) -> None:
        names = {line.body.code: line.name.en for line in listed(kind="force", on="2008-03-01")}
        assert names["wiltshire"] == "Wiltshire Constabulary"
        assert names["west-mercia"] == "West Mercia Constabulary"

    def test_sorts_the_ended_first_when_asked(self) -> None:
        ends = [line.body.until for line in listed(sort="-until", limit=20)]
        assert ends == sorted((each for each in ends if each), reverse=True)

    def test_survives_what_a_database_cannot_hold(self) -> None:
        assert not listed(q="\x00dyfed\x00powys-nowhere")
        with pytest.raises(Missing):
            queries.organisation(ASHA, "gwent\x00")


class TestUnits:
    def test_come_parents_first_whatever_their_names(self) -> None:
        zebra = open_unit("zebra")
        apple = open_unit("apple", above=zebra.pk)
        pear = open_unit("pear", above=apple.pk)
        found = queries.units(ASHA, organisation="avon-and-somerset")
        assert found == [zebra, apple, pear]

    def test_show_a_unit_whose_parent_has_ended(self) -> None:
        above = open_unit("old", until=day("2026-06-01"))
        unit = open_unit("young", until=day("2026-06-01"), above=above.pk)
        with guarded.acting(KEEPER):
            Unit.objects.filter(pk=unit.pk).update(until=None)
        found = queries.units(ASHA, organisation="avon-and-somerset", on=date(2026, 7, 1))
        assert [each.code for each in found] == ["young"]

    def test_of_another_organisation_are_missing(self) -> None:
        unit = open_unit("dogs")
        with pytest.raises(Missing):
            queries.unit(ASHA, unit.pk, organisation="kent")
        assert queries.unit(ASHA, unit.pk).organisation == Organisation.objects.get(
            code="avon-and-somerset"
        )


class TestAnswers:
    def test_heirs_and_figures_of_nobody_are_missing(self) -> None:
        for ask in (
            lambda: queries.heirs(ASHA, "atlantis", on=TODAY),
            lambda: queries.figures(ASHA, "atlantis"),
            lambda: queries.profile(ASHA, "atlantis", today=TODAY),
        ):
            with pytest.raises(Missing):
                ask()
