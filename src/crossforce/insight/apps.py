"""Registers the app `insight`."""

from django.apps import AppConfig

from crossforce.kernel import live, registry


class InsightConfig(AppConfig):
    name = "crossforce.insight"
    label = "insight"

    def ready(self) -> None:
        from crossforce.insight import guarding
        from crossforce.insight.queries import opening, standing_now
        from crossforce.kernel import guarded

        live.give_standing(standing_now.standing_towards, standing_now.sight_of)
        guarded.give_opening(opening.open_scopes)
        registry.owner_installs.add("insight", guarding.install)
