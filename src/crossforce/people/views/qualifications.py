"""Pages of skills, authorities and clearances."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from crossforce.kernel import civil, clock, web
from crossforce.people import forms, operations, queries
from crossforce.people.rules import catalogue
from crossforce.people.rules.powers import require
from crossforce.people.views.acting import ActingRequest, asked, back_to

ADMINISTER, AUTHORISE, VET = "people.administer", "people.authorise", "people.vet"


def lapsing(request: ActingRequest) -> HttpResponse:
    """Authorities that lapse soon."""
    at = clock.now()
    on = civil.day_of(at)
    context = {
        "held": queries.lapsing(request.actor, at),
        "days": catalogue.warning_days(on)[0],
        "authorities": catalogue.authorities(on),
    }
    return web.page(request, "people/lapsing.html", context)


def record_skill(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Record a skill."""
    row = queries.changeable(request.actor, staff, ADMINISTER)
    items = catalogue.skills(civil.day_of(clock.now()))
    form = _qualify(request, items, "Skill", "Evidence, such as a certificate number", 200)

    def save() -> None:
        given = form.cleaned_data
        skill = operations.NewSkill(given["code"], form.period, given["words"])
        operations.record_skill(actor=request.actor, staff=staff, skill=skill, at=clock.now())

    words = (f"Record a skill of {row.name}", "Record")
    return asked(request, form, save, staff=row, words=words)


def end_skill(request: ActingRequest, skill: UUID) -> HttpResponse:
    """A skill is no longer held."""
    row = queries.skill(request.actor, skill)
    require(request.actor, ADMINISTER)
    title = "End a skill"
    return _end(request, row, title, lambda **given: operations.end_skill(skill=skill, **given))


def grant(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Grant an authority."""
    row = queries.changeable(request.actor, staff, AUTHORISE)
    items = catalogue.authorities(civil.day_of(clock.now()))
    form = _qualify(request, items, "Authority", "Conditions", 500)

    def save() -> None:
        given = form.cleaned_data
        authority = operations.NewAuthority(given["code"], form.period, given["words"])
        operations.grant_authority(
            actor=request.actor, staff=staff, authority=authority, at=clock.now()
        )

    words = (f"Grant an authority to {row.name}", "Grant")
    return asked(request, form, save, staff=row, words=words)


def suspend(request: ActingRequest, authority: UUID) -> HttpResponse:
    """Stop an authority at once."""
    row = queries.authority(request.actor, authority)
    require(request.actor, AUTHORISE)
    form = forms.Suspend(request.POST or None)

    def save() -> None:
        operations.suspend_authority(
            actor=request.actor,
            authority=authority,
            version=web.forms.version_sent(request),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )

    words = (f"Suspend an authority of {row.staff.name}", "Suspend at once")
    return asked(request, form, save, staff=row.staff, words=words, version=row.version)


@require_POST
def reinstate(request: ActingRequest, authority: UUID) -> HttpResponse:
    """Lift a suspension."""
    row = operations.reinstate_authority(
        actor=request.actor,
        authority=authority,
        version=web.forms.version_sent(request),
        at=clock.now(),
    )
    return back_to(row.staff_id)


def renew(request: ActingRequest, authority: UUID) -> HttpResponse:
    """Grant the same authority anew."""
    row = queries.authority(request.actor, authority)
    require(request.actor, AUTHORISE)
    first = civil.day_of(row.ends_at) if row.ends_at else None
    form = forms.Renew(request.POST or None, initial={"first_day": first})

    def save() -> None:
        operations.renew_authority(
            actor=request.actor,
            authority=authority,
            version=web.forms.version_sent(request),
            period=form.period,
            at=clock.now(),
        )

    words = (f"Renew an authority of {row.staff.name}", "Renew")
    return asked(request, form, save, staff=row.staff, words=words, version=row.version)


def withdraw(request: ActingRequest, authority: UUID) -> HttpResponse:
    """End an authority."""
    row = queries.authority(request.actor, authority)
    require(request.actor, AUTHORISE)
    title = "Withdraw an authority"
    return _end(
        request,
        row,
        title,
        lambda **given: operations.withdraw_authority(authority=authority, **given),
    )


def record_vetting(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Record a clearance."""
    row = queries.changeable(request.actor, staff, VET)
    items = catalogue.clearances(civil.day_of(clock.now()))
    form = _qualify(request, items, "Clearance", "Reference", 60)

    def save() -> None:
        given = form.cleaned_data
        vetting = operations.NewVetting(given["code"], form.period, given["words"])
        operations.record_vetting(
            actor=request.actor, staff=staff, vetting=vetting, at=clock.now()
        )

    words = (f"Record a clearance of {row.name}", "Record")
    return asked(request, form, save, staff=row, words=words)


def withdraw_vetting(request: ActingRequest, vetting: UUID) -> HttpResponse:
    """End a clearance early."""
    row = queries.vetting(request.actor, vetting)
    require(request.actor, VET)
    title = "Withdraw a clearance"
    return _end(
        request,
        row,
        title,
        lambda **given: operations.withdraw_vetting(vetting=vetting, **given),
    )


def _qualify(
    request: ActingRequest, items: catalogue.Catalogue, which: str, words: str, longest: int
) -> forms.Qualify:
    return forms.Qualify(
        request.POST or None, items=items, which=which, words=words, longest=longest
    )


def _end(request: ActingRequest, row: Any, title: str, operation: Any) -> HttpResponse:
    form = forms.Ending(request.POST or None)

    def save() -> None:
        operation(
            actor=request.actor,
            version=web.forms.version_sent(request),
            ends_at=form.ends_at,
            at=clock.now(),
        )

    words = (f"{title} of {row.staff.name}", "Record the last day")
    return asked(request, form, save, staff=row.staff, words=words, version=row.version)
