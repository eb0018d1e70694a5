"""Registers the app `access`."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from crossforce.kernel import live, registry


class AccessConfig(AppConfig):
    name = "crossforce.access"
    label = "access"

    def ready(self) -> None:
        from crossforce.access import (  # noqa: PLC0415 - models first
            acting,
            beginnings,
            guarding,
            jobs,
            operations,
            queries,
            soundness,
            vouching,
        )
        from crossforce.kernel import guarded  # noqa: PLC0415

        guarded.give_acting(acting.acting)
        guarded.give_vouching(acting.voucher)
        guarded.give_scopes(queries.scope_of)
        live.give_standing(queries.standing_towards, queries.sight_of)
        registry.enforcers.add("access", operations.enforce)
        guarding.also += [beginnings.install, vouching.install]
        guarding.declared.update(beginnings.POLICIES)
        registry.upgrades.add("grants", jobs.derive_grants)
        registry.safeguards.add("row security", soundness.faults)
        registry.key_installs.add(acting.KEY, guarding.install_key)
        post_migrate.connect(self._install, sender=self)

    @staticmethod
    def _install(**given: Any) -> None:
        """Django tells only this way that every migration has run."""
        from crossforce.access import guarding  # noqa: PLC0415 - models first

        guarding.install()
