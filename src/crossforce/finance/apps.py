"""Registers the app `finance`."""

from typing import Final

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from crossforce.finance.kinds import KINDS
from crossforce.kernel import registry
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="finance",
        title=gettext_noop("Money"),
        url_name="finance:budgets",
        shown_to=acts,
        order=44,
    ),
)


class FinanceConfig(AppConfig):
    name = "crossforce.finance"
    label = "finance"

    def ready(self) -> None:
        from crossforce.agreements.preview.measuring import stated
        from crossforce.finance.queries import effects, figures, joining
        from crossforce.kernel import doctor

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        stated.add("finance", figures.stated)
        for effect in (
            registry.PreviewEffect("budgets", "Budgets", effects.money, order=30),
            registry.PreviewEffect("leaving", "Price of leaving", effects.leaving, order=31),
            registry.PreviewEffect("joining", "Buying in", joining.joining, order=32),
        ):
            registry.preview_effects.add(effect.name, effect)
        registry.api_routers.add(
            "finance", registry.ApiRouter("finance", "crossforce.finance.endpoints.router")
        )
        registry.companions.add(
            "prices of leaving", import_string("crossforce.finance.jobs.price_on")
        )
        doctor.more_looks.add(
            "prices of leaving", import_string("crossforce.finance.jobs.look_at_prices")
        )
