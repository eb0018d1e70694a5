"""Addresses of nominals. Each part of the service has a block of its own."""

from django.urls import include, path

from crossforce.nominals.views import person, searching

searches = [
    path("", searching.search, name="search"),
    path("person/<uuid:key>/", person.person, name="person"),
    path("typed/", searching.typed, name="typed"),
]

pages = [*searches]
urlpatterns = [path("nominals/", include((pages, "nominals")))]
