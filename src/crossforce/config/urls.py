"""The pages of every app that has some. An app's `urls.py` gives the whole path of each page."""

import importlib.util
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from crossforce.config.floors import FLOORS

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("crossforce.people.signin.urls")),
]
urlpatterns += [
    place
    for app in reversed(FLOORS)
    if importlib.util.find_spec(f"crossforce.{app}.urls")
    for place in import_module(f"crossforce.{app}.urls").urlpatterns
]

handler400 = "crossforce.kernel.web.refusals.not_understood"
handler403 = "crossforce.kernel.web.refusals.not_permitted"
handler404 = "crossforce.kernel.web.refusals.missing"
handler500 = "crossforce.kernel.web.refusals.fault"
