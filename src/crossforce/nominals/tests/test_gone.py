"""Once its system deleted a record, no answer names it: every page and endpoint of nominals is asked before and after."""

from typing import Any, Final

import psycopg
import pytest
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.web import api
from crossforce.ledger.models import Entry
from crossforce.nominals import models, urls
from crossforce.nominals.choices import ALERT, Act
from crossforce.nominals.commands import commands
from crossforce.nominals.operations import alerting, deconflicting, indexing, noticing
from crossforce.nominals.queries import interests
from crossforce.nominals.tests import holding, interested, loads
from crossforce.nominals.tests.interested import interest
from crossforce.nominals.tests.test_loading import people
from crossforce.nominals.tests.test_matching import alike, confirmed, decide, policies
from crossforce.people.choices import PLATFORM
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
API: Final = "/api/v1/nominals"
NUMBER, FORENAME = "N7712345", "Merrynne"
PILES: Final = ("waiting", "left", "second", "confirmed", "refused", "withdrawn")
PAGES: Final = {
    "alerts": ("/nominals/alerts/",),
    "search": ("sent /nominals/", "file /nominals/"),
    "person": ("/nominals/person/{gone}/", "/nominals/person/{mate}/", "/nominals/person/{free}/"),
    "typed": ("typed /nominals/typed/",),
    "interests": ("/nominals/interests/",),
    "matches": tuple(
        f"/nominals/matches/?state={of}{to}" for of in PILES for to in ("", "&format=csv")
    ),
    "match-next": ("/nominals/matches/next/",),
    "match": ("/nominals/matches/{gone}/{mate}/",),
    "loads": ("/nominals/loads/",),
    "load": ("/nominals/loads/{load}/", "/nominals/loads/{first}/"),
    "rows": ("/nominals/rows/", "/nominals/rows/?format=csv"),
    "quality": ("/nominals/quality/", "/nominals/quality/?format=csv"),
}  # fmt: skip
ACTS: Final = {
    "alert-save", "alert-seen", "alert-stop", "interest-add", "interest-decide", "interest-day",
    "interest-withdraw", "load-send", "load-run", "row", "row-give-up", "source-add", "source",
}  # fmt: skip
"""Pages that change something, or are of a source or a refused row."""
ENDPOINTS: Final = {
    "/alerts": ("",),
    "/interests": ("",),
    "/sources": ("",),
    "/loads": ("",),
    "/loads/{key}": ("{load}",),
    "/rows": ("",),
    "/quality": ("",),
    "/matches": tuple(f"?state={of}" for of in (*PILES, "proposed")),
    "/matches/next": ("",),
    "/matches/{person}": ("{gone}", "{mate}"),
    "/matches/{one}/{other}": ("{gone}/{mate}",),
    "/person/{key}": ("{gone}", "{mate}", "{free}"),
    "/search": ("?q=penhallow",),
}
COMMANDS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "alerts": ((),),
    "find": (("penhallow",), ("penhallow", "--json")),
    "interests": ((),),
    "loads": ((),),
    "matches": tuple(("--state", of) for of in PILES),
    "match-next": ((),),
    "person": (("{gone}",), ("{mate}",), ("{free}",)),
    "quality": ((),),
    "refused": (("--json",),),
    "sources": ((),),
}
DOES: Final = {
    "alert-save", "alert-seen", "alert-stop", "interest-register", "interest-decide", "interest-move", "interest-withdraw", "link",
    "load", "match", "mend", "search-rebuild", "source",
}  # fmt: skip
FRAME: Final = (
    "/records/nominals.quarantine/",
    "/records/nominals.quarantine/{row}/",
    "/records/nominals.quarantine/{mended}/",
    "/records/nominals.interest/",
    "/records/nominals.interest/{interest}/",
    "/records/nominals.person/",
    "/records/nominals.person/{gone}/",
    "/api/v1/records/nominals.person",
    "/api/v1/records/nominals.person/{gone}",
    "/api/v1/records/search?q=penhallow",
)
SILENT: Final = (
    "v1/nominals/loads",
    "nominals/loads/ ",
    "sources",
    "quality",
    "$ loads",
    "nominals.quarantine/ ",
    "nominals.interest/ ",
)
"""What answers by numbers, or by what one named oneself."""
STATES: Final = (
    "SELECT identifier, marks FROM nominals_interestevent WHERE pgh_obj_id = %s ORDER BY pgh_id"
)
KEPT: Final = """SELECT FROM ledger_privatepart p JOIN ledger_entry l ON l.id = p.entry_id
 WHERE p.part = 'private' AND l.subject = %s"""
