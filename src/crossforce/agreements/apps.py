"""Registers the app `agreements`."""

from django.apps import AppConfig

from crossforce.kernel import events, registry


class AgreementsConfig(AppConfig):
    name = "crossforce.agreements"
    label = "agreements"

    def ready(self) -> None:
        from crossforce.agreements import jobs  # noqa: PLC0415 - models first
        from crossforce.agreements.operations import keys  # noqa: PLC0415
        from crossforce.organisations.events import OrganisationSucceeded  # noqa: PLC0415

        events.subscribe(OrganisationSucceeded, jobs.organisation_succeeded)
        registry.sealed_stores.add("signing keys", keys.reseal_all)
        registry.api_routers.add(
            "agreements",
            registry.ApiRouter("agreements", "crossforce.agreements.endpoints.router"),
        )
