"""Addresses of the directory of organisations."""

from django.urls import include, path

from crossforce.organisations import views

pages = [
    path("", views.directory, name="list"),
    path("areas.geojson", views.areas, name="areas"),
    path("<slug:code>/", views.show, name="show"),
    path("<slug:code>/rename/", views.rename, name="rename"),
    path("<slug:code>/succeed/", views.succeed, name="succeed"),
    path("<slug:code>/units/", views.units, name="units"),
    path("<slug:code>/units/open/", views.open_unit, name="open-unit"),
    path("<slug:code>/units/<uuid:unit>/change/", views.change_unit, name="change-unit"),
    path("<slug:code>/units/<uuid:unit>/close/", views.close_unit, name="close-unit"),
]

urlpatterns = [path("organisations/", include((pages, "organisations")))]
