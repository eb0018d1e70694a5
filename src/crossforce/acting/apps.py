"""Registers the app `acting`."""

from django.apps import AppConfig

from crossforce.kernel import registry


class ActingConfig(AppConfig):
    name = "crossforce.acting"
    label = "acting"

    def ready(self) -> None:
        from crossforce.acting import context, guarding, vouching
        from crossforce.kernel import guarded

        guarded.give_acting(context.acting)
        guarded.give_vouching(context.voucher)
        registry.owner_installs.add("acting", guarding.install)
        registry.key_installs.add(context.KEY, guarding.install_key)
        registry.safeguards.add("vouching", vouching.faults)
