"""Registers the app `ledger`."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from crossforce.kernel import doctor, registry


class LedgerConfig(AppConfig):
    name = "crossforce.ledger"
    label = "ledger"

    def ready(self) -> None:
        doctor.more_looks.add(
            "ledger", import_string("crossforce.ledger.queries.standing.look")
        )
        registry.companions.add("ledger", import_string("crossforce.ledger.jobs.integrate_on"))
