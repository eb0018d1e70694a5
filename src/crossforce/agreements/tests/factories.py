"""Actors, documents and agreements for tests; built by the operations that everybody uses."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from crossforce.agreements import models, operations, starters
from crossforce.agreements.choices import View
from crossforce.agreements.operations.considerations import Consideration
from crossforce.agreements.operations.keys import NewKey
from crossforce.organisations import api as organisations
from crossforce.people import api as people

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BEGINS = date(2026, 12, 1)

AVON, GLOS, WILTS, DORSET = "avon-and-somerset", "gloucestershire", "wiltshire", "dorset"
THREE = (AVON, GLOS, WILTS)
FORCES = (*THREE, DORSET)
REFERENCE = "joint-roads"
SHARED = {
    "joint-unit": "Roads policing",
    "memorandum": "Specialist support",
    "internal-policy": "",
}


def actor(organisation: str, office: str) -> people.Actor:
    """Someone in that office of that organisation, with its standing powers."""
    own, everywhere = people.powers_of(office, on=NOW.date())
    return people.Actor(
        account=None,
        staff=uuid.uuid5(uuid.NAMESPACE_URL, f"{organisation}/{office}"),
        posting=None,
        organisation=organisation,
        office=office,
        purpose="governance",
        powers=own,
        powers_everywhere=everywhere,
        name=f"{office} of {organisation}",
    )


def programme(force: str = AVON) -> people.Actor:
    """The programme officer of a force: drafts, proposes, winds up."""
    return actor(force, "programme-officer")


def party(organisation: str) -> people.Actor:
    """Whoever signs for a chief officer or a policing body."""
    is_chief = organisation.startswith("chief-constable-")
    return actor(organisation, "chief-officer" if is_chief else "policing-body")


def loader() -> people.Actor:
    """The system work that loads what public sources say."""
    return people.system_actor("world-loader", on=NOW.date())


def parties(*forces: str) -> list[str]:
    """Chief constable and commissioner of each force."""
    return [f"{kind}-{force}" for force in forces for kind in ("chief-constable", "pcc")]


def document(
    forces: Sequence[str] = THREE, *, starter: str = "joint-unit", reference: str = REFERENCE
) -> str:
    """A document that passes check."""
    chosen = next(each for each in starters.STARTERS if each.name == starter)
    wanted = starters.Wanted(reference, "Joint roads policing", forces, BEGINS, SHARED[starter])
    written = starters.written(chosen, wanted, organisations.directory())
    return written.replace(
        "to be agreed", "One roads policing unit serves the three areas better."
    )


def oversized() -> str:
    """A document with more clauses than the check goes through."""
    clauses = (
        f'[[clause]]\nnumber = "{n}"\nheading = {{ en = "Schedule" }}\ntext = {{ en = "Words." }}\n'
        for n in range(1000, 6000)
    )
    return "\n".join((document(), *clauses))


def drafted(text: str = "", *, reference: str = REFERENCE) -> models.Draft:
    """A draft of the programme officer of Avon and Somerset."""
    return operations.begin(
        actor=programme(),
        owner=AVON,
        reference=reference,
        document=text or document(reference=reference),
        at=NOW,
    )


def proposed(text: str = "", *, at: datetime = NOW) -> models.Version:
    """A version before its parties."""
    draft = drafted(text)
    return operations.propose(
        actor=programme(), reference=draft.agreement.reference, version=draft.version, at=at
    )


def give_key(organisation: str, *, at: datetime = NOW, days: int = 365) -> models.SigningKey:
    """A key held here, issued by the organisation itself."""
    return operations.issue_key(
        actor=party(organisation), organisation=organisation, key=NewKey("A key", days), at=at
    )


def in_favour() -> Consideration:
    """A complete consideration with the view that it is in the interest."""
    return Consideration(View.IN_INTEREST, "It saves a third.", "None stand.", "Yes.", "Few.")


def considered(
    organisation: str, *, number: int = 1, at: datetime = NOW, reference: str = REFERENCE
) -> models.VersionParty:
    """The party has recorded that it is in favour."""
    row = models.VersionParty.objects.get(
        party_of__number=number,
        party_of__agreement__reference=reference,
        organisation=organisation,
    )
    return operations.consider(
        actor=party(organisation),
        reference=reference,
        number=number,
        organisation=organisation,
        consideration=in_favour(),
        version=row.version,
        at=at,
    )


def signed_by(
    organisation: str, *, number: int = 1, at: datetime = NOW, reference: str = REFERENCE
) -> models.Signature:
    """The party has considered and signed, with a key of its own."""
    if not models.SigningKey.objects.filter(organisation=organisation).exists():
        give_key(organisation)
    considered(organisation, number=number, at=at, reference=reference)
    return operations.sign(
        actor=party(organisation),
        reference=reference,
        number=number,
        organisation=organisation,
        at=at,
    )


def in_force(forces: Sequence[str] = THREE) -> models.Agreement:
    """An agreement that every party has signed; it begins on BEGINS."""
    version = proposed(document(forces))
    for organisation in parties(*forces):
        signed_by(organisation)
    return version.agreement


LATER = datetime(2027, 1, 15, tzinfo=UTC)
"""An instant at which what `in_force` makes has begun."""
