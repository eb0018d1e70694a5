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
WAITING: Final = (
    registry.Waiting(
        name="evidence.copies",
        title=gettext_noop("Copies of exhibits that are offered to you, or asked back"),
        url_name="evidence:copies",
        count="crossforce.evidence.queries.copies.waiting",
        shown_to=acts,
    ),
    registry.Waiting(
        name="evidence.looks",
        title=gettext_noop("Items of unused material that you have to look at again"),
        url_name="evidence:looks-again",
        count="crossforce.evidence.queries.looks.waiting",
        shown_to=acts,
    ),
)
MOST_IN_A_FORM: Final = 500
READING: Final = frozenset({"GET", "HEAD"})
POSTED: Final = frozenset({"POST"})
LENGTHY: Final = {
    "api:evidence-upload": frozenset({"PATCH", "HEAD"}),
    "api:evidence-inside": READING,
    "evidence:inside": READING,
    "api:evidence-package": READING | POSTED,
    "evidence:package": READING | POSTED,
    "api:evidence-unpack": READING | POSTED,
    "evidence:unpack": READING | POSTED,
    "evidence:look": READING,
    "evidence:redact": READING | POSTED,
    "api:evidence-find": POSTED,
    "api:evidence-redact": POSTED,
    "evidence:cut": POSTED,
    "api:evidence-cut": POSTED,
    "api:evidence-proof": POSTED,
    "evidence:proof": POSTED,
    "evidence:take-copy": POSTED,
    "api:evidence-take-copy": POSTED,
    "api:evidence-export": POSTED,
    "evidence:export": POSTED,
    "api:evidence-bundle": POSTED,
    "evidence:bundle": POSTED,
    "api:evidence-extract": POSTED,
    "evidence:subject-extract": POSTED,
    "api:evidence-gallery": POSTED,
    "evidence:gallery": POSTED,
}
"""What works long, and opens transactions of its own."""


class EvidenceConfig(AppConfig):
    name = "crossforce.evidence"
    label = "evidence"

    def ready(self) -> None:
        from crossforce.evidence import guarding
        from crossforce.kernel import doctor
        from crossforce.kernel.web import uploads

        registry.declare(KINDS, named_by=NAMED_BY)
        registry.offer(PLACES)
        for each in WAITING:
            registry.waiting.add(each.name, each)
        registry.owner_installs.add("evidence", guarding.install)
        registry.api_routers.add(
            "evidence", registry.ApiRouter("evidence", "crossforce.evidence.endpoints.router")
        )
        registry.lasting.add(
            "evidence",
            r"(/api/v1)?/evidence/items/[0-9a-f-]{36}/(content|viewing/content|inside|look|redact|redactions|redactions/search|cut|cuts|unpack|package)/?|/evidence/shared/[\w-]+/(content|picture)/",
        )
        registry.lasting.add(
            "proof packs", r"(/api/v1/evidence/exhibits|/evidence)/[0-9a-f-]{36}/proof/?"
        )
        registry.lasting.add(
            "bundles", r"(/api/v1)?/evidence/cases/[0-9a-f-]{36}/(disclosure/)?bundle/?"
        )
        registry.lasting.add(
            "subject access", r"(/api/v1)?/evidence/subjects/[0-9a-f-]{36}/extract/?"
        )
        registry.lasting.add("evidence uploads", r"/api/v1/evidence/uploads/[0-9a-f-]{36}")
        registry.lasting.add("copies", r"(/api/v1)?/evidence/received/[0-9a-f-]{36}/take/?")
        registry.lasting.add("exports", r"(/api/v1)?/evidence/exports?/?")
        uploads.take("evidence/<uuid:exhibit>/send/", MOST_IN_A_FORM)
        for address, methods in LENGTHY.items():
            lengthy.take(address, methods)
        registry.companions.add("evidence docks", Later("crossforce.evidence.jobs.watch_docks"))
        doctor.more_looks.add("evidence docks", Later("crossforce.evidence.jobs.look_at_docks"))
        registry.companions.add(
            "viewing copies", Later("crossforce.evidence.jobs.make_viewing_copies")
        )
        registry.companions.add("unfinished files", Later("crossforce.evidence.jobs.sweep"))
