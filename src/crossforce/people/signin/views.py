"""One's own account: where to act, tokens, and the demonstration's way in."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from crossforce.kernel import clock, web
from crossforce.people import queries
from crossforce.people.signin import acting, demonstration, forms, tokens


@web.without_posting
def posting(request: HttpRequest) -> HttpResponse:
    """Choose the posting. Somebody with one posting and no purpose to state need not choose."""
    at = clock.now()
    choices = [acting.in_words(row) for row in queries.postings_of(request.user, at)]  # type: ignore[arg-type]
    target = _next(request)
    initial = {
        "posting": str(choices[0].id)
        if len(choices) == 1
        else request.session.get(acting.POSTING),
        "purpose": request.session.get(acting.PURPOSE, ""),
    }
    form = forms.PostingForm(
        request.POST or None, postings=choices, purposes=acting.purposes(), initial=initial
    )
    if form.is_valid():
        try:
            acting.choose(
                request,
                form.cleaned_data["posting"],
                form.cleaned_data.get("purpose", ""),
                at=at,
            )
        except acting.NeedsSecondFactor as refusal:
            return web.page(request, "account/needs_second_factor.html", {"refusal": refusal})
        return redirect(target)
    return web.form_page(
        request, "account/posting.html", form, {"choices": choices, "next": target}
    )


@web.without_posting
def account(request: HttpRequest) -> HttpResponse:
    return web.page(request, "account/account.html", {"providers": settings.IDENTITY_PROVIDERS})


def token_list(request: HttpRequest) -> HttpResponse:
    """The account's tokens; a new one is shown here, once, and nowhere else."""
    form = forms.TokenForm(request.POST or None)
    issued = None
    if form.is_valid():
        issued = tokens.issue(
            actor=request.actor,  # type: ignore[attr-defined]
            title=form.cleaned_data["title"],
            days=form.cleaned_data["days"],
            at=clock.now(),
        )
        form = forms.TokenForm()
    context = {
        "issued": issued,
        "at": clock.now(),
        "tokens": [
            (row, acting.in_words(row.posting), web.forms.bare(request))
            for row in tokens.mine(request.actor)  # type: ignore[attr-defined]
        ],
    }
    return web.form_page(request, "account/tokens.html", form, context)


def token_revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    if request.method == "POST":
        tokens.revoke(actor=request.actor, token=token, at=clock.now())  # type: ignore[attr-defined]
    return redirect("account_tokens")


@web.public
@web.repeatable
def demonstrate(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's accounts, without a password."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST" and demonstration.sign_in(
        request, request.POST.get("account", "")
    ):
        return redirect(_next(request, demonstration.desk(request)))
    accounts = demonstration.accounts()
    form = web.forms.bare(request)
    return web.page(request, "account/demonstration.html", {"accounts": accounts, "form": form})


def _next(request: HttpRequest, usual: str = "") -> str:
    """Where to go afterwards: only within this service."""
    target = request.POST.get("next") or request.GET.get("next") or usual
    target = target or settings.HOME_URL
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure())
    return target if is_ours else settings.HOME_URL
