"""Registers the app `agreements`."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "crossforce.agreements"
    label = "agreements"
