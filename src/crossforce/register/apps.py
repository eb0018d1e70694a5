"""The register hears of every act that changes what is public."""

from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from crossforce.agreements import events as agreements
from crossforce.kernel import events, guarded_policies, registry

HEARD: tuple[type[Any], ...] = (
    agreements.AgreementRecorded,
    agreements.AgreementActivated,
    agreements.AgreementSuspended,
    agreements.AgreementResumed,
    agreements.NoticeGiven,
    agreements.HandoverDone,
    agreements.PartyNovated,
)


def everybody(actor: object) -> bool:
    return True


class RegisterConfig(AppConfig):
    name = "crossforce.register"
    label = "register"

    def ready(self) -> None:
        from crossforce.register import guarding

        registry.owner_installs.add("register", guarding.install)
        guarded_policies.declared.update(guarding.POLICIES)
        changed = import_string("crossforce.register.jobs.agreement_changed")
        for event in HEARD:
            events.subscribe(event, changed)
        registry.api_routers.add(
            "register", registry.ApiRouter("register", "crossforce.register.endpoints.router")
        )
        registry.start_ups.add("register", import_string("crossforce.register.jobs.catch_up"))
        registry.navigation.add(
            "register",
            registry.NavigationItem(
                name="register",
                title=gettext_noop("Register"),
                url_name="register:list",
                shown_to=everybody,
                order=10,
            ),
        )
