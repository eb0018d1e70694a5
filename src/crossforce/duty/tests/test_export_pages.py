"""Duties written out on the page and over HTTP, and what their form cannot say."""

from typing import Any

import pytest
from django.urls import reverse

from crossforce.duty.operations import mappings
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import rows
from crossforce.duty.tests.test_import_pages import kept_mapping
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)
ONE = factories.EARLY


class TestExport:
    def test_writes_what_was_brought_in(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        factories.brought_in(asha.actor, rows(ONE))
        given = {"mapping": mapping.pk, "first_day": "2026-11-21", "last_day": "2026-11-21"}
        answer = sent(asha, reverse("duty:export"), **given)
        assert answer.status_code == 200
        assert (
            answer.content.decode().splitlines()[1].startswith("1;1234;21/11/2026;07:00;15:00")
        )

    def test_says_what_cannot_be_written_and_writes_the_rest(self, asha: Player) -> None:
        asked = in_part(asha)
        given = {"first_day": "2026-11-21", "last_day": "2026-11-21", **asked}
        shown = sent(asha, reverse("duty:export"), **given)
        said = shown.content.decode()
        assert shown.headers["Content-Type"].startswith("text/html")
        assert "1 duty cannot be said in this form" in said
        assert "1235, 21/11/2026 07:00" in said
        rest = sent(asha, reverse("duty:export"), give="rest", **given)
        assert [line[:6] for line in rest.content.decode().splitlines()[1:]] == ["1;1234"]
        listed = sent(asha, reverse("duty:export"), give="list", **given).content.decode()
        assert "cannot-write" in listed
        assert "1235" in listed

    def test_says_it_over_http(self, asha: Player) -> None:
        in_part(asha)
        asked = {
            "mapping": "wiltshire-shifts",
            "first_day": "2026-11-21",
            "last_day": "2026-11-21",
        }
        answer = asha.client.get("/api/v1/duty/export", asked)
        assert answer.status_code == 200
        assert answer.headers["Crossforce-Left-Out"] == "1"
        assert answer.content.decode().count("1234") == 1
        (left,) = asha.client.get("/api/v1/duty/export/left-out", asked).json()
        assert left["reference"] == "2"
        assert "1235" in left["message"]

    @pytest.mark.parametrize(
        ("days", "says"),
        [
            (("0001-01-01", "2026-11-21"), "Enter a day, such as 2026-03-27"),
            (("2026-11-21", "9999-12-31"), "Enter a day, such as 2026-04-02"),
            (("2026-11-21", "2026-11-19"), "The last day is before the first"),
        ],
    )
    def test_says_which_days_it_cannot_write(
        self, asha: Player, days: tuple[str, str], says: str
    ) -> None:
        mapping = kept_mapping(asha)
        factories.brought_in(asha.actor, rows(ONE))
        asked = dict(zip(("first_day", "last_day"), days, strict=True))
        shown = sent(asha, reverse("duty:export"), mapping=mapping.pk, **asked)
        assert (shown.status_code, says in shown.content.decode()) == (422, True)
        asked["mapping"] = "wiltshire-shifts"
        for path in ("export", "export/left-out"):
            answer = asha.client.get(f"/api/v1/duty/{path}", asked)
            assert answer.status_code in (400, 422), answer.content


def in_part(asha: Player) -> dict[str, Any]:
    """Two duties, and a mapping that can say one of them."""
    mapping = kept_mapping(asha)
    two = "2;1235;21/11/2026;07:00;15:00;RPU;XG02;Devizes;AV;;"
    factories.brought_in(asha.actor, rows(ONE, two))
    text = mapping.text.replace('RPU = "roads"\n', "")
    mappings.change(actor=asha.actor, mapping=mapping.pk, version=1, text=text, at=factories.AT)
    return {"mapping": mapping.pk}
