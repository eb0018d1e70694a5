"""Addresses of oversight."""

from django.urls import include, path

from crossforce.oversight.views import ledger

ledger_pages = [
    path("", ledger.entries, name="list"),
    path("<uuid:entry>/", ledger.entry, name="entry"),
    path("<uuid:entry>/export/", ledger.export, name="export"),
    path("<uuid:entry>/receipt/", ledger.receipt, name="receipt"),
    path("checkpoint", ledger.checkpoint, name="checkpoint"),
    path("<uuid:entry>/erase/", ledger.erase, name="erase"),
]

urlpatterns = [path("ledger/", include((ledger_pages, "ledger")))]
