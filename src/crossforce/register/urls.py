"""Addresses of the public register."""

from django.urls import include, path

from crossforce.register import views

pages = [
    path("", views.entries, name="list"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/areas.json", views.areas, name="areas"),
    path("summary/", views.summaries, name="summaries"),
    path("summary/<slug:region>/", views.summary, name="summary"),
    path("summary/<slug:region>.pdf", views.summary_pdf, name="summary-pdf"),
    path("register.json", views.everything, name="everything"),
    path("sources/", views.sources, name="sources"),
    path("sources.json", views.sources_json, name="sources-json"),
    path("sources/<slug:number>/", views.source, name="source"),
    path("sources/<slug:number>.json", views.source_json, name="source-json"),
    path("<slug:reference>/", views.agreement, name="agreement"),
    path("<slug:reference>.json", views.agreement_json, name="agreement-json"),
    path("<slug:reference>.toml", views.document, name="document"),
]

urlpatterns = [path("register/", include((pages, "register")))]
