"""Addresses of oversight."""

from django.urls import include, path

from crossforce.oversight.views import explorer, ledger, log, looks, opening, why

ledger_pages = [
    path("", ledger.entries, name="list"),
    path("<uuid:entry>/", ledger.entry, name="entry"),
    path("<uuid:entry>/export/", ledger.export, name="export"),
    path("<uuid:entry>/receipt/", ledger.receipt, name="receipt"),
    path("checkpoint", ledger.checkpoint, name="checkpoint"),
    path("keys", ledger.keys, name="keys"),
    path("<uuid:entry>/erase/", ledger.erase, name="erase"),
]
pages = [
    path("who-looked/", looks.start, name="who-looked"),
    path("who-looked/record/<uuid:record>/", looks.record, name="looks-at"),
    path("who-looked/by/<uuid:staff>/", looks.by, name="looks-by"),
    path("who-looked/about/<uuid:person>/", looks.about, name="looks-about"),
    path("log-queries/", log.acts, name="log"),
    path("log-queries/counts/", log.counts, name="log-counts"),
    path("log-queries/alerts/", log.alerts, name="alerts"),
]
RECORD = "<str:kind>/<uuid:record>/"
access = [
    path("", why.start, name="access"),
    path("why/<str:kind>/", why.why, name="why-kind"),
    path(f"why/{RECORD}", why.why, name="why"),
    path(f"who-can/{RECORD}", why.who_can, name="who-can"),
    path("explorer/", explorer.explorer, name="explorer"),
    path("explorer/<uuid:posting>/", explorer.explorer_of, name="explorer-of"),
    path("explorer/<uuid:posting>/<str:kind>/", why.why_for, name="why-for"),
    path(f"ask/{RECORD}", opening.ask, name="ask"),
    path(f"break-glass/{RECORD}", opening.break_glass, name="break-glass"),
    path(f"open/{RECORD}", opening.open_record, name="open"),
    path("requests/", opening.requests, name="requests"),
    path("requests/<uuid:identifier>/", opening.show_request, name="request"),
    path("openings/", opening.openings, name="openings"),
    path("openings/<uuid:share>/", opening.opening, name="opening"),
    path("openings/<uuid:share>/end/", opening.end, name="end-opening"),
    path("openings/<uuid:share>/review/", opening.review, name="review"),
    path("notices/", opening.notices, name="notices"),
]

urlpatterns = [
    path("ledger/", include((ledger_pages, "ledger"))),
    path("", include(([*pages, path("access/", include(access))], "oversight"))),
]
