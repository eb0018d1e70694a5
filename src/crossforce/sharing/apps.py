"""Registers the app `sharing`."""

from django.apps import AppConfig

from crossforce.kernel import registry


class SharingConfig(AppConfig):
    name = "crossforce.sharing"
    label = "sharing"

    def ready(self) -> None:
        from crossforce.sharing import guarding

        registry.owner_installs.add("sharing", guarding.install)
