"""The pages of every app that has some. An app's `urls.py` gives the whole path of each page."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

from crossforce.config.floors import FLOORS

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"crossforce.{app}.urls"))
    for app in reversed(FLOORS)
    if importlib.util.find_spec(f"crossforce.{app}.urls")
]
