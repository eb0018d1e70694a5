"""Registers the app `access`."""

from django.apps import AppConfig

from crossforce.kernel import registry


class AccessConfig(AppConfig):
    name = "crossforce.access"
    label = "access"

    def ready(self) -> None:
        from crossforce.access import (
            beginnings,
            guarding,
            jobs,
            operations,
            queries,
            soundness,
        )
        from crossforce.kernel import (
            guarded,
            guarded_newest,
            guarded_policies,
        )

        guarded.give_scopes(queries.scope_of)
        guarded_newest.give_narrowing(queries.NARROWING)
        registry.enforcers.add("access", operations.enforce)
        registry.owner_installs.add("access", guarding.install)
        registry.owner_installs.add("beginnings", beginnings.install)
        guarded_policies.declared.update(beginnings.POLICIES)
        registry.upgrades.add("grants", jobs.derive_grants)
        registry.safeguards.add("row security", soundness.faults)
