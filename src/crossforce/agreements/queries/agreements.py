"""Which agreements an actor may work with, and finding one of them.

Those who work with an agreement are the sides of its versions with their successors, the board that
governs it, and whoever drafts or proposed it. For everybody else a draft or a proposal does not exist; what is
public stands in the register.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet, prefetch_related_objects

from crossforce.agreements import models, rules
from crossforce.agreements.choices import State
from crossforce.agreements.queries import claims
from crossforce.agreements.queries.facts import facts_of, facts_of_many
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people import api as people

EVERYWHERE = "agreement.record"
"""Whoever holds this power for any organisation keeps the records, and so reads them all."""


def family(actor: people.Actor) -> frozenset[str]:
    """The actor's organisation and its force: a chief officer, a policing body and their force
    see what concerns any one of them. Powers to act stay with each."""
    directory = organisations.directory()
    if directory.get(actor.organisation) is None:
        return frozenset({actor.organisation})
    return frozenset(
        {actor.organisation, directory.force_of(actor.organisation) or actor.organisation}
    )


def visible(actor: people.Actor) -> QuerySet[models.Agreement]:
    """The agreements the actor may know of here."""
    found = models.Agreement.objects.all()
    if EVERYWHERE in actor.powers_everywhere:
        return found
    mine = family(actor)
    party = Q(versions__parties__organisation__in=mine) | Q(versions__parties__side__in=mine)
    heir = Q(novations__successor__in=mine)
    drafter = Q(versions__owner__in=mine) | Q(draft__owner__in=mine)
    governed = models.Term.objects.filter(type="GOVERNANCE", body__body__in=mine)
    governing = Q(pk__in=governed.values("agreement"))
    return found.filter(party | heir | drafter | governing).distinct()


def titles(actor: people.Actor, among: Iterable[str] | None = None) -> dict[str, str]:
    """What agreements are called, by reference and in the order of titles: these, or all of which the
    actor may know. One of which they may not is not there."""
    wanted = None if among is None else {each for each in among if each}
    if wanted is not None and not wanted:
        return {}
    rows = visible(actor) if wanted is None else visible(actor).filter(reference__in=wanted)
    return dict(rows.order_by("title_en", "reference").values_list("reference", "title_en"))


def of(actor: people.Actor, reference: str) -> models.Agreement:
    """The agreement of that reference. Raises Missing for one the actor may not know of."""
    found = visible(actor).filter(reference=reference).first()
    if found is None:
        raise Missing("There is no agreement of that reference, or none that you may know of.")
    return found


def drafts(actor: people.Actor) -> QuerySet[models.Draft]:
    """The drafts of the organisations that the actor drafts for, or may preview for."""
    found = models.Draft.objects.select_related("agreement")
    if "agreement.draft" in actor.powers_everywhere:
        return found
    if actor.may("agreement.preview"):
        return found.filter(owner__in=family(actor))
    return found.filter(owner=actor.organisation if actor.may("agreement.draft") else "")


def draft_of(actor: people.Actor, reference: str) -> models.Draft:
    """The draft of an agreement, for the organisation that writes it. Raises Missing."""
    draft = draft_if_any(actor, reference)
    if draft is None:
        raise Missing("There is no draft of that agreement, or none that you may know of.")
    return draft


def draft_if_any(actor: people.Actor, reference: str) -> models.Draft | None:
    """The draft, or None where there is none that the actor may know of."""
    return drafts(actor).filter(agreement__reference=reference).first()


def version(agreement: models.Agreement, number: int) -> models.Version:
    """One version by its number, with its parties and signatures. Raises Missing."""
    found = numbered(agreement, number)
    prefetch_related_objects([found], "parties", "signatures__key")
    return found


def numbered(agreement: models.Agreement, number: int) -> models.Version:
    """One version by its number alone. Raises Missing."""
    if (version := agreement.versions.filter(number=number).first()) is None:
        raise Missing(f"There is no version {number} of {agreement.reference}.")
    return version


def pending_version(agreement: models.Agreement, at: datetime) -> models.Version:
    """The version that is before its parties now. Raises Missing."""
    waiting = rules.pending(facts_of(agreement), at)
    if waiting is None:
        raise Missing(f"No version of {agreement.reference} is before its parties.")
    return version(agreement, waiting.number)


def edit_of_party(version: models.Version, organisation: str) -> int:
    """At which edit the row of that party stands; nought for one that is no party."""
    found = version.parties.filter(organisation=organisation).values_list("version", flat=True)
    return found.first() or 0


def states(actor: people.Actor, at: datetime) -> list[tuple[models.Agreement, State, str]]:
    """Every agreement the actor may know of, by title, with its state and that state's origin."""
    found = list(visible(actor).order_by("title_en", "reference"))
    facts, rehearsed = facts_of_many(found), claims.rehearsed(found)
    return [
        (row, rules.state(known, at), claims.origin(row, known, rehearsed, at))
        for row, known in ((each, facts[each.pk]) for each in found)
    ]
