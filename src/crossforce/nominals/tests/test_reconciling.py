"""Every row of a load is counted once; what is refused is mended, replayed or given up, and then kept nowhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.refusals import StaleVersion
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.operations import loading, mending
from crossforce.nominals.operations.loading import Outcome
from crossforce.nominals.tests import loads
from crossforce.nominals.tests.loads import row
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records.tests.factories import AT
from crossforce.transparency.entry import from_bytes


@pytest.mark.django_db
class TestReconciling:
    @pytest.fixture
    def asha(self) -> Actor:
        loads.policy()
        return loads.analyst()

    def test_every_row_is_counted_once_and_naughty_strings_harm_nothing(
        self, asha: Actor
    ) -> None:
        naughty = list(_naughty())
        rows = [row(Nominal=f"W{n}", Surname=f'"{text}"') for n, text in enumerate(naughty)]
        outcome = loads.loaded(asha, loads.table(*rows))
        counts = outcome.counts
        assert counts["read"] == len(naughty) == counts["new"] + counts["refused"]
        with guarded.acting(asha):
            held = {each.row_reference for each in models.Quarantine.objects.all()}
            in_ = {each.number for each in models.Person.objects.all()}
        assert len(held) == counts["refused"]
        assert not held & in_

    def test_a_refused_row_is_mended_and_replayed(self, asha: Actor) -> None:
        loads.loaded(asha, loads.table(row(Born="31/02/1987")))
        with guarded.acting(asha):
            (held,) = models.Quarantine.objects.all()
        again = mending.replay(
            actor=asha,
            row=held.pk,
            version=held.version,
            cells={**held.cells, "Born": "never"},
            at=AT,
        )
        assert [each.rule for each in again.refused[0].reasons] == ["day-form"]
        with guarded.acting(asha):
            held = models.Quarantine.objects.get(pk=held.pk)
        assert [each["rule"] for each in held.reasons] == ["day-form"]
        mending.replay(
            actor=asha,
            row=held.pk,
            version=held.version,
            cells={**held.cells, "Born": "28/02/1987"},
            at=AT,
        )
        with guarded.acting(asha):
            held = models.Quarantine.objects.get(pk=held.pk)
            assert (held.state, held.cells, held.reasons) == ("mended", {}, [])
            assert models.Person.objects.get().born == "1987-02-28"

    def test_one_that_is_given_up_meanwhile_says_nothing_again(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loads.loaded(asha, loads.table(row(Born="31/02/1987")))
        with guarded.acting(asha):
            (held,) = models.Quarantine.objects.all()
        load = loading.replay

        def meanwhile(**given: Any) -> Outcome:
            mending.give_up(actor=asha, row=held.pk, version=held.version, at=AT)
            return load(**given)

        monkeypatch.setattr(loading, "replay", meanwhile)
        cells = {**held.cells, "Born": "never"}
        with pytest.raises(StaleVersion):
            mending.replay(actor=asha, row=held.pk, version=held.version, cells=cells, at=AT)
        with guarded.acting(asha):
            held.refresh_from_db()
        assert (held.state, held.cells, held.reasons) == ("given-up", {}, [])

    def test_what_a_row_said_that_waits_no_more_is_kept_nowhere(self, asha: Actor) -> None:
        bad = loads.table(row(Surname="Penhallow", Born="31/02/1987"))
        loads.loaded(asha, bad)
        loads.loaded(asha, loads.table(row(Nominal="W2", Sex="Penhallow")))
        loads.loaded(asha, loads.table(row(Surname="Okonjo")))
        with guarded.acting(asha):
            mended = models.Quarantine.objects.get(row_reference="W1")
            other = models.Quarantine.objects.get(row_reference="W2")
        mending.give_up(actor=asha, row=other.pk, version=other.version, at=AT)
        for key in (mended.pk, other.pk):
            _, changes = records.history(asha, "nominals.quarantine", key)
            assert "Penhallow" not in repr(changes)
            assert ("cells", "erased", {}) in changes[0].fields
            entries = Entry.objects.filter(subject=f"nominals.quarantine:{key}").order_by("id")
            said = [each for each in entries if each.operation != "record.consulted"]
            assert [each.operation for each in said] == ["record.collected", "record.altered"]
            assert Entry.objects.filter(
                operation="ledger.private-part-erased", subject=f"ledger.entry:{said[0].pk}"
            ).exists()
            erased: Any = from_bytes(bytes(said[1].body)).detail["erased"]
            assert list(erased) == ["cells", "reasons"]


def _naughty() -> Iterator[Any]:
    """Texts that break what is careless."""
    yield from (
        "undefined", "NULL", "true", "1E+02", "0x7F", "'; DROP TABLE nominals_person; --", "<b>bold</b>",
        "../../etc/passwd", "%s%n", "\u0639\u0631\u0628\u064a", "\u202etest", "Z\u0351\u036b\u0343\u036a\u0302algo",
        "\U0001f4a9", "\u00a0", "Robert\ttables", "ﬀ", "\U0001d57f\U0001d58d", "\ufeff", "\u2028", "$(touch x)", "{{7*7}}", "Ł",
    )  # fmt: skip
