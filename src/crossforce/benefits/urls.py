"""Addresses of benefits."""

from django.urls import include, path

from crossforce.benefits.views import benefits, changing, savings

pages = [
    path("", benefits.listed, name="list"),
    path("portfolio/", benefits.together, name="portfolio"),
    path("savings/", savings.programmes, name="programmes"),
    path("savings/<path:code>/", savings.programme, name="savings"),
    path("add/", changing.add, name="add"),
    path("<uuid:key>/", benefits.show, name="benefit"),
    path("<uuid:key>/edit/", changing.edit, name="edit"),
    path("<uuid:key>/promise/", changing.promise, name="promise"),
    path("<uuid:key>/move/", changing.move, name="move"),
    path("<uuid:key>/report/", changing.reading, name="report"),
    path("readings/<uuid:key>/", changing.correct, name="correct"),
    path("<uuid:key>/reinvest/", changing.use, name="reinvest"),
]
urlpatterns = [path("benefits/", include((pages, "benefits")))]
