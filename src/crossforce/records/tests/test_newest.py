"""The newest rows, where the database is told of the window that a page asks about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from crossforce.access.queries import NARROWING
from crossforce.kernel import clock, guarded, guarded_newest, statements
from crossforce.kernel.guarded_newest import Window
from crossforce.records import models
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = pytest.mark.django_db
KIND = "records.note"
HOUR = timedelta(hours=1)


@pytest.fixture
def always_told() -> Iterator[None]:
    """Tell the window whether it pays or not, so that few rows do to try it."""
    guarded_newest.give_narrowing(replace(NARROWING, pays=lambda window: True))
    yield
    guarded_newest.give_narrowing(NARROWING)


def test_one_plan_serves_a_page_and_nothing_that_is_asked_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.policy()
    asha = factories.asha()
    factories.note(asha, created_at=clock.now() - HOUR)
    mode = b"current_setting('plan_cache_mode')"
    page = b"SELECT id, scope_id, created_at, " + mode + b" FROM records_note", ()
    monkeypatch.setattr(guarded_newest, "_statement", lambda *_: page)
    with guarded.acting(asha):
        ((*_, said),) = models.Note.objects.newest_values(1)
        assert said == "force_generic_plan"
        assert statements.texts(b"SELECT " + mode) == [("auto",)]


@pytest.mark.usefixtures("always_told")
class TestTold:
    def test_gives_what_sorting_everything_gives(self) -> None:
        factories.policy()
        factories.policy("one case", recipient=PARTNER, collection="case:c1")
        asha = factories.asha()
        for number in range(24):
            factories.note(
                asha, created_at=AT - number * HOUR, collection=f"case:c{number % 4}"
            )
        for actor in (asha, factories.bryn(), factories.cole()):
            with guarded.acting(actor):
                everything = list(models.Note.objects.order_by("-created_at", "-pk"))
                for n in (2, 2, 5, 2, 24, 25):
                    assert models.Note.objects.newest(n) == everything[:n]
                    values = models.Note.objects.newest_values(n)
                    assert [row for row, *_ in values] == [row.pk for row in everything[:n]]
                assert list(models.Note.objects.order_by("-created_at", "-pk")) == everything

    def test_gives_a_row_that_came_since_and_one_opened_to_the_actor(self) -> None:
        factories.policy()
        asha, cole = factories.asha(), factories.cole()
        for number in range(6):
            factories.note(asha, created_at=AT - number * HOUR, collection=f"case:c{number}")
        with guarded.acting(asha):
            models.Note.objects.newest(2), models.Note.objects.newest(2)
        fresh = factories.note(asha, created_at=AT + HOUR, collection="case:fresh")
        with guarded.acting(asha):
            assert models.Note.objects.newest(2)[0] == fresh
        factories.opened(fresh, cole)
        with guarded.acting(cole):
            assert [models.Note.objects.newest(1) for _ in range(2)] == [[fresh], [fresh]]


class TestNarrow:
    """Of rows made within days, whose statement the planner is told about how many days."""

    @pytest.mark.parametrize("apart", [timedelta(minutes=1), HOUR, 5 * HOUR, 50 * HOUR])
    def test_gives_what_sorting_everything_gives(self, apart: timedelta) -> None:
        factories.policy()
        asha, now = factories.asha(), clock.now()
        for number in range(20):
            factories.note(asha, created_at=now - number * apart, collection=f"case:c{number}")
        with guarded.acting(asha):
            everything = [row.pk for row in models.Note.objects.order_by("-created_at", "-pk")]
            for n in (4, 4, 4, 10, 4, 21, 4):
                values = models.Note.objects.newest_values(n)
                assert [row for row, *_ in values] == everything[:n]

    def test_shows_no_row_of_a_time_to_come(self) -> None:
        factories.policy()
        asha, now = factories.asha(), clock.now()
        known = [factories.note(asha, created_at=now - number * HOUR) for number in range(4)]
        factories.note(asha, created_at=now + HOUR)
        with guarded.acting(asha):
            for _ in range(3):
                assert models.Note.objects.newest_values(2)[0][0] == known[0].pk


class TestWindow:
    def test_leaves_what_stands_in_it_and_shows_nothing_that_was_hidden(self) -> None:
        factories.policy()
        factories.note(created_at=AT - 2 * HOUR, collection="case:early")
        inside = factories.note(created_at=AT, collection="case:late")
        window = Window(KIND, AT - HOUR, AT)
        with guarded.acting(factories.asha()), NARROWING.within(window):
            assert list(models.Note.objects.all()) == [inside]
        with guarded.acting(factories.cole()), NARROWING.within(window):
            assert not models.Note.objects.exists()

    def test_of_one_kind_says_nothing_of_another(self) -> None:
        factories.policy()
        factories.note(collection="case:early")
        window = Window("records.document", AT - HOUR, AT)
        with guarded.acting(factories.asha()), NARROWING.within(window):
            assert models.Note.objects.count() == 1

    def test_is_believed_under_seal_only(self) -> None:
        factories.policy()
        forged = '1|1|1|window|{"kind": "records.note", "low": "-infinity", "top": "infinity"}'
        with guarded.acting(factories.asha()), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError, match="not sealed"), transaction.atomic():
                cursor.execute("SELECT access_narrows(%s, '0')", [forged])
            cursor.execute("SELECT set_config('crossforce.window', %s, true)", [f"{forged}~0"])
            with pytest.raises(ProgrammingError, match="not sealed"), transaction.atomic():
                cursor.execute("SELECT access_scopes('records.note', 'read')")

    def test_pays_for_very_many_scopes_only(self) -> None:
        factories.policy()
        factories.note()
        with guarded.acting(factories.asha()):
            assert not NARROWING.pays(Window(KIND, AT - HOUR, AT))
