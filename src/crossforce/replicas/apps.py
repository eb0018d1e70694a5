"""Registers the app `replicas`."""

from django.apps import AppConfig

from crossforce.kernel import registry


class ReplicasConfig(AppConfig):
    name = "crossforce.replicas"
    label = "replicas"

    def ready(self) -> None:
        from crossforce.kernel import doctor, replica
        from crossforce.replicas import guarding, queries

        registry.owner_installs.add("replicas", guarding.install)
        registry.safeguards.add("replicas", guarding.faults)
        doctor.more_looks.add("standby", queries.look)
        replica.give_comparing(replica.Comparing(queries.noted, queries.agrees))
