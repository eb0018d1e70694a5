"""Once its system deleted a record, no answer names it: every page and endpoint of nominals is asked before and after."""

from typing import Any, Final

import pytest

from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.web import api
from crossforce.nominals import models, urls
from crossforce.nominals.choices import ALERT, Act
from crossforce.nominals.operations import alerting, indexing, noticing
from crossforce.nominals.tests import holding, interested, loads
from crossforce.nominals.tests.interested import interest
from crossforce.nominals.tests.test_loading import people
from crossforce.nominals.tests.test_matching import alike, confirmed, decide, policies
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
    "load": ("/nominals/loads/{load}/",),
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
FRAME: Final = (
    "/records/nominals.person/",
    "/records/nominals.person/{gone}/",
    "/api/v1/records/nominals.person",
    "/api/v1/records/nominals.person/{gone}",
    "/api/v1/records/search?q=penhallow",
)
SILENT: Final = ("v1/nominals/loads", "nominals/loads/ ", "sources", "quality", "interests")
"""What answers by numbers, or of what is one's own."""
LOADING: Final = ("loads", "sources", "quality", "rows")


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
    interest(bryn, record=mate.pk, scheme="", said="")
    load = loads.loaded(asha, _file(Born="31/02/1987")).record
    while indexing.turn() or noticing.turn(AT):
        pass
    return {"gone": gone.pk, "mate": mate.pk, "free": free.pk, "load": load}


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


def test_what_its_system_deleted_is_in_no_answer(cast: Cast, world: dict[str, Any]) -> None:
    asha, bryn = cast.asha("analyst"), cast.bryn("analyst")
    before, counted = _answers(asha, bryn, world), _people(asha)
    unnamed = {each for each, (_, text) in before.items() if not _names(text, world)}
    assert unnamed == {each for each in before if any(word in f"{each} " for word in SILENT)}
    assert len(interested.told(bryn.actor)) == 1
    outcome = loads.loaded(asha.actor, _file(Deleted="yes"))
    assert outcome.counts["deleted"] == 1
    after = _answers(asha, bryn, world)
    load = f"/nominals/loads/{world['load']}/"
    assert [each for each, (_, text) in after.items() if _names(text, world)] == [load]
    assert FORENAME not in after[load][1]  # of a row that was given up the number stays
    missing = {each for each, (status, _) in after.items() if status == 404}
    itself = {each for each in after if str(world["gone"]) in each}
    assert missing == itself - {f"{API}/matches/{world['gone']}"}
    assert interested.told(bryn.actor) == {}
    assert _people(asha) == counted - 1


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
