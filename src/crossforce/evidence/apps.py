"""Registers the app `evidence`."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from crossforce.evidence.kinds import KINDS
from crossforce.kernel import lengthy, registry
from crossforce.kernel.later import Later
from crossforce.people.choices import acts
from crossforce.records.choices import NAMED_BY

PLACES: Final = (
    registry.NavigationItem(
        name="evidence",
        title=gettext_noop("Evidence"),
        url_name="evidence:exhibits",
        shown_to=acts,
        order=36,
    ),
)
MOST_IN_A_FORM: Final = 500
READING: Final = frozenset({"GET", "HEAD"})


class EvidenceConfig(AppConfig):
    name = "crossforce.evidence"
    label = "evidence"

    def ready(self) -> None:
        from crossforce.evidence import guarding
        from crossforce.kernel.web import uploads

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        registry.owner_installs.add("evidence", guarding.install)
        registry.api_routers.add(
            "evidence", registry.ApiRouter("evidence", "crossforce.evidence.endpoints.router")
        )
        registry.lasting.add(
            "evidence",
            r"(/api/v1)?/evidence/items/[0-9a-f-]{36}/(content|inside|unpack)/?|/evidence/shared/[\w-]+/(content|picture)/",
        )
        registry.lasting.add(
            "proof packs", r"(/api/v1/evidence/exhibits|/evidence)/[0-9a-f-]{36}/proof/?"
        )
        registry.lasting.add(
            "bundles", r"(/api/v1)?/evidence/cases/[0-9a-f-]{36}/(disclosure/)?bundle/?"
        )
        registry.lasting.add("evidence uploads", r"/api/v1/evidence/uploads/[0-9a-f-]{36}")
        registry.lasting.add("exports", r"(/api/v1)?/evidence/exports?/?")
        uploads.take("evidence/<uuid:exhibit>/send/", MOST_IN_A_FORM)
        lengthy.take("api:evidence-upload", {"PATCH", "HEAD"})
        lengthy.take("api:evidence-inside", READING)
        lengthy.take("evidence:inside", READING)
        lengthy.take("api:evidence-unpack", {*READING, "POST"})
        lengthy.take("evidence:unpack", {*READING, "POST"})
        lengthy.take("api:evidence-proof", {"POST"})
        lengthy.take("evidence:proof", {"POST"})
        lengthy.take("api:evidence-export", {"POST"})
        lengthy.take("evidence:export", {"POST"})
        lengthy.take("api:evidence-bundle", {"POST"})
        lengthy.take("evidence:bundle", {"POST"})
        registry.companions.add("unfinished files", Later("crossforce.evidence.jobs.sweep"))
