"""Addresses of duty. Each part of the service has a block of its own, under its own path."""

from django.urls import include, path

from crossforce.duty.views import board, card

boards = [
    path("", board.board, name="board"),
    path("card/<uuid:entry>/", card.card, name="card"),
    path("commands/", card.commands, name="commands"),
    path("commands/<slug:unit>/", card.unit_card, name="unit-card"),
]

pages = [*boards]
urlpatterns = [path("duty/", include((pages, "duty")))]
