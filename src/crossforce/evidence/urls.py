"""Addresses of digital evidence."""

from django.urls import include, path

from crossforce.evidence.views import (
    cases,
    continuity,
    disclosure,
    disposals,
    originals,
    packages,
    proofs,
    redactions,
    shared,
    shares,
    unpacking,
)

pages = [
    path("", originals.listed, name="exhibits"),
    path("cases/", cases.case, name="case"),
    path("cases/<uuid:case>/", cases.case_file, name="case-file"),
    path("cases/<uuid:case>/propose-disposal/", disposals.propose, name="propose-disposal"),
    path("cases/<uuid:case>/disclosure/", disclosure.schedules, name="disclosure"),
    path("cases/<uuid:case>/disclosure/reopen/", disclosure.reopen, name="reopen"),
    path("cases/<uuid:case>/disclosure/certify/", disclosure.certify, name="certify"),
    path("cases/<uuid:case>/disclosure/bundle/", disclosure.bundle, name="bundle"),
    path("cases/<uuid:case>/disclosure/<slug:name>.pdf", disclosure.paper, name="schedule-pdf"),
    path(
        "cases/<uuid:case>/disclosure/<slug:name>.csv", disclosure.listing, name="schedule-csv"
    ),
    path("unused/<uuid:item>/", disclosure.unused, name="unused"),
    path("unused/<uuid:item>/test/", disclosure.test, name="unused-test"),
    path("unused/<uuid:item>/decide/", disclosure.decide, name="unused-decide"),
    path("unused/<uuid:item>/move/", disclosure.move, name="unused-move"),
    path("disposals/", disposals.certificates, name="disposals"),
    path("export/", packages.export, name="export"),
    path("<uuid:exhibit>/", originals.exhibit, name="exhibit"),
    path("<uuid:exhibit>/send/", originals.send, name="send"),
    path("<uuid:exhibit>/continuity/", continuity.continuity, name="continuity"),
    path("<uuid:exhibit>/continuity.pdf", continuity.statement, name="continuity-pdf"),
    path("<uuid:exhibit>/continuity.csv", continuity.listing, name="continuity-csv"),
    path("<uuid:exhibit>/proof/", proofs.proof, name="proof"),
    path("items/<uuid:item>/", originals.item, name="item"),
    path("items/<uuid:item>/inside/", originals.inside, name="inside"),
    path("items/<uuid:item>/unpack/", unpacking.unpack, name="unpack"),
    path("items/<uuid:item>/content/", originals.content, name="content"),
    path("items/<uuid:item>/give-up/", originals.give_up, name="give-up"),
    path("items/<uuid:item>/look/", redactions.look, name="look"),
    path("items/<uuid:item>/redact/", redactions.redact, name="redact"),
    path("items/<uuid:item>/decide/", redactions.decide, name="decide"),
    path("items/<uuid:item>/share/", shares.share, name="share"),
    path("shares/<uuid:share>/recall/", shares.recall, name="recall"),
    path("shared/<str:link>/", shared.shared, name="shared"),
    path("shared/<str:link>/picture/", shared.picture, name="shared-picture"),
    path("shared/<str:link>/content/", shared.content, name="shared-content"),
]
urlpatterns = [path("evidence/", include((pages, "evidence")))]
