"""Registers the app `oversight`."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import registry
from crossforce.ledger.choices import Acts


def audits(actor: Acts | None) -> bool:
    return actor is not None and actor.may("ledger.audit")


class OversightConfig(AppConfig):
    name = "crossforce.oversight"
    label = "oversight"

    def ready(self) -> None:
        registry.navigation.add(
            "ledger",
            registry.NavigationItem(
                name="ledger",
                title=gettext_noop("Ledger"),
                url_name="ledger:list",
                shown_to=audits,
                order=80,
            ),
        )
        registry.api_routers.add(
            "ledger",
            registry.ApiRouter("ledger", "crossforce.oversight.endpoints.ledger.router"),
        )
