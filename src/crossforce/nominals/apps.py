"""Registers the app `nominals`."""

from django.apps import AppConfig


class NominalsConfig(AppConfig):
    name = "crossforce.nominals"
    label = "nominals"
