"""The public directory, a force's units, and changes to bodies, as pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from crossforce.organisations import operations, queries, views
from crossforce.organisations.models import Unit
from crossforce.organisations.tests.factories import ASHA, AT, BRYN, KEEPER, Someone, day
from crossforce.organisations.tests.test_units import open_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def text(response: Any) -> str:
    return str(response.content.decode())


def acting(actor: Someone, sent: dict[str, Any] | None = None) -> HttpRequest:
    """A request as the frame hands it to a view for people who act in a posting."""
    factory = RequestFactory()
    request = factory.get("/") if sent is None else factory.post("/", sent)
    request.actor = actor  # type: ignore[attr-defined]
    return request


def call(
    view: Callable[..., HttpResponse], actor: Someone, *args: Any, **sent: Any
) -> HttpResponse:
    return view(acting(actor, sent or None), *args)


class TestDirectory:
    def test_lists_the_first_fifty_by_name(self, client: Client) -> None:
        page = text(client.get("/organisations/"))
        assert "ACPO National Business Continuity Group" in page
        assert "Showing 1 to 50 of 312" in page

    @pytest.mark.parametrize(
        ("query", "shown", "hidden"),
        [
            ("kind=force&region=wales", "Dyfed-Powys Police", "Kent Police"),
            ("q=heddlu+gogledd", "North Wales Police", "Gwent Police"),
            ("q=hampshire+constabulary", "Hampshire and Isle of Wight Constabulary", "Kent Police"),
            ("kind=policing-body&region=wales&on=2012-11-21", "Gwent Police Authority",
             "Police and Crime Commissioner for Gwent"),
            ("kind=force&on=2016-02-01&q=hampshire", "Hampshire Constabulary", "Isle of Wight"),
            ("on=not-a-day&q=gwent", "Gwent Police Authority", "Kent Police"),
        ],
    )  # fmt: skip
    def test_filters(self, client: Client, query: str, shown: str, hidden: str) -> None:
        page = text(client.get(f"/organisations/?{query}"))
        assert shown in page
        assert hidden not in page

    def test_sorts_by_the_end(self, client: Client) -> None:
        page = text(client.get("/organisations/?sort=-until&kind=national-body"))
        assert page.index("Her Majesty") < page.index("National Policing Improvement Agency")

    def test_downloads_every_row_as_csv(self, client: Client) -> None:
        response = client.get("/organisations/?format=csv")
        rows = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(rows) == 313

    def test_speaks_welsh(self, client: Client) -> None:
        page = text(client.get("/organisations/?kind=force&region=wales&lang=cy"))
        assert "Heddlu Gogledd Cymru" in page
        assert 'lang="cy"' in page

    def test_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        client.get("/organisations/")
        with django_assert_max_num_queries(4):
            client.get("/organisations/")

    def test_gives_the_areas(self, client: Client) -> None:
        response = client.get("/organisations/areas.geojson")
        assert response.json()["features"][0]["properties"]["force"] == "avon-and-somerset"


class TestShow:
    def test_shows_a_force_with_its_bodies_and_neighbours(self, client: Client) -> None:
        page = text(client.get("/organisations/greater-manchester/"))
        for words in (
            "Mayor of Greater Manchester",
            "Greater Manchester Police Authority",
            "8 May 2017",
            'class="cf-map"',
            "Neighbouring forces",
            "Cheshire Constabulary",
        ):
            assert words in page

    def test_shows_the_names_a_body_had(self, client: Client) -> None:
        page = text(client.get("/organisations/hampshire/"))
        assert "Hampshire Constabulary" in page
        assert "16 November 2022" in page

    def test_shows_what_followed(self, client: Client) -> None:
        page = text(client.get("/organisations/national-policing-improvement-agency/"))
        assert "This body ended on 7 October 2013." in page
        assert 'href="/organisations/college-of-policing/"' in page

    def test_shows_who_sits_on_a_board(self, client: Client) -> None:
        page = text(client.get("/organisations/hampshire-dorset-joint-oversight-board/"))
        assert "Chair of the policing body" in page

    def test_shows_a_welsh_body_in_welsh(self, client: Client) -> None:
        page = text(client.get("/organisations/pcc-gwent/?lang=cy"))
        assert "Comisiynydd Heddlu a Throseddu Gwent" in page

    @pytest.mark.parametrize(
        "kind", ["region", "group", "partner", "partnership", "chief-officer"]
    )
    def test_shows_every_kind(self, client: Client, kind: str) -> None:
        for body in queries.directory().of_kind(kind)[:5]:  # type: ignore[arg-type]
            assert client.get(f"/organisations/{body.code}/").status_code == 200

    def test_does_not_find_what_is_not_there(self, client: Client) -> None:
        assert client.get("/organisations/atlantis/").status_code == 404

    def test_asks_the_database_little(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        client.get("/organisations/gwent/")
        with django_assert_max_num_queries(1):
            client.get("/organisations/gwent/")


class TestStaffPages:
    @pytest.mark.parametrize("page", ["units", "units/open", "rename", "succeed"])
    def test_turn_a_stranger_away(self, client: Client, page: str) -> None:
        response = client.get(f"/organisations/avon-and-somerset/{page}/")
        assert response.status_code == 302
        assert response["Location"].startswith("/account/")

    def test_open_a_unit(self) -> None:
        sent = {"name_en": "Dogs", "code": "dogs", "above": ""}
        since = {"since-day": "1", "since-month": "4", "since-year": "2026"}
        assert "Stands under" in text(call(views.open_unit, ASHA, "avon-and-somerset"))
        response = call(views.open_unit, ASHA, "avon-and-somerset", **sent, **since)
        assert response.status_code == 302
        assert "Dogs" in text(call(views.units, ASHA, "avon-and-somerset"))

    def test_say_what_is_wrong_with_a_unit(self) -> None:
        response = call(
            views.open_unit, ASHA, "avon-and-somerset", name_en="Dogs", code="Dogs!"
        )
        assert response.status_code == 422
        assert "lower-case words" in text(response)

    def test_refuse_another_force(self) -> None:
        with pytest.raises(operations.NotYours):
            call(views.open_unit, BRYN, "avon-and-somerset")

    def test_show_another_force_no_way_to_change(self) -> None:
        open_unit("dogs")
        assert "Open a unit" not in text(call(views.units, BRYN, "avon-and-somerset"))

    def test_change_and_close_a_unit(self) -> None:
        unit = open_unit("dogs")
        where = ("avon-and-somerset", unit.pk)
        assert "Change Dogs" in text(call(views.change_unit, ASHA, *where))
        sent = {"version": "1", "name_en": "Dog section", "above": ""}
        assert call(views.change_unit, ASHA, *where, **sent).status_code == 302
        end = {"version": "2", "on-day": "1", "on-month": "9", "on-year": "2026"}
        assert call(views.close_unit, ASHA, *where, **end).status_code == 302
        changed = Unit.objects.get(pk=unit.pk)
        assert (changed.name_en, str(changed.until)) == ("Dog section", "2026-09-01")

    def test_rename_a_body(self) -> None:
        assert "Record the name" in text(call(views.rename, KEEPER, "kent"))
        sent = {"version": "1", "name_en": "Kent Constabulary", "source": "S.I. 2026/1"}
        on = {"on-day": "1", "on-month": "10", "on-year": "2026"}
        assert call(views.rename, KEEPER, "kent", **sent, **on).status_code == 302
        assert queries.directory().force("kent").name.en == "Kent Constabulary"

    def test_record_that_a_body_follows(self) -> None:
        sent = {"version": "1", "successor": "community-safety-partnerships-dyfed-powys"}
        sent |= {"relation": "functions-transferred", "source": "S.I. 2026/1"}
        on = {"on-day": "1", "on-month": "10", "on-year": "2026"}
        code = "public-services-of-dyfed-powys"
        assert "Takes effect on" in text(call(views.succeed, KEEPER, code))
        assert call(views.succeed, KEEPER, code, **sent, **on).status_code == 302
        assert queries.heirs(KEEPER, code, on=day("2027-01-01").date) == (sent["successor"],)

    def test_record_that_nobody_follows(self) -> None:
        sent = {
            "version": "1",
            "successor": "",
            "relation": "abolished",
            "source": "S.I. 2026/1",
        }
        on = {"on-day": "1", "on-month": "10", "on-year": "2026"}
        code = "lighthouse-project-hampshire"
        assert call(views.succeed, KEEPER, code, **sent, **on).status_code == 302
        assert not queries.directory().exists(code, AT.date().replace(year=2027))
