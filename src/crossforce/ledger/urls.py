"""Addresses of the ledger."""

from django.urls import include, path

from crossforce.ledger import views

pages = [
    path("", views.entries, name="list"),
    path("<uuid:entry>/", views.entry, name="entry"),
    path("<uuid:entry>/export/", views.export, name="export"),
    path("<uuid:entry>/receipt/", views.receipt, name="receipt"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("<uuid:entry>/erase/", views.erase, name="erase"),
]

urlpatterns = [path("ledger/", include((pages, "ledger")))]
