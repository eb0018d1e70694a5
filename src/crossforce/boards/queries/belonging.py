"""Whether an organisation is one of those whom a board is: only they keep it here."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from crossforce.agreements import api as agreements
from crossforce.boards.queries import agreed
from crossforce.kernel import civil, guarded
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory
from crossforce.people.api import Actor


@guarded.acts
def belongs(actor: Actor, code: str, agreement: str, at: datetime) -> bool:
    """Whether the actor's organisation is the body of that code, its host or one of its members; of any other code,
    whether it is a party of the agreement. A force, its chief officer and its policing body are one here."""
    directory = organisations.directory()
    of = _of_body(code, directory)
    whose = _parties(actor, agreement, at) if of is None else of
    mine = _kin([actor.organisation], at, directory)
    return not mine.isdisjoint(_kin(whose, at, directory))


def _of_body(code: str, directory: Directory) -> set[str] | None:
    """The body, its host and its members; None where no organisation has the code."""
    found = directory.get(code)
    if found is None:
        return None
    members = {each for office in found.members for each in office.of}
    return {code, *([found.host] if found.host else []), *members}


def _parties(actor: Actor, agreement: str, at: datetime) -> set[str]:
    """Who is bound by the agreement; of one that does not stand, whom its last version names."""
    try:
        terms = agreed.binding(actor, agreement, at)[0].terms
    except agreed.NotStanding:
        versions = agreements.Version.objects.filter(agreement__reference=agreement)
        last = versions.order_by("-number").first()
        return (
            {each.organisation for each in agreements.terms_of(last).parties} if last else set()
        )
    bound = {code for each in agreements.bound([agreement], at) for code in each.parties}
    return bound | {each.organisation for each in terms.parties}


def _kin(codes: Iterable[str], at: datetime, directory: Directory) -> set[str]:
    """Their forces, and of those who are of none themselves; of who is no more also their heirs'."""
    return {each for code in codes for each in _forces(code, at, directory)}


def _forces(code: str, at: datetime, directory: Directory) -> Iterator[str]:
    if directory.get(code) is None:
        yield code
        return
    for each in (code, *directory.heirs(code, civil.day_of(at))):
        yield directory.force_of(each) or each
