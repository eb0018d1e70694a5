"""While the guard is put up anew, as each `migrate` does, whoever works sees what they may: no more, no less, no error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from django.db import connection

from crossforce.kernel import registry
from tests.adversarial.conftest import Scene, as_actor

COUNTS = (
    "SELECT count(*) FROM records_note",
    "SELECT count(*) FROM access_share",
    "SELECT cardinality(access_decided())",
)
EARLIER = """DROP FUNCTION access_covering(access_piece[], text, timestamptz, int[]), access_wholes(access_piece[]);
    DROP TYPE access_piece;
    CREATE TYPE access_piece AS (kind text, holders text[], collection text, compartment text, rank smallint)"""
TIMES = 3


def looked(scene: Scene, begun: Barrier, upgraded: Event) -> int:
    """How often everybody was asked, until the upgrade is over; each time the answers were the first ones."""
    first, times = _told(scene), 1
    begun.wait()
    try:
        while not upgraded.is_set():
            assert _told(scene) == first
            times += 1
    finally:
        connection.close()
    return times


def _told(scene: Scene) -> list[list[tuple[Any, ...]]]:
    people = (scene.asha, scene.colleague, scene.cole)
    return [as_actor(each, count) for each in people for count in COUNTS]


def test_nobody_notices(standing_scene: Scene, owner_connection: Any) -> None:
    begun, upgraded = Barrier(3), Event()
    with ThreadPoolExecutor(2) as pool, owner_connection.cursor() as owner:
        working = [pool.submit(looked, standing_scene, begun, upgraded) for _ in range(2)]
        begun.wait()
        try:
            for _ in range(TIMES):
                for install in registry.owner_installs:
                    install(owner)
        finally:
            upgraded.set()
        assert all(each.result() > 1 for each in working)


def test_a_type_of_an_earlier_shape_makes_room(
    standing_scene: Scene, owner_connection: Any
) -> None:
    before = _told(standing_scene)
    owner_connection.execute(EARLIER)
    with owner_connection.cursor() as owner:
        for install in registry.owner_installs:
            install(owner)
    connection.close()
    assert _told(standing_scene) == before
