"""Addresses of the programme."""

from django.urls import include, path

from crossforce.programme.views import (
    calendars,
    dashboard,
    importing,
    packs,
    projects,
    public_reports,
    register,
    reports,
    reviews,
)

entries = [
    path("", register.register, name="register"),
    path("chase/", register.chase, name="chase"),
    path("chase/own/", register.chase, {"own": True}, name="chase-own"),
    path("alike/", register.alike, name="alike"),
    path("entries/add/", register.add, name="entry-add"),
    path("entries/<uuid:key>/", register.entry, name="entry"),
    path("entries/<uuid:key>/change/", register.change, name="entry-change"),
    path("entries/<uuid:key>/look/", register.look, name="entry-look"),
    path("entries/<uuid:key>/move/<slug:to>/", register.move, name="entry-move"),
    path("imports/", importing.past, name="imports"),
    path("imports/send/", importing.send, name="import-send"),
]

portfolio = [
    path("projects/", projects.portfolio, name="projects"),
    path("projects/add/", projects.add, name="project-add"),
    path("projects/<uuid:key>/", projects.project, name="project"),
    path("projects/<uuid:key>/change/", projects.change, name="project-change"),
    path("projects/<uuid:key>/trial/", projects.trial, name="project-trial"),
    path("projects/<uuid:key>/move/<slug:to>/", projects.move, name="project-move"),
]

of_meetings = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("calendar/", calendars.coming, name="calendar"),
    path("calendar/crossforce.ics", calendars.file, name="calendar-file"),
    path("packs/<uuid:meeting>/", packs.pack, name="pack"),
    path("packs/<uuid:meeting>/draw/", packs.draw, name="pack-draw"),
    path("packs/<uuid:meeting>/drawn/<uuid:key>/", packs.drawn, name="pack-drawn"),
    path("packs/<uuid:meeting>/drawn/<uuid:key>/file/", packs.file, name="pack-file"),
]

contributions = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/add/", reviews.add, name="review-add"),
    path("reviews/<uuid:key>/", reviews.review, name="review"),
    path("reviews/<uuid:key>/change/", reviews.change, name="review-change"),
    path("reviews/<uuid:key>/move/<slug:to>/", reviews.move, name="review-move"),
]

of_reports = [
    path("reports/", reports.reports, name="reports"),
    path("reports/add/", reports.add, name="report-add"),
    path("reports/<uuid:key>/", reports.report, name="report"),
    path("reports/<uuid:key>/change/", reports.change, name="report-change"),
    path("reports/<uuid:key>/draw/", reports.draw, name="report-draw"),
    path("reports/<uuid:key>/lower/", reports.lower, name="report-lower"),
    path("reports/<uuid:key>/publish/", reports.publish, name="report-publish"),
    path("reports/<uuid:key>/withdraw/", reports.withdraw, name="report-withdraw"),
    path("reports/<uuid:key>/correct/", reports.correct, name="report-correct"),
]

public = [
    path("", public_reports.reports, name="public-reports"),
    path("<slug:code>/", public_reports.report, name="public-report"),
    path("<slug:code>/<int:number>/", public_reports.report, name="public-report-version"),
    path("<slug:code>/<int:number>.pdf", public_reports.report_pdf, name="public-report-pdf"),
    path("<slug:code>/<int:number>.csv", public_reports.report_csv, name="public-report-csv"),
    path(
        "<slug:code>/<int:number>.json", public_reports.report_json, name="public-report-json"
    ),
]

pages = [
    path(
        "programme/", include([*entries, *portfolio, *contributions, *of_meetings, *of_reports])
    ),
    path("register/reports/", include(public)),
]

urlpatterns = [path("", include((pages, "programme")))]
