"""Nobody becomes somebody else: a token is worth nothing but where, and for whom, it was made."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import guarded
from tests.adversarial.conftest import Scene, another_backend, as_actor, raw

COUNT = "SELECT count(*) FROM records_note"
TOKEN = "SELECT current_setting('crossforce.acting', true)"
PUT = "SELECT set_config('crossforce.acting', %s, false)"


def token() -> str:
    return str(raw(TOKEN)[0][0])


def seen() -> int:
    return int(raw(COUNT)[0][0])


class TestAToken:
    def test_opens_what_its_actor_may_see(self, scene: Scene) -> None:
        assert as_actor(scene.asha, COUNT) == [(2,)]
        assert as_actor(scene.colleague, COUNT) == [(1,)]
        assert as_actor(scene.cole, COUNT) == [(0,)]

    @pytest.mark.parametrize("field", range(9))
    def test_with_any_field_changed_opens_nothing(self, scene: Scene, field: int) -> None:
        other = scene.cole
        with guarded.acting(scene.asha):
            message, mac = token().split("~")
            parts = message.split("|")
            parts[field] = {
                0: "2",
                3: str(other.posting),
                4: str(other.staff),
                5: other.organisation,
                8: "public-order",
            }.get(field, parts[field] + "1")
            raw(PUT, "~".join(("|".join(parts), mac)))
            assert seen() == 0

    @pytest.mark.parametrize(
        "forged",
        [
            "",
            "~",
            "|||||||||",
            "1|2|3|4|5|6|7|8|9|10~00",
            "1" * 9 + "|x~y",
            "9" * 40 + "|x~y",
            "1|~" + "0" * 64,
            "\x01",
            "1|'||(select 1)||'|~",
            "ü" * 300,
        ],
    )
    def test_that_is_forged_opens_nothing_and_says_nothing(
        self, scene: Scene, forged: str
    ) -> None:
        with guarded.acting(scene.asha):
            raw(PUT, forged)
            assert seen() == 0
            assert raw("SELECT (access_acting()).organisation") == [(None,)]

    def test_of_the_platforms_own_work_cannot_be_made_from_a_persons(
        self, scene: Scene
    ) -> None:
        with guarded.acting(scene.cole):
            parts = token().split("~")[0].split("|")
            parts[3:8] = ["", "", "crossforce-platform", "", "system:world-loader"]
            raw(PUT, "|".join(parts) + "~" + token().split("~")[1])
            assert seen() == 0

    def test_cannot_be_made_without_the_key(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            for statement in (
                "SELECT * FROM access_key",
                "SELECT access_mac(1, 'x')",
                "SELECT access_is_sealed('x', 'y')",
                "COPY access_key TO STDOUT",
                "SELECT pg_read_file('PG_VERSION')",
                "SELECT lo_import('/etc/hostname')",
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    raw(statement)

    def test_is_in_no_statement_that_another_session_could_watch(self, scene: Scene) -> None:
        with guarded.acting(scene.asha):
            shown = str(raw("SELECT query FROM pg_stat_activity"))
            assert token() not in shown
            assert token().split("~")[1] not in shown

    def test_seen_by_who_acts_first_is_not_left_to_who_acts_next(self, scene: Scene) -> None:
        with guarded.acting(scene.asha):
            kept = token()
        with guarded.acting(scene.cole):
            assert token() != kept
            assert seen() == 0


class TestASavepoint:
    def test_rolled_back_takes_its_actor_with_it(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            with pytest.raises(LookupError):
                _fail_as(scene.asha)
            assert seen() == 0

    def test_set_before_an_actor_and_rolled_back_to_by_hand_leaves_nobody_more(
        self, scene: Scene
    ) -> None:
        with transaction.atomic():
            raw("SAVEPOINT before")
            with guarded.acting(scene.asha):
                assert seen() == 2
            raw("ROLLBACK TO SAVEPOINT before")
            assert seen() == 0

    def test_of_a_nested_actor_gives_back_the_first(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            with guarded.acting(scene.asha):
                assert seen() == 2
            assert seen() == 0
            with guarded.acting(scene.colleague):
                assert seen() == 1
            assert seen() == 0


class TestATransaction:
    def test_takes_the_token_with_it_whether_it_is_kept_or_not(
        self, standing_scene: Scene
    ) -> None:
        for end in (False, True):
            with transaction.atomic():
                with guarded.acting(standing_scene.asha):
                    assert seen() == 2
                transaction.set_rollback(end)
            assert token() in ("", "None")
            assert seen() == 0

    def test_after_it_finds_its_own_token_worthless(self, standing_scene: Scene) -> None:
        with guarded.acting(standing_scene.asha):
            kept = token()
        with transaction.atomic():
            raw(PUT, kept)
            assert seen() == 0
        raw("RESET crossforce.acting")

    def test_on_another_backend_finds_the_token_worthless(self, standing_scene: Scene) -> None:
        with guarded.acting(standing_scene.asha), another_backend() as other:
            other.execute("SELECT set_config('crossforce.acting', %s, true)", [token()])
            assert other.execute(COUNT).fetchone() == (0,)

    def test_gives_nothing_back_by_reset_or_discard(self, standing_scene: Scene) -> None:
        with guarded.acting(standing_scene.cole):
            for statement in ("RESET crossforce.acting", "RESET ALL", "DISCARD PLANS"):
                raw(statement)
                assert seen() == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                raw("DISCARD ALL")

    def test_that_sets_the_token_for_the_session_leaves_it_worthless(
        self, standing_scene: Scene
    ) -> None:
        with guarded.acting(standing_scene.asha):
            raw(PUT, token())
        assert token() not in ("", "None")
        assert seen() == 0
        raw("RESET crossforce.acting")


class TestSomebody:
    def test_without_a_posting_sees_nothing(self, scene: Scene) -> None:
        alone = _but(scene.asha, posting=None)
        assert as_actor(alone, COUNT) == [(0,)]
        alone = _but(scene.asha, posting=None, office="system:world-loader")
        assert as_actor(alone, COUNT) == [(0,)]

    def test_with_a_posting_that_is_not_there_sees_nothing(self, scene: Scene) -> None:
        assert as_actor(_but(scene.asha, posting=uuid.uuid4()), COUNT) == [(0,)]


def _fail_as(actor: Any) -> None:
    with guarded.acting(actor):
        assert seen() == 2
        raise LookupError


def _but(actor: Any, **more: Any) -> Any:
    values = {name: getattr(actor, name) for name in actor.__dataclass_fields__}
    return type(actor)(**(values | more))


def test_the_connection_of_these_tests_is_the_applications(scene: Scene) -> None:
    assert raw("SELECT current_user, session_user") == [(connection.settings_dict["USER"],) * 2]
    assert raw(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ) == [(False,)]
