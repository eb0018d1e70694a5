"""Registers the app `kernel`."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "crossforce.kernel"
    label = "kernel"
