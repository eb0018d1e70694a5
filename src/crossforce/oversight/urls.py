"""Addresses of oversight."""

from django.urls import include, path

from crossforce.oversight.views import ledger, log, looks

ledger_pages = [
    path("", ledger.entries, name="list"),
    path("<uuid:entry>/", ledger.entry, name="entry"),
    path("<uuid:entry>/export/", ledger.export, name="export"),
    path("<uuid:entry>/receipt/", ledger.receipt, name="receipt"),
    path("checkpoint", ledger.checkpoint, name="checkpoint"),
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

urlpatterns = [
    path("ledger/", include((ledger_pages, "ledger"))),
    path("", include((pages, "oversight"))),
]
