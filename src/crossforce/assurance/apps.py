"""Registers the app `assurance`."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "crossforce.assurance"
    label = "assurance"
