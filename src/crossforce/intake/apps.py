"""Registers the app `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "crossforce.intake"
    label = "intake"
