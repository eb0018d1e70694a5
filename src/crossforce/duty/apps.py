"""Registers the app `duty`."""

from django.apps import AppConfig

from crossforce.duty.kinds import KINDS
from crossforce.kernel import registry


class DutyConfig(AppConfig):
    name = "crossforce.duty"
    label = "duty"

    def ready(self) -> None:
        for kind in KINDS:
            registry.record_kinds.add(kind.name, kind)
            registry.subject_names.add(kind.name, "crossforce.records.queries.names_of")
