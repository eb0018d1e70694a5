"""Addresses of nominals. Each part of the service has a block of its own."""

from django.urls import include, path

from crossforce.nominals.views import (
    alerts,
    interests,
    loads,
    matches,
    person,
    quality,
    searching,
    sources,
)

searches = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/save/", alerts.save, name="alert-save"),
    path("alerts/<uuid:key>/seen/", alerts.looked, name="alert-seen"),
    path("alerts/<uuid:key>/stop/", alerts.stop, name="alert-stop"),
    path("", searching.search, name="search"),
    path("person/<uuid:key>/", person.person, name="person"),
    path("typed/", searching.typed, name="typed"),
    path("interests/", interests.interests, name="interests"),
    path("interests/add/", interests.register, name="interest-add"),
    path("interests/<uuid:key>/", interests.decide, name="interest-decide"),
    path("interests/<uuid:key>/day/", interests.move_day, name="interest-day"),
    path("interests/<uuid:key>/withdraw/", interests.withdraw, name="interest-withdraw"),
]

matching = [
    path("matches/", matches.matches, name="matches"),
    path("matches/next/", matches.following, name="match-next"),
    path("matches/<uuid:one>/<uuid:other>/", matches.match, name="match"),
]

loading = [
    path("loads/", loads.loaded, name="loads"),
    path("loads/send/", loads.send, name="load-send"),
    path("loads/<uuid:key>/", loads.show, name="load"),
    path("loads/<uuid:key>/run/", loads.run, name="load-run"),
    path("rows/", loads.rows, name="rows"),
    path("rows/<uuid:key>/", loads.mend, name="row"),
    path("rows/<uuid:key>/give-up/", loads.give_up, name="row-give-up"),
    path("sources/add/", sources.source, name="source-add"),
    path("sources/<uuid:key>/", sources.source, name="source"),
    path("quality/", quality.quality, name="quality"),
]

pages = [*searches, *matching, *loading]
urlpatterns = [path("nominals/", include((pages, "nominals")))]
