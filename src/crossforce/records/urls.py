"""Addresses of the pages of records: the same for every kind."""

from django.urls import include, path

from crossforce.records import views

ONE = "<str:kind>/<uuid:record>/"

pages = [
    path("", views.start, name="list"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<uuid:proposal>/", views.proposal, name="proposal"),
    path("proposals/<uuid:proposal>/accept/", views.accept, name="accept"),
    path("proposals/<uuid:proposal>/refuse/", views.refuse, name="refuse"),
    path("corrections/", views.corrections, name="corrections"),
    path("links/<uuid:link>/cut/", views.unlink, name="unlink"),
    path("<str:kind>/", views.of_kind, name="of-kind"),
    path("<str:kind>/words/", views.words, name="words"),
    path("<str:kind>/add/", views.add, name="add"),
    path(ONE, views.show, name="show"),
    path(f"{ONE}history/", views.history, name="history"),
    path(f"{ONE}edit/", views.edit, name="edit"),
    path(f"{ONE}move/", views.move, name="move"),
    path(f"{ONE}link/", views.link, name="link"),
    path(f"{ONE}link/find/", views.find_other, name="find-other"),
    path(f"{ONE}combine/", views.combine, name="combine"),
    path(f"{ONE}disclose/", views.disclose, name="disclose"),
    path(f"{ONE}propose/", views.propose, name="propose"),
    path(f"{ONE}review/", views.review, name="review"),
    path(f"{ONE}hold/", views.hold, name="hold"),
    path(f"{ONE}holds/<uuid:hold>/lift/", views.lift, name="lift"),
    path(f"{ONE}propose-disposal/", views.propose_disposal, name="propose-disposal"),
    path(f"{ONE}dispose/", views.dispose, name="dispose"),
]

urlpatterns = [path("records/", include((pages, "records")))]
