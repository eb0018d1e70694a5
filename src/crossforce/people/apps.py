"""Registers the app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "crossforce.people"
    label = "people"
