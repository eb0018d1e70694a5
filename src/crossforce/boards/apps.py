"""Registers the app `boards`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.boards.kinds import KINDS, decision_effects, traces
from crossforce.kernel import holidays, registry
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="boards",
        title=gettext_noop("Boards"),
        url_name="boards:boards",
        shown_to=acts,
        order=41,
    ),
)
WAITING: Final = registry.Waiting(
    name="boards.own_rules",
    title=gettext_noop("Own rules of boards that wait for your answer"),
    url_name="boards:boards",
    count="crossforce.boards.views.waiting.own_rules",
    shown_to=acts,
)


class BoardsConfig(AppConfig):
    name = "crossforce.boards"
    label = "boards"

    def ready(self) -> None:
        from crossforce.boards.operations import effects
        from crossforce.boards.queries import cited, deciding, foreseeing
        from crossforce.finance import api as finance

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        registry.waiting.add(WAITING.name, WAITING)
        registry.api_routers.add(
            "boards", registry.ApiRouter("boards", "crossforce.boards.endpoints.router")
        )
        registry.start_ups.add("boards", holidays.at_start)
        finance.give_reader(cited.kept)
        finance.give_deciding(deciding.deciding_board)
        for effect in (effects.VARIATION, effects.BUDGET):
            decision_effects.add(effect.name, effect)
        traces.add(effects.VARIATION.name, effects.variations_proposed)
        traces.add(effects.BUDGET.name, effects.budgets_opened)
        foreseen = registry.PreviewEffect(
            "governance", "Boards and approvals", foreseeing.governance, order=25
        )
        registry.preview_effects.add(foreseen.name, foreseen)
