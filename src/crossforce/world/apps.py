"""The demonstration world, built from the sources and open data; it exists in demonstration mode."""

from django.apps import AppConfig
from django.conf import settings

from crossforce.kernel import registry
from crossforce.kernel.later import Later

PARTS = (
    ("organisations", 10),
    ("accounts", 20),
    ("agreements", 30),
    ("investigators", 35),
    ("records", 40),
    ("evidence", 43),
    ("nominals", 45),
    ("staff", 50),
    ("duties", 60),
    ("programmes", 70),
    ("governing", 80),
    ("holdings", 85),
    ("reports", 90),
)


class WorldConfig(AppConfig):
    name = "crossforce.world"
    label = "world"

    def ready(self) -> None:
        for part, order in PARTS:
            run = Later(f"crossforce.world.jobs.{part}")
            registry.world_parts.add(
                part, registry.WorldPart(part, part.capitalize(), run, order)
            )
        if settings.DEMONSTRATION:
            registry.companions.add("world", Later("crossforce.world.jobs.keep_current"))
        registry.announcements.add(
            "world.accounts", Later("crossforce.world.jobs.announcement")
        )
