"""Registers the app `programme`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import guarded_policies, registry
from crossforce.people.choices import acts
from crossforce.programme.kinds import KINDS
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="programme",
        title=gettext_noop("Programme"),
        url_name="programme:register",
        shown_to=acts,
        order=40,
    ),
)
WAITING: Final = registry.Waiting(
    name="programme.entries",
    title=gettext_noop("Entries of the register to be looked at by you"),
    url_name="programme:chase-own",
    count="crossforce.programme.views.waiting.entries",
    shown_to=acts,
)


class ProgrammeConfig(AppConfig):
    name = "crossforce.programme"
    label = "programme"

    def ready(self) -> None:
        from crossforce.boards import api as boards
        from crossforce.programme import guarding
        from crossforce.programme.operations import report_effects
        from crossforce.programme.queries import agenda, traces
        from crossforce.programme.views.report_links import BESIDE
        from crossforce.register import api as register

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        registry.waiting.add(WAITING.name, WAITING)
        registry.api_routers.add(
            "programme",
            registry.ApiRouter("programme", "crossforce.programme.endpoints.router"),
        )
        registry.owner_installs.add("programme", guarding.install)
        guarded_policies.declared.update(guarding.POLICIES)
        register.beside.add(BESIDE.name, BESIDE)
        boards.agenda_items.add("programme", agenda.due)
        publication = report_effects.PUBLICATION
        boards.decision_effects.add(publication.name, publication)
        boards.traces.add(publication.name, report_effects.published)
        boards.traces.add("programme", traces.by_decisions)
