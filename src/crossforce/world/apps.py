"""Registers the app `world`."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    name = "crossforce.world"
    label = "world"
