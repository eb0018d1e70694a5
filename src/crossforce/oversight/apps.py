"""Registers the app `oversight`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import guarded_policies, registry
from crossforce.ledger.choices import Acts


def audits(actor: Acts | None) -> bool:
    return actor is not None and actor.may("ledger.audit")


def questions_the_log(actor: Acts | None) -> bool:
    return actor is not None and actor.may("ledger.query")


def acts(actor: Acts | None) -> bool:
    return actor is not None


PLACES: Final = (
    registry.NavigationItem(
        name="access",
        title=gettext_noop("Access"),
        url_name="oversight:access",
        shown_to=acts,
        order=78,
    ),
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


PAGES: Final = (
    registry.RecordPage("why", "Why can I see this?", "oversight:why", order=10),
    registry.RecordPage(
        "why-not", "Why can I not read this?", "oversight:why", "find", order=10
    ),
    registry.RecordPage(
        "why-none", "Why can I not see any?", "oversight:why-kind", "kind", order=10
    ),
    registry.RecordPage("ask", "Ask the holder for access", "oversight:ask", "find", order=20),
)


class OversightConfig(AppConfig):
    name = "crossforce.oversight"
    label = "oversight"

    def ready(self) -> None:
        from crossforce.oversight import guarding
        from crossforce.oversight.operations import previewing

        registry.owner_installs.add("oversight", guarding.install)
        guarded_policies.declared.update(guarding.POLICIES)
        sight = registry.PreviewEffect("sight", "Sight of records", previewing.sight, order=10)
        registry.preview_effects.add("sight", sight)
        registry.offer(PLACES)
        for page in PAGES:
            registry.record_pages.add(page.name, page)
        registry.api_routers.add(
            "ledger",
            registry.ApiRouter("ledger", "crossforce.oversight.endpoints.ledger.router"),
        )
        registry.api_routers.add(
            "oversight",
            registry.ApiRouter("oversight", "crossforce.oversight.endpoints.log.router"),
        )
        registry.api_routers.add(
            "access",
            registry.ApiRouter("access", "crossforce.oversight.endpoints.access.router"),
        )
