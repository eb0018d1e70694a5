"""Postings, skills, authorities and clearances over HTTP."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people import operations, queries
from crossforce.people.endpoints.shapes import (
    ActingRequest,
    Authority,
    Ending,
    Lasting,
    NewPosting,
    NewQualification,
    Posting,
    Qualification,
    Suspension,
    authority_of,
    held_of,
    posting_of,
)

router = Router()


@router.post("/staff/{staff}/postings", response={201: Posting})
def post_staff(request: ActingRequest, staff: UUID, new: NewPosting) -> Status[Posting]:
    """Post someone; for another organisation it is an offer."""
    wanted = operations.Wanted(new.organisation, new.role, new.period, new.unit)
    row = operations.post(actor=request.actor, staff=staff, wanted=wanted, at=clock.now())
    return Status(201, posting_of(row))


@router.get("/postings/{posting}", response=Posting)
def show_posting(request: ActingRequest, response: HttpResponse, posting: UUID) -> Posting:
    """One posting, of someone of the organisation or offered to it."""
    row = queries.posting(request.actor, posting)
    api.tagged(response, row)
    return posting_of(row)


@router.post("/postings/{posting}/end", response=Posting)
def end_posting(request: ActingRequest, posting: UUID, ending: Ending) -> Posting:
    """End a posting, or bring its end forward."""
    row = operations.end_posting(
        actor=request.actor,
        posting=posting,
        version=api.version_of(request, queries.posting(request.actor, posting)),
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return posting_of(row)


@router.post("/postings/{posting}/accept", response=Posting)
def accept_posting(request: ActingRequest, posting: UUID) -> Posting:
    """Take someone whom another organisation offers."""
    version = api.version_of(request, queries.posting(request.actor, posting))
    return posting_of(
        operations.accept_posting(
            actor=request.actor, posting=posting, version=version, at=clock.now()
        )
    )


@router.post("/postings/{posting}/decline", response=Posting)
def decline_posting(request: ActingRequest, posting: UUID) -> Posting:
    """Turn down someone whom another organisation offers."""
    version = api.version_of(request, queries.posting(request.actor, posting))
    return posting_of(
        operations.decline_posting(
            actor=request.actor, posting=posting, version=version, at=clock.now()
        )
    )


@router.post("/staff/{staff}/skills", response={201: Qualification})
def record_skill(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Record a skill; `words` is its evidence."""
    skill = operations.NewSkill(new.code, new.period, new.words)
    row = operations.record_skill(actor=request.actor, staff=staff, skill=skill, at=clock.now())
    return Status(201, Qualification(**held_of(row)))


@router.post("/staff/{staff}/authorities", response={201: Qualification})
def grant_authority(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Grant an authority; `words` are its conditions."""
    authority = operations.NewAuthority(new.code, new.period, new.words)
    row = operations.grant_authority(
        actor=request.actor, staff=staff, authority=authority, at=clock.now()
    )
    return Status(201, Qualification(**held_of(row)))


@router.get("/authorities/{authority}", response=Qualification)
def show_authority(
    request: ActingRequest, response: HttpResponse, authority: UUID
) -> Qualification:
    """One authority of someone of the organisation."""
    row = queries.authority(request.actor, authority)
    api.tagged(response, row)
    return Qualification(**held_of(row))


@router.post("/authorities/{authority}/suspend", response=Qualification)
def suspend_authority(
    request: ActingRequest, authority: UUID, suspension: Suspension
) -> Qualification:
    """Stop an authority at once."""
    row = operations.suspend_authority(
        actor=request.actor,
        authority=authority,
        version=api.version_of(request, queries.authority(request.actor, authority)),
        reason=suspension.reason,
        at=clock.now(),
    )
    return Qualification(**held_of(row))


@router.post("/authorities/{authority}/reinstate", response=Qualification)
def reinstate_authority(request: ActingRequest, authority: UUID) -> Qualification:
    """Lift a suspension."""
    version = api.version_of(request, queries.authority(request.actor, authority))
    row = operations.reinstate_authority(
        actor=request.actor, authority=authority, version=version, at=clock.now()
    )
    return Qualification(**held_of(row))


@router.post("/authorities/{authority}/renew", response={201: Qualification})
def renew_authority(
    request: ActingRequest, authority: UUID, renewal: Lasting
) -> Status[Qualification]:
    """Grant the same authority anew."""
    row = operations.renew_authority(
        actor=request.actor,
        authority=authority,
        version=api.version_of(request, queries.authority(request.actor, authority)),
        period=renewal.period,
        at=clock.now(),
    )
    return Status(201, Qualification(**held_of(row)))


@router.post("/staff/{staff}/vettings", response={201: Qualification})
def record_vetting(
    request: ActingRequest, staff: UUID, new: NewQualification
) -> Status[Qualification]:
    """Record a clearance; `words` is its reference."""
    vetting = operations.NewVetting(new.code, new.period, new.words)
    row = operations.record_vetting(
        actor=request.actor, staff=staff, vetting=vetting, at=clock.now()
    )
    return Status(201, Qualification(**held_of(row)))


@router.get("/offered", response=list[Posting])
def list_offered(request: ActingRequest) -> list[Posting]:
    """Postings that other organisations offer to the sender's, oldest first."""
    return [posting_of(row) for row in queries.offered(request.actor)]


@router.get("/lapsing", response=list[Authority])
def list_lapsing(
    request: ActingRequest, days: Annotated[int, Query(ge=0, le=3660)] = 60
) -> list[Authority]:
    """Valid authorities that lapse within the days, soonest first."""
    found = queries.lapsing(request.actor, clock.now(), days=days)
    return [authority_of(held) for held in found]


@router.post("/authorities/{authority}/withdraw", response=Qualification)
def withdraw_authority(
    request: ActingRequest, authority: UUID, ending: Ending
) -> Qualification:
    """End an authority for good."""
    row = operations.withdraw_authority(
        actor=request.actor,
        authority=authority,
        version=api.version_of(request, queries.authority(request.actor, authority)),
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return Qualification(**held_of(row))


@router.get("/skills/{skill}", response=Qualification)
def show_skill(request: ActingRequest, response: HttpResponse, skill: UUID) -> Qualification:
    """One skill of someone of the organisation."""
    row = queries.skill(request.actor, skill)
    api.tagged(response, row)
    return Qualification(**held_of(row))


@router.post("/skills/{skill}/end", response=Qualification)
def end_skill(request: ActingRequest, skill: UUID, ending: Ending) -> Qualification:
    """The skill is no longer held."""
    row = operations.end_skill(
        actor=request.actor,
        skill=skill,
        version=api.version_of(request, queries.skill(request.actor, skill)),
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return Qualification(**held_of(row))


@router.get("/vettings/{vetting}", response=Qualification)
def show_vetting(
    request: ActingRequest, response: HttpResponse, vetting: UUID
) -> Qualification:
    """One clearance of someone of the organisation."""
    row = queries.vetting(request.actor, vetting)
    api.tagged(response, row)
    return Qualification(**held_of(row))


@router.post("/vettings/{vetting}/withdraw", response=Qualification)
def withdraw_vetting(request: ActingRequest, vetting: UUID, ending: Ending) -> Qualification:
    """End a clearance early."""
    row = operations.withdraw_vetting(
        actor=request.actor,
        vetting=vetting,
        version=api.version_of(request, queries.vetting(request.actor, vetting)),
        ends_at=ending.ends_at,
        at=clock.now(),
    )
    return Qualification(**held_of(row))
