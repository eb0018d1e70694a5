"""Registers the app `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "crossforce.ledger"
    label = "ledger"
