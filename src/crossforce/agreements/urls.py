"""Addresses of the pages of agreements."""

from django.urls import include, path

from crossforce.agreements.views import drafts, keys, leaving, lists, parties, preview, versions

desk = [
    path("", lists.mine, name="mine"),
    path("new/", drafts.begin, name="begin"),
    path("keys/", keys.keys, name="keys"),
    path("keys/issue/", keys.issue, name="issue-key"),
    path("keys/<uuid:key>/rotate/", keys.rotate, name="rotate-key"),
    path("keys/<uuid:key>/revoke/", keys.revoke, name="revoke-key"),
]
drafting = [
    path("<slug:reference>/vary/", drafts.vary, name="vary"),
    path("<slug:reference>/draft/", drafts.edit, name="draft"),
    path("<slug:reference>/draft/upload/", drafts.upload, name="upload"),
    path("<slug:reference>/draft/document.toml", drafts.download, name="download"),
    path("<slug:reference>/draft/propose/", drafts.propose, name="propose"),
    path("<slug:reference>/draft/preview/", preview.draft, name="preview"),
    path("<slug:reference>/draft/discard/", drafts.discard, name="discard"),
]
VERSION = "<slug:reference>/versions/<int:number>/"
of_version = [
    path(VERSION, versions.version, name="version"),
    path(VERSION + "parts/<slug:kind>/", versions.part, name="part"),
    path(VERSION + "statements/<slug:organisation>/", versions.statement, name="statement"),
    path(VERSION + "preview/", preview.version, name="preview-version"),
    path(VERSION + "consider/", parties.consider, name="consider"),
    path(VERSION + "sign/", parties.sign, name="sign"),
    path(VERSION + "sign-outside/", parties.sign_outside, name="sign-outside"),
    path(VERSION + "refuse/", parties.refuse, name="refuse"),
    path(VERSION + "withdraw/", parties.withdraw, name="withdraw"),
]
of_agreement = [
    path("<slug:reference>/", versions.show, name="show"),
    path("<slug:reference>/suspend/", parties.suspend, name="suspend"),
    path("<slug:reference>/resume/", parties.resume, name="resume"),
    path("<slug:reference>/leave/", leaving.leave, name="leave"),
    path("<slug:reference>/end/", leaving.end, name="end"),
    path("<slug:reference>/notices/<uuid:notice>/", leaving.notice, name="notice"),
    path("<slug:reference>/notices/<uuid:notice>/join/", leaving.join, name="join"),
    path("<slug:reference>/handover/<uuid:item>/settle/", leaving.settle, name="settle"),
]

pages = [*desk, *drafting, *of_version, *of_agreement]
urlpatterns = [path("agreements/", include((pages, "agreements")))]
