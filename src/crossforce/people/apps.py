"""Registers the app `people`."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import events, registry
from crossforce.kernel.files.events import FilesExamined
from crossforce.kernel.keys_rotation import KeyRotated
from crossforce.people.choices import Actor
from crossforce.people.kinds import KINDS
from crossforce.people.signin import sealing


def sees_people(actor: Actor | None) -> bool:
    return actor is not None and actor.may("people.view")


class PeopleConfig(AppConfig):
    name = "crossforce.people"
    label = "people"

    def ready(self) -> None:
        from crossforce.people import guarding, jobs

        events.subscribe(KeyRotated, jobs.key_rotated)
        events.subscribe(FilesExamined, jobs.files_examined)
        registry.restored_hooks.add("ledger entry", jobs.restored)
        for kind in KINDS:
            registry.record_kinds.add(kind.name, kind)
        registry.navigation.add(
            "people",
            registry.NavigationItem(
                name="people",
                title=gettext_noop("People"),
                url_name="people:list",
                shown_to=sees_people,
                order=60,
            ),
        )
        registry.api_routers.add(
            "people", registry.ApiRouter("people", "crossforce.people.endpoints.router")
        )
        registry.actor_sources.add("accounts", "crossforce.people.queries:actor_named")
        registry.owner_installs.add("people", guarding.install)
        registry.upgrades.add("scopes of people", jobs.give_scopes)
        registry.sealed_stores.add("second factors", sealing.reseal_all)
        registry.sealed_stores.add("accounts", sealing.reseal_accounts)
        registry.sealed_stores.add("tokens", sealing.reseal_tokens)
