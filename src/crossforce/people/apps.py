"""Registers the app `people`."""

from django.apps import AppConfig

from crossforce.kernel import registry
from crossforce.people.kinds import KINDS


class PeopleConfig(AppConfig):
    name = "crossforce.people"
    label = "people"

    def ready(self) -> None:
        for kind in KINDS:
            registry.record_kinds.add(kind.name, kind)
