"""Registers the app `duty`."""

from typing import Final

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from crossforce.agreements.preview import measures
from crossforce.duty.kinds import KINDS
from crossforce.kernel import registry
from crossforce.kernel.live import live_pages
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="duty",
        title=gettext_noop("On duty"),
        url_name="duty:board",
        shown_to=acts,
        order=36,
    ),
)


class DutyConfig(AppConfig):
    name = "crossforce.duty"
    label = "duty"

    def ready(self) -> None:
        from crossforce.duty import guarding, live
        from crossforce.duty.queries import leaving, measuring
        from crossforce.kernel import doctor

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        registry.owner_installs.add("duty", guarding.install)
        effect = registry.PreviewEffect("boards", "Duty boards", leaving.boards, order=20)
        registry.preview_effects.add(effect.name, effect)
        for driver, measure in measuring.MEASURES.items():
            measures.add(driver, measure)
        registry.companions.add("duty folders", import_string("crossforce.duty.jobs.watch_on"))
        doctor.more_looks.add(
            "duty folders", import_string("crossforce.duty.jobs.look_at_folders")
        )
        live_pages.add(live.BOARD.name, live.BOARD)
        registry.api_routers.add(
            "duty", registry.ApiRouter("duty", "crossforce.duty.endpoints.router")
        )
