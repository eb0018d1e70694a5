"""Registers the app `nominals`."""

from typing import Final

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from crossforce.kernel import registry
from crossforce.nominals.kinds import KINDS
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="nominals",
        title=gettext_noop("Find people"),
        url_name="nominals:search",
        shown_to=acts,
        order=34,
    ),
)


class NominalsConfig(AppConfig):
    name = "crossforce.nominals"
    label = "nominals"

    def ready(self) -> None:
        from crossforce.kernel import doctor, guarded_policies
        from crossforce.nominals import guarding
        from crossforce.nominals.jobs import indexing, linking

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        registry.owner_installs.add("nominals", guarding.install)
        guarded_policies.declared[guarding.LIKENESS] = guarding.LIKENESSES
        follow = import_string("crossforce.nominals.jobs.indexing.follow")
        registry.companions.add("search of people", follow)
        registry.start_ups.add("search of people", indexing.warm)
        registry.companions.add(
            "links of people", import_string("crossforce.nominals.jobs.linking.follow")
        )
        doctor.more_looks.add("search of people", indexing.look)
        doctor.more_looks.add("links of people", linking.look)
        registry.restored_hooks.add("links of people", linking.restored)
        registry.restored_hooks.add("search of people", indexing.restored)
        router = registry.ApiRouter("nominals", "crossforce.nominals.endpoints.router")
        registry.api_routers.add("nominals", router)
