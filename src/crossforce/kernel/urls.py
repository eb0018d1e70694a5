"""Addresses of the pages that belong to the service as a whole."""

from django.urls import include, path

from crossforce.kernel.web import api, views

pages = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("privacy/", views.privacy, name="privacy"),
    path("licences/", views.licences, name="licences"),
    path("api/v1/docs", views.api_description, name="api"),
]

urlpatterns = [
    path("", include((pages, "kernel"))),
    path("api/v1/", api.interface().urls),
]
