"""Registers the app `kernel`."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "crossforce.kernel"
    label = "kernel"

    def ready(self) -> None:
        from crossforce.kernel import doctor, guarded_watch, registry
        from crossforce.kernel.files import keyring
        from crossforce.kernel.later import Later
        from crossforce.kernel.live import telling

        guarded_watch.tell_of_writing(telling.written)
        registry.sealed_stores.add("keys of holders", keyring.reseal_all)
        after = "crossforce.kernel.files.looking_after"
        registry.companions.add("stored files", Later(f"{after}.follow"))
        doctor.more_looks.add("stored files", Later(f"{after}.look"))
        post_migrate.connect(self._install, sender=self)

    @staticmethod
    def _install(**given: Any) -> None:
        """Django tells only this way that every migration has run."""
        from crossforce.kernel import guarded_policies

        guarded_policies.install()
