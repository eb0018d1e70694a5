"""What is told of records that hang together: who is named in the ledger for it, and how far it is looked at."""

from itertools import pairwise

import pytest
from typer.testing import CliRunner

from crossforce.kernel.testing.cast import Cast
from crossforce.nominals.choices import Act
from crossforce.nominals.commands import commands
from crossforce.nominals.queries import around as queries
from crossforce.nominals.queries.around import around
from crossforce.nominals.rules.hanging import ADDED_UP
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.test_matching import alike, decide, policies
from crossforce.records.tests import factories

pytestmark = [pytest.mark.django_db]


def test_the_ledger_names_who_was_shown_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    policies()
    asha = factories.asha()
    one, near, far, beyond = (holding.person(asha, "John", "Smith").pk for _ in "abcd")
    for ends, weight in (((one, near), 9.0), ((near, far), 7.0), ((far, beyond), 9.0)):
        pair = alike(*ends, weight)
    decide(asha, pair, Act.CONFIRM)
    before = holding.consulted()
    found = around(asha, one)
    assert [each.id for each in found.likely] == [near]
    (conflict,) = found.conflicts
    assert (conflict.ends, conflict.why) == ({near, far}, ADDED_UP)
    assert holding.consulted() == [*before, {one, near, far}]
    monkeypatch.setattr(queries, "PAGE", 0)
    assert around(asha, one).has_more_conflicts


@pytest.mark.usefixtures("index")
def test_says_where_it_stops_looking(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    policies()
    asha = cast.asha("investigator")
    keys = [holding.person(asha.actor, "John", "Smith").pk for _ in "abcd"]
    for ends in pairwise(keys):
        alike(*ends, 9.0)
    assert not around(asha.actor, keys[0]).is_cut
    monkeypatch.setattr(queries, "MOST_TOGETHER", 3)
    found = around(asha.actor, keys[0])
    assert ({each.id for each in found.likely}, found.is_cut) == ({*keys[1:3]}, True)
    page = asha.client.get(f"/nominals/person/{keys[0]}/").content.decode()
    assert "More hangs together with this record than is looked at" in page


@pytest.mark.usefixtures("index")
def test_of_pairs_a_page_is_told_and_that_there_are_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies()
    asha = cast.asha("investigator")
    one, *others = (holding.person(asha.actor, "John", "Smith").pk for _ in "abcde")
    pairs = [alike(one, other, 9.0) for other in others]
    first, last = (decide(asha.actor, pair, Act.REFUSE, "Two people.") for pair in pairs[:2])
    decide(asha.actor, pairs[2], Act.CONFIRM)
    monkeypatch.setattr(queries, "PAGE", 1)
    found = around(asha.actor, one)
    assert (found.has_more_refused, found.has_more_waiting) == (True, False)
    (told,) = found.refused
    assert told.match
    shown, hidden = (last, first) if told.match.pk == last.pk else (first, last)
    (named,) = (each for each in holding.consulted() if shown.pk in each)
    assert hidden.pk not in named
    page = asha.client.get(f"/nominals/person/{one}/").content.decode()
    assert "all pairs that were refused</a>" in page
    assert "all pairs that wait for a look</a>" not in page
    alike(one, holding.person(asha.actor, "John", "Smith").pk, 8.0)
    assert around(asha.actor, one).has_more_waiting
    page = asha.client.get(f"/nominals/person/{one}/").content.decode()
    assert "all pairs that wait for a look</a>" in page
    said = CliRunner().invoke(commands, ["person", str(one), "--as", asha.account.username])
    assert "not the same person: there are more than these" in said.stdout
    assert "waits for a look: there are more than these" in said.stdout
