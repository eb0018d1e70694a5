"""Registers the app `nominals`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import registry
from crossforce.kernel.later import Later
from crossforce.nominals.kinds import KINDS
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

SEARCH: Final = "search of people"
BESIDE: Final = {
    SEARCH: "crossforce.nominals.jobs.indexing",
    "links of people": "crossforce.nominals.jobs.linking",
}
NEWS: Final = "news of people"
UPGRADING: Final = "crossforce.nominals.jobs.upgrading"
NOTICING: Final = "crossforce.nominals.jobs.noticing"
"""What works beside the web; it takes a third of a second to import, and few commands need it."""
PLACES: Final = (
    registry.NavigationItem(
        name="nominals",
        title=gettext_noop("Find people"),
        url_name="nominals:search",
        shown_to=acts,
        order=34,
    ),
)

VIEWS: Final = "crossforce.nominals.views.waiting"
WAITING: Final = (
    registry.Waiting(
        name="nominals.searches",
        title=gettext_noop("Saved searches with something new"),
        url_name="nominals:alerts",
        count=f"{VIEWS}.searches",
        shown_to=acts,
    ),
    registry.Waiting(
        name="nominals.interests",
        title=gettext_noop("Interests that somebody else shares, or whose record is gone"),
        url_name="nominals:interests",
        count=f"{VIEWS}.interests",
        shown_to=acts,
    ),
)


class NominalsConfig(AppConfig):
    name = "crossforce.nominals"
    label = "nominals"

    def ready(self) -> None:
        from crossforce.kernel import doctor, guarded_policies
        from crossforce.nominals import guarding

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        for each in WAITING:
            registry.waiting.add(each.name, each)
        registry.owner_installs.add("nominals", guarding.install)
        guarded_policies.declared[guarding.LIKENESS] = guarding.LIKENESSES
        guarded_policies.declared[guarding.WEIGHED] = guarding.WEIGHTS
        for name, jobs in BESIDE.items():
            registry.companions.add(name, Later(f"{jobs}.follow"))
            doctor.more_looks.add(name, Later(f"{jobs}.look"))
            registry.restored_hooks.add(name, Later(f"{jobs}.restored"))
        registry.upgrades.add("saved searches", Later(f"{UPGRADING}.own_searches"))
        registry.companions.add(NEWS, Later(f"{NOTICING}.follow"))
        doctor.more_looks.add(NEWS, Later(f"{NOTICING}.look"))
        registry.start_ups.add(SEARCH, Later(f"{BESIDE[SEARCH]}.warm"))
        router = registry.ApiRouter("nominals", "crossforce.nominals.endpoints.router")
        registry.api_routers.add("nominals", router)
