"""Addresses of the pages of people."""

from django.urls import include, path

from crossforce.people import views

staff = [
    path("", views.staff, name="list"),
    path("add/", views.add, name="add"),
    path("offered/", views.offered, name="offered"),
    path("lapsing/", views.lapsing, name="lapsing"),
    path("<uuid:staff>/", views.show, name="show"),
    path("<uuid:staff>/edit/", views.edit, name="edit"),
    path("<uuid:staff>/end/", views.end, name="end"),
    path("<uuid:staff>/history/", views.history, name="history"),
    path("<uuid:staff>/account/", views.open_account, name="open-account"),
    path("<uuid:staff>/post/", views.post, name="post"),
    path("<uuid:staff>/skills/record/", views.record_skill, name="record-skill"),
    path("<uuid:staff>/authorities/grant/", views.grant, name="grant"),
    path("<uuid:staff>/vetting/record/", views.record_vetting, name="record-vetting"),
]
holdings = [
    path("accounts/<uuid:account>/close/", views.close_account, name="close-account"),
    path("postings/<uuid:posting>/end/", views.end_posting, name="end-posting"),
    path("postings/<uuid:posting>/accept/", views.accept, name="accept"),
    path("postings/<uuid:posting>/decline/", views.decline, name="decline"),
    path("skills/<uuid:skill>/end/", views.end_skill, name="end-skill"),
    path("authorities/<uuid:authority>/suspend/", views.suspend, name="suspend"),
    path("authorities/<uuid:authority>/reinstate/", views.reinstate, name="reinstate"),
    path("authorities/<uuid:authority>/renew/", views.renew, name="renew"),
    path("authorities/<uuid:authority>/withdraw/", views.withdraw, name="withdraw"),
    path("vetting/<uuid:vetting>/withdraw/", views.withdraw_vetting, name="withdraw-vetting"),
]

urlpatterns = [path("people/", include(([*staff, *holdings], "people")))]
