"""Registers the app `agreements`."""

from typing import Any

from django.apps import AppConfig

from crossforce.kernel import events, registry


def works_with_agreements(actor: Any) -> bool:
    return actor is not None and any(power.startswith("agreement.") for power in actor.powers)


class AgreementsConfig(AppConfig):
    name = "crossforce.agreements"
    label = "agreements"

    def ready(self) -> None:
        from crossforce.agreements import events as own
        from crossforce.agreements import jobs
        from crossforce.agreements.operations import keys
        from crossforce.organisations.events import OrganisationSucceeded

        events.subscribe(OrganisationSucceeded, jobs.organisation_succeeded)
        events.subscribe(own.AgreementActivated, jobs.agreement_settled)
        events.subscribe(own.AgreementRecorded, jobs.agreement_settled)
        registry.sealed_stores.add("signing keys", keys.reseal_all)
        registry.subject_names.add(
            "agreement", "crossforce.agreements.queries.naming.titles_of"
        )
        registry.api_routers.add(
            "agreements",
            registry.ApiRouter("agreements", "crossforce.agreements.endpoints.router"),
        )
        registry.navigation.add(
            "agreements",
            registry.NavigationItem(
                name="agreements",
                title="Agreements",
                url_name="agreements:mine",
                shown_to=works_with_agreements,
                order=30,
                is_desk=True,
            ),
        )