LOADING: Final = ("loads", "sources", "quality", "rows", "quarantine", "refused")


@pytest.fixture
def world(cast: Cast) -> dict[str, Any]:
    """A record that a system sent, and whatever may speak of it."""
    policies()
    loads.policy()
    interested.own_policies()
    interested.both()
    out = {"actions": ("find", "read", "disclose")}
    holding.shared(*out["actions"], reference="out")
    holding.policy("out-back", holder=PARTNER, **out)
    own = {"holder": PARTNER, "recipient": PARTNER, "compartment": "own"}
    holding.policy("alerts-partner", kinds=(ALERT,), **own)
    asha, bryn = cast.asha("analyst").actor, cast.bryn("analyst").actor
    indexing.turn()
    alerting.save(actor=bryn, question="penhallow", at=AT)
    first = loads.loaded(asha, _file(Born="31/02/1987")).record
    loads.loaded(asha, _file())
    (gone,) = people(asha)
    mate, free, *rest = (_alike(bryn) for _ in range(7))
    confirmed(alike(gone.pk, mate.pk))
    _, second, left, refused, withdrawn = (alike(gone.pk, each.pk) for each in rest)
    decide(asha, second, Act.CONFIRM)
    decide(asha, left, Act.LEAVE)
    for pair in (refused, withdrawn):
        decide(asha, pair, Act.REFUSE, "Two people.")
    decide(asha, withdrawn, Act.WITHDRAW, "They may be.", version=1)
    interest(asha, record=gone.pk, scheme="", said="")
    mine = interest(bryn, record=gone.pk, scheme="", said="")
    load = loads.loaded(asha, _file(Born="31/02/1987")).record
    with guarded.acting(asha):
        mended, row = models.Quarantine.objects.order_by("-state")[::-1]
    assert (mended.state, mended.record, row.state) == ("mended", gone.pk, "waiting")
    while indexing.turn() or noticing.turn(AT):
        pass
    keys = {
        "gone": gone,
        "mate": mate,
        "free": free,
        "row": row,
        "mended": mended,
        "interest": mine,
    }
    return {name: each.pk for name, each in keys.items()} | {"load": load, "first": first}


def _file(**cells: str) -> bytes:
    return loads.table(loads.row(Nominal=NUMBER, Forename_1=FORENAME, **cells))


def _alike(actor: Any) -> models.Person:
    """Somebody of the other force, who may be the same."""
    return holding.person(actor, "Merryn", "Penhallow", "1987-03-09")


def test_every_page_and_endpoint_is_asked() -> None:
    assert {each.name for each in urls.pages} == PAGES.keys() | ACTS
    paths = api.interface().get_openapi_schema()["paths"]
    told = {path for path, does in paths.items() if path.startswith(API) and "get" in does}
    assert told == {f"{API}{path}" for path in ENDPOINTS}
    named = {
        each.name or each.callback.__name__
        for each in commands.registered_commands
        if each.callback
    }
    assert named == COMMANDS.keys() | DOES


