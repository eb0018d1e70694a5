"""Addresses of the pages that belong to the service as a whole."""

from django.urls import include, path

from crossforce.kernel.web import views

pages = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("privacy/", views.privacy, name="privacy"),
    path("licences/", views.licences, name="licences"),
]

urlpatterns = [path("", include((pages, "kernel")))]
