"""Addresses of digital evidence."""

from django.urls import include, path

from crossforce.evidence import views

pages = [
    path("", views.listed, name="exhibits"),
    path("<uuid:exhibit>/", views.exhibit, name="exhibit"),
    path("<uuid:exhibit>/send/", views.send, name="send"),
    path("items/<uuid:item>/", views.item, name="item"),
    path("items/<uuid:item>/content/", views.content, name="content"),
    path("items/<uuid:item>/give-up/", views.give_up, name="give-up"),
]
urlpatterns = [path("evidence/", include((pages, "evidence")))]