def test_what_its_system_deleted_is_in_no_answer(cast: Cast, world: dict[str, Any]) -> None:
    asha, bryn = cast.asha("analyst"), cast.bryn("analyst")
    before, counted = _answers(asha, bryn, world), _people(asha)
    unnamed = {each for each, (_, text) in before.items() if not _names(text, world)}
    assert unnamed == {each for each in before if any(word in f"{each} " for word in SILENT)}
    assert len(interested.told(bryn.actor)) == 1
    outcome = loads.loaded(asha.actor, _file(Deleted="yes"))
    assert outcome.counts["deleted"] == 1
    after = _answers(asha, bryn, world)
    assert [each for each, (_, text) in after.items() if _names(text, world)] == []
    missing = {each for each, (status, _) in after.items() if status in (404, 1)}
    itself = {each for each in after if str(world["gone"]) in each}
    assert missing == itself - {f"{API}/matches/{world['gone']}"}
    assert interested.told(bryn.actor) == {}
    assert _people(asha) == counted - 1


def test_an_interest_taken_from_it_tells_its_owner_alone(
    cast: Cast, world: dict[str, Any], owner_connection: psycopg.Connection[Any]
) -> None:
    asha, bryn = cast.asha("analyst").actor, cast.bryn("analyst")
    (before,) = deconflicting.look(actor=bryn.actor, at=AT)
    assert before.row.identifier == "PENHALLOW, Merrynne"
    loads.loaded(asha, _file(Deleted="yes"))
    (mine,) = deconflicting.look(actor=bryn.actor, at=AT)
    assert (mine.row.is_gone, mine.row.identifier, mine.row.version) == (True, "", 2)
    assert interests.counted(bryn.actor, AT).on == 0
    page = bryn.client.get("/nominals/interests/").content.decode()
    assert "The record is gone" in page
    assert "Move its last day" not in page
    home = bryn.client.get("/").content.decode()
    assert "or whose record is gone</a>: <strong>1</strong>" in home
    said = Entry.objects.filter(subject=mine.row.reference.subject, operation="record.altered")
    assert [each.organisation for each in said] == [PLATFORM]
    assert set(said[0].concerns) == {PLATFORM, PARTNER}
    states = owner_connection.execute(STATES, [mine.row.pk]).fetchall()
    assert states == [("erased", ["erased"]), ("", [])]
    assert not owner_connection.execute(KEPT, [str(mine.row.reference.subject)]).fetchall()


def _answers(asha: Player, bryn: Player, world: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """By its address what each answers: of loads to their force, of the rest to the other."""
    endpoints = (
        f"{API}{path.partition('{')[0]}{rest}"
        for path, each in ENDPOINTS.items()
        for rest in each
    )
    pages = (address for each in PAGES.values() for address in each)
    found = {}
    for each in (*pages, *endpoints, *FRAME):
        address = each.format(**world)
        who = asha if any(word in address for word in LOADING) else bryn
        answer = _asked(who.client, address)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = (answer.status_code, said.decode())
    for name, ways in COMMANDS.items():
        for rest in ways:
            words = [name, *(word.format(**world) for word in rest)]
            account = (asha if name in LOADING else bryn).account
            done = CliRunner().invoke(commands, [*words, "--as", account.username])
            found[" ".join(("$", *words))] = (done.exit_code, done.stdout)
    return found


def _asked(client: Any, address: str) -> Any:
    how, _, where = address.rpartition(" ")
    if not how:
        return client.get(where, follow=True)
    sent = client.post(where, {"q": "merryn penhallow"})
    if how == "typed":
        return sent
    return client.get(sent.url + ("&format=csv" if how == "file" else ""))


def _names(text: str, world: dict[str, Any]) -> bool:
    """Whether the record is named: by its force's number, by its name, or by its key in more than what was asked."""
    return any(
        word in text for word in (NUMBER, FORENAME, FORENAME.upper(), str(world["gone"]))
    )


def _people(asha: Player) -> int:
    """How many records of people the quality report judges."""
    return sum(
        each["people"]
        for each in asha.client.get(f"{API}/quality").json()
        if each["team"] is None
    )
