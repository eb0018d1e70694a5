"""Registers the app `organisations`."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "crossforce.organisations"
    label = "organisations"
