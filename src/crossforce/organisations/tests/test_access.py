"""Who may change units and bodies: this force's administrator, and the platform's."""

from typing import Any, ClassVar

import pytest
from django.urls import reverse

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import HERE, Cast
from crossforce.kernel.testing.pages import ChangeCase, ReadCase
from crossforce.organisations.models import Organisation, Unit
from crossforce.organisations.tests.factories import AT, KEEPER, day

pytestmark = pytest.mark.usefixtures("loaded")


def dogs() -> Unit:
    with guarded.acting(KEEPER):
        unit, _ = Unit.objects.get_or_create(
            code="dogs",
            organisation=Organisation.objects.get(code=HERE),
            defaults={
                "name_en": "Dogs",
                "since": day("2020-01-01").date,
                "updated_at": AT,
                "updated_by": "test",
            },
        )
    return unit


class Administered(ChangeCase):
    """Cole's own administrator sees the directory and may change nothing here."""

    office: ClassVar[str] = "force-administrator"
    no_office: ClassVar[str] = "auditor"
    stranger_gets: ClassVar[int] = 403


class TestOpenUnit(Administered):
    operation = "unit.opened"

    def url(self, cast: Cast) -> str:
        return reverse("organisations:open-unit", args=[HERE])

    def sent(self, cast: Cast) -> dict[str, Any]:
        since = {"since-day": "1", "since-month": "4", "since-year": "2026"}
        return {"name_en": "Horses", "code": "horses", "above": ""} | since


class TestChangeUnit(Administered):
    operation = "unit.changed"

    def url(self, cast: Cast) -> str:
        return reverse("organisations:change-unit", args=[HERE, dogs().pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"name_en": "Dog section", "above": "", "version": dogs().version}


class TestCloseUnit(Administered):
    operation = "unit.closed"

    def url(self, cast: Cast) -> str:
        return reverse("organisations:close-unit", args=[HERE, dogs().pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"on-day": "1", "on-month": "4", "on-year": "2026", "version": "1"}


class TestUnits(ReadCase):
    """Every office may see which units a force has; nobody unknown may."""

    office = "force-administrator"
    stranger_gets = 200

    def url(self, cast: Cast) -> str:
        return reverse("organisations:units", args=[HERE])


@pytest.mark.django_db
class TestChangesToBodies:
    """Only the platform's own administrator records them; a force cannot, not even of itself."""

    @pytest.mark.parametrize("page", ["rename", "succeed"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_refuse_a_force(self, cast: Cast, page: str, method: str) -> None:
        url = reverse(f"organisations:{page}", args=[HERE])
        client = cast.asha("force-administrator").client
        answer = getattr(client, method)(url, {"idempotency_key": "a-key-of-this-test"})
        assert answer.status_code == 403
        assert "organisation.succeed" in answer.content.decode()
