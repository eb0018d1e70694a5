"""Registers the app `people`."""

from django.apps import AppConfig

from crossforce.kernel import registry
from crossforce.people.kinds import KINDS
from crossforce.people.signin import sealing


class PeopleConfig(AppConfig):
    name = "crossforce.people"
    label = "people"

    def ready(self) -> None:
        for kind in KINDS:
            registry.record_kinds.add(kind.name, kind)
        registry.sealed_stores.add("second factors", sealing.reseal_all)
