"""Addresses of duty. Each part of the service has a block of its own, under its own path."""

from django.urls import include, path

from crossforce.duty.views import board

boards = [
    path("", board.board, name="board"),
    path("card/<uuid:entry>/", board.card, name="card"),
]

pages = [*boards]
urlpatterns = [path("duty/", include((pages, "duty")))]
