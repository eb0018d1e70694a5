"""Addresses of nominals. Each part of the service has a block of its own."""

from django.urls import include, path

from crossforce.nominals.views import searching

searches = [
    path("", searching.search, name="search"),
    path("typed/", searching.typed, name="typed"),
]

pages = [*searches]
urlpatterns = [path("nominals/", include((pages, "nominals")))]
