"""Addresses of duty. Each part of the service has a block of its own, under its own path."""

from django.urls import include, path

from crossforce.duty.views import board, card, cover, expiring, fairness

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

pages = [*boards, *planning]
urlpatterns = [path("duty/", include((pages, "duty")))]
