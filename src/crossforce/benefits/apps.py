"""Registers the app `benefits`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.benefits.kinds import KINDS
from crossforce.kernel import registry
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="benefits",
        title=gettext_noop("Benefits"),
        url_name="benefits:list",
        shown_to=acts,
        order=48,
    ),
)


class BenefitsConfig(AppConfig):
    name = "crossforce.benefits"
    label = "benefits"

    def ready(self) -> None:
        from crossforce.benefits.queries import agenda, measuring
        from crossforce.benefits.queries import traces as by_decision
        from crossforce.boards.api import agenda_items, traces

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        measuring.measures.add(
            "duty-hours-given", measuring.Told(measuring.hours_given, "hours")
        )
        measuring.measures.add(
            "duty-hours-received", measuring.Told(measuring.hours_received, "hours")
        )
        agenda_items.add("benefits", agenda.due)
        traces.add("benefits", by_decision.by_decisions)
        registry.api_routers.add(
            "benefits", registry.ApiRouter("benefits", "crossforce.benefits.endpoints.router")
        )
