"""Registers the app `ledger`."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from crossforce.kernel import registry


class LedgerConfig(AppConfig):
    name = "crossforce.ledger"
    label = "ledger"

    def ready(self) -> None:
        registry.companions.add("ledger", import_string("crossforce.ledger.jobs.integrate_on"))
