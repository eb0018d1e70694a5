"""An actor says which posting they act in; what that posting is, the database knows better."""

from dataclasses import replace

from tests.adversarial.conftest import Scene, as_actor

COUNT = "SELECT count(*) FROM records_note"


class TestWhoeverActs:
    def test_with_a_posting_of_another_force_gets_what_neither_gives(
        self, scene: Scene
    ) -> None:
        mixed = replace(scene.asha, posting=scene.cole.posting)
        assert as_actor(mixed, COUNT) == [(0,)]

    def test_claiming_another_role_than_the_postings_gets_nothing_of_it(
        self, scene: Scene
    ) -> None:
        promoted = replace(scene.colleague, office="investigator")
        assert as_actor(promoted, COUNT) in ([(0,)], [(1,)])
