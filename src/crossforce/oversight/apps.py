"""Registers the app `oversight`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import registry
from crossforce.ledger.choices import Acts


def audits(actor: Acts | None) -> bool:
    return actor is not None and actor.may("ledger.audit")


def questions_the_log(actor: Acts | None) -> bool:
    return actor is not None and actor.may("ledger.query")


PLACES: Final = (
    registry.NavigationItem(
        name="ledger",
        title=gettext_noop("Ledger"),
        url_name="ledger:list",
        shown_to=audits,
        order=80,
    ),
    registry.NavigationItem(
        name="who-looked",
        title=gettext_noop("Who looked"),
        url_name="oversight:who-looked",
        shown_to=audits,
        order=82,
    ),
    registry.NavigationItem(
        name="log-queries",
        title=gettext_noop("Log queries"),
        url_name="oversight:log",
        shown_to=questions_the_log,
        order=84,
    ),
)


class OversightConfig(AppConfig):
    name = "crossforce.oversight"
    label = "oversight"

    def ready(self) -> None:
        for place in PLACES:
            registry.navigation.add(place.name, place)
        registry.api_routers.add(
            "ledger",
            registry.ApiRouter("ledger", "crossforce.oversight.endpoints.ledger.router"),
        )
        registry.api_routers.add(
            "oversight",
            registry.ApiRouter("oversight", "crossforce.oversight.endpoints.log.router"),
        )
