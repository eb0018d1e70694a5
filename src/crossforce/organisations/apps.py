"""Registers the app `organisations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import registry


def everybody(actor: object) -> bool:
    return True


class OrganisationsConfig(AppConfig):
    name = "crossforce.organisations"
    label = "organisations"

    def ready(self) -> None:
        registry.navigation.add(
            "organisations",
            registry.NavigationItem(
                name="organisations",
                title=gettext_noop("Organisations"),
                url_name="organisations:list",
                shown_to=everybody,
                order=20,
            ),
        )
        registry.subject_names.add("organisation", "crossforce.organisations.queries.names_of")
        registry.api_routers.add(
            "organisations",
            registry.ApiRouter("organisations", "crossforce.organisations.endpoints.router"),
        )
