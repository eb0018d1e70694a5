"""Addresses of duty. Each part of the service has a block of its own, under its own path."""

from django.urls import include, path

from crossforce.duty.views import (
    board,
    card,
    cover,
    entries,
    expiring,
    exporting,
    fairness,
    importing,
    mappings,
)

boards = [
    path("", board.board, name="board"),
    path("card/<uuid:entry>/", card.card, name="card"),
    path("commands/", card.commands, name="commands"),
    path("commands/<slug:unit>/", card.unit_card, name="unit-card"),
]

planning = [
    path("hours/", fairness.hours, name="hours"),
    path("requalification/", expiring.requalification, name="requalification"),
    path("cover/", cover.cover, name="cover"),
    path("cover/set/", cover.set_cover, name="cover-set"),
    path("cover/<uuid:cover>/change/", cover.change, name="cover-change"),
]

imports = [
    path("imports/", importing.imports, name="imports"),
    path("imports/send/", importing.send, name="import-send"),
    path("imports/<uuid:key>/", importing.show, name="import"),
    path("imports/<uuid:key>/run/", importing.run, name="import-run"),
    path("imports/<uuid:key>/report.csv", importing.report, name="import-report"),
    path("mappings/add/", mappings.mapping, name="mapping-add"),
    path("mappings/<uuid:key>/", mappings.mapping, name="mapping"),
    path("exports/", exporting.export, name="export"),
]

entry = [
    path("entries/add/", entries.add, name="entry-add"),
    path("entries/<uuid:key>/", entries.change, name="entry-change"),
    path("entries/<uuid:key>/status/", entries.status, name="entry-status"),
    path("entries/<uuid:key>/cancel/", entries.cancel, name="entry-cancel"),
]

pages = [*boards, *entry, *imports, *planning]
urlpatterns = [path("duty/", include((pages, "duty")))]
