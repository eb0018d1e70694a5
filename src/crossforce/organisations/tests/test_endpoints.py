"""The directory over HTTP."""

from typing import Any

import pytest
from django.test import RequestFactory

from crossforce.kernel.refusals import Missing
from crossforce.organisations import endpoints

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
REQUEST = RequestFactory().get("/api/v1/organisations")


def asked(**words: Any) -> endpoints.Page:
    return endpoints.list_organisations(REQUEST, endpoints.Asked(**words))


def test_lists_by_kind_region_and_day() -> None:
    page = asked(kind="policing-body", region="wales", on="2012-11-22")
    assert page.total == 4
    assert {row.name.cy for row in page.items} >= {"Comisiynydd Heddlu a Throseddu Gwent"}


def test_pages() -> None:
    first, second = asked(limit=2), asked(limit=2, offset=2)
    assert first.total == second.total
    assert not {row.code for row in first.items} & {row.code for row in second.items}


def test_shows_one_with_its_history() -> None:
    found = endpoints.show_organisation(REQUEST, "pcc-essex")
    assert found.former_names[0].name.en == "Police and Crime Commissioner for Essex"


def test_answers_who_stands_in_its_place() -> None:
    found = endpoints.heirs_of_organisation(REQUEST, "hm-inspectorate-of-constabulary")
    assert found.heirs == ["hm-inspectorate-of-constabulary-and-fire-and-rescue-services"]


def test_gives_the_figures_of_a_force() -> None:
    found = endpoints.figures_of_force(REQUEST, "gwent")
    assert len([each for each in found if each.driver == "officer-fte"]) == 17


@pytest.mark.parametrize(
    "ask",
    [endpoints.show_organisation, endpoints.heirs_of_organisation, endpoints.figures_of_force],
)
def test_does_not_find_what_is_not_there(ask: Any) -> None:
    with pytest.raises(Missing):
        ask(REQUEST, "atlantis")
