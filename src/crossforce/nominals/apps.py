"""Registers the app `nominals`."""

from django.apps import AppConfig

from crossforce.kernel import registry
from crossforce.nominals.kinds import KINDS
from crossforce.records.choices import NAMED_BY


class NominalsConfig(AppConfig):
    name = "crossforce.nominals"
    label = "nominals"

    def ready(self) -> None:
        registry.declare(KINDS, named_by=NAMED_BY)
