"""Where journeys begin: the demonstration with the South West in it, and agreements under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from rich.progress import Progress

from crossforce.agreements import api as agreements
from crossforce.agreements import models, operations, starters
from crossforce.agreements.choices import View
from crossforce.kernel import civil, clock
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.register import jobs
from crossforce.world import operations as world

GLOS, WILTS, AVON = "gloucestershire", "wiltshire", "avon-and-somerset"
FORCES = (GLOS, WILTS, AVON)
REFERENCE = "sw-joint-roads"
TITLE = "Joint roads policing"
REASON = "One roads policing unit serves the three areas better."
OWNER = "sw-police-collaboration-programme-board"
WITHHELD = """\
withheld = [{ clause = "6", ground = "safety", reason = { en = "It would show \
who can be called at short notice." } }]"""
NOTICE = 'mode = "notice"\nnotice = { en = "Three forces run one roads policing unit." }\n'


@dataclass(frozen=True)
class Party:
    """A party of the three forces, and the account that acts for it."""

    account: str
    organisation: str
    name: str


PARTIES = (
    Party("chief-gloucestershire", f"chief-constable-{GLOS}", "Gloucestershire"),
    Party("pcc-gloucestershire", f"pcc-{GLOS}", "Gloucestershire"),
    Party("chief-wiltshire", f"chief-constable-{WILTS}", "Wiltshire"),
    Party("pcc-wiltshire", f"pcc-{WILTS}", "Wiltshire"),
    Party("chief-avon-and-somerset", f"chief-constable-{AVON}", "Avon and Somerset"),
    Party("pcc-avon-and-somerset", f"pcc-{AVON}", "Avon and Somerset"),
)


def load_world(*regions: str) -> None:
    """The demonstration as `serve` loads it, with the agreements of these regions."""
    at = clock.now()
    with Progress(disable=True) as progress:
        world.load_organisations(progress, at=at)
        world.load_accounts(progress, at=at)
    files = {
        path.name: path.read_text("utf-8")
        for region in regions
        for path in sorted((settings.PROJECT / "agreements" / region).glob("*.toml"))
    }
    loader = people.system_actor("world-loader", on=civil.day_of(at))
    agreements.record_set(actor=loader, files=files, at=at)
    jobs.publish_missing(at)


def load_units() -> None:
    """The South West and the forces' own policies, then the accounts that are posted to joint units."""
    load_world("south-west", "internal")
    with Progress(disable=True) as progress:
        world.load_accounts(progress, at=clock.now())


def as_account(username: str) -> people.Actor:
    """Whoever the account acts for."""
    return people.actor_named(username, clock.now())


def sound(text: str) -> str:
    """A starter's text with everything said that it leaves open; one clause is withheld."""
    return text.replace("to be agreed", REASON).replace('mode = "whole"', NOTICE + WITHHELD)


def leaving_at_once(text: str) -> str:
    """The same, but a force can leave at the end of any day."""
    changed = text.replace("twelve months' notice", "notice").replace(
        ", taking effect on 31 March", ", taking effect at the end of the day"
    )
    return (
        changed.replace("notice_months = 12", "notice_months = 0")
        .replace('effective = "31-march"', 'effective = "day"')
        .replace("pence = 0, months", "pence = 60_000_00, months")
    )


def document(forces: Sequence[str] = FORCES) -> str:
    """The joint unit of those forces, beginning today; it passes check."""
    today = civil.day_of(clock.now())
    wanted = starters.Wanted(REFERENCE, TITLE, forces, today, "Roads policing")
    return sound(starters.written(starters.STARTERS[0], wanted, organisations.directory()))


def drafted(text: str) -> models.Draft:
    """A draft of the programme team."""
    return operations.begin(
        actor=as_account("programme"),
        owner=OWNER,
        reference=REFERENCE,
        document=text,
        at=clock.now(),
    )


def proposed(text: str) -> models.Version:
    """A version that the programme team has put to its parties."""
    draft = drafted(text)
    return operations.propose(
        actor=as_account("programme"),
        reference=REFERENCE,
        version=draft.version,
        at=clock.now(),
    )


def considered(party: Party) -> None:
    """The party has found the proposal in the interest."""
    row = models.VersionParty.objects.get(
        organisation=party.organisation, party_of__agreement__reference=REFERENCE
    )
    operations.consider(
        actor=as_account(party.account),
        reference=REFERENCE,
        number=1,
        organisation=party.organisation,
        consideration=operations.Consideration(View.IN_INTEREST, *[REASON] * 4),
        version=row.version,
        at=clock.now(),
    )


def in_force(text: str) -> None:
    """All six parties have signed; the agreement begins today."""
    proposed(text)
    for party in PARTIES:
        considered(party)
        operations.sign(
            actor=as_account(party.account),
            reference=REFERENCE,
            number=1,
            organisation=party.organisation,
            at=clock.now(),
        )


def left(*parties: Party) -> models.Notice:
    """The parties of one force have given notice together."""
    first, *others = parties
    notice = operations.give_notice(
        actor=as_account(first.account),
        reference=REFERENCE,
        organisation=first.organisation,
        reason=REASON,
        at=clock.now(),
    )
    for party in others:
        operations.join_notice(
            actor=as_account(party.account),
            reference=REFERENCE,
            notice=notice.pk,
            organisation=party.organisation,
            at=clock.now(),
        )
    return notice


def expired_key(party: Party, at: datetime) -> None:
    """The party has a key whose day is over."""
    operations.issue_key(
        actor=as_account(party.account),
        organisation=party.organisation,
        key=agreements.NewKey("Last year's key", days=1),
        at=at,
    )
