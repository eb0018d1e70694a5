"""Registers the app `records`."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.kernel import guarded_rows, guarded_watch, registry
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY
from crossforce.records.kinds import KINDS


class RecordsConfig(AppConfig):
    name = "crossforce.records"
    label = "records"

    def ready(self) -> None:
        from crossforce.insight import api as insight
        from crossforce.kernel import guarded_policies
        from crossforce.records import guarding, jobs, queries
        from crossforce.records.operations import watch

        guarded_watch.give_watch(watch.tell)
        guarded_rows.give_reach(queries.reach, insight.seen)
        registry.owner_installs.add("records", guarding.install)
        guarded_policies.declared.update(guarding.POLICIES)
        guarded_policies.narrowings.append(guarding.between)
        registry.upgrades.add("private parts of destroyed records", jobs.erase_remains)
        registry.upgrades.add("what records have shed", jobs.shed_remains)
        registry.companions.add("records that are left", jobs.dispose_on)
        registry.declare(KINDS, named_by=NAMED_BY)
        registry.navigation.add(
            "records",
            registry.NavigationItem(
                name="records",
                title=gettext_noop("Records"),
                url_name="records:list",
                shown_to=acts,
                order=40,
            ),
        )
        registry.api_routers.add(
            "records", registry.ApiRouter("records", "crossforce.records.endpoints.router")
        )
