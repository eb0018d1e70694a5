"""Changes, merges and crashes: what stands is what was kept, whoever asks and whatever was killed."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.nominals.searching import generations, index, question
from crossforce.nominals.searching.building import Person
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.generations import Merging
from crossforce.nominals.searching.index import Index, Opened
from crossforce.nominals.searching.names import Name
from crossforce.nominals.searching.tests.oracle import Oracle
from crossforce.nominals.searching.tests.worlds import (
    SCOPES,
    SOMEBODY,
    TODAY,
    keys,
    people,
    questions,
)
from crossforce.nominals.searching.weighing import Question

EVERYTHING = Searcher.of(SCOPES)
SMITH = question.read("john smith", at=TODAY)
Step = list[Person] | list[UUID] | None

steps = st.lists(
    st.lists(people, min_size=1, max_size=5)
    | st.lists(keys, min_size=1, max_size=3)
    | st.none(),
    max_size=8,
)


@pytest.fixture(autouse=True)
def _few_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FRESH", 3)


def found(asked: Index, words: Question = SMITH) -> list[int]:
    return [hit.key.int for hit in asked.find(words, EVERYTHING).hits]


def named(number: int, given: str = "John", family: str = "Smith") -> Person:
    return Person(UUID(int=number), 1, (Name(given, family),))


@settings(max_examples=10, deadline=None)
@given(steps=steps, asked=questions)
def test_a_stream_of_changes_answers_as_people_compared_one_by_one(
    steps: list[Step], asked: Question
) -> None:
    with TemporaryDirectory() as folder:
        writer, reader = Index(Path(folder) / "index"), Index(Path(folder) / "index")
        built: dict[UUID, Person] = {}
        held: dict[UUID, Person] = {}
        for step in steps:
            if step is None:
                writer.merge()
                built = dict(held)
                continue
            for each in step:
                held.pop(each if isinstance(each, UUID) else each.key, None)
                if isinstance(each, Person):
                    held[each.key] = each
            writer.put(each for each in step if isinstance(each, Person))
            writer.remove(each for each in step if isinstance(each, UUID))
        expected = (
            [] if asked.empty else Oracle(list(built.values()), asked).answer(held.values())
        )
        for index in (writer, reader):
            answer = index.find(asked, EVERYTHING)
            assert [hit.key.int for hit in answer.hits] == [key for _, key in expected[:20]]
            assert (answer.readable, answer.pointers) == (len(expected), 0)


def test_a_record_that_goes_leaves_every_answer_at_once(tmp_path: Path) -> None:
    index = Index(tmp_path)
    other = Index(tmp_path)
    index.put(map(named, range(10)))
    index.merge()
    index.put([named(20), named(3, "Jane", "Doe")])
    assert found(other) == [0, 1, 2, 4, 5, 6, 7, 8, 9, 20]
    index.remove([UUID(int=4), UUID(int=20), UUID(int=77)])
    for each in (index, other, Index(tmp_path)):
        assert found(each) == [0, 1, 2, 5, 6, 7, 8, 9]


def test_a_merge_leaves_nothing_of_what_went(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put([named(1), named(2, "Zebedee", "Quixote")])
    index.merge()
    index.remove([UUID(int=2)])
    index.merge()
    assert index.waiting == 0
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [text for text in files if b"quixote" in text.lower()]


def test_changes_during_a_merge_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.put(map(named, range(5)))
    lay_down = generations.Generations.lay_down

    def meanwhile(*words: object) -> Path:
        index.put([named(8)])
        index.remove([UUID(int=0)])
        with pytest.raises(Merging):
            Index(tmp_path).merge()
        return lay_down(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(generations.Generations, "lay_down", meanwhile)
    index.merge()
    assert found(index) == found(Index(tmp_path)) == [1, 2, 3, 4, 8]


def test_suggests_only_what_may_be_read(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put([named(1), named(2, "Joan"), SOMEBODY])
    typed = question.typing("joh smi", at=TODAY)
    assert len(index.suggest(typed, EVERYTHING).hits) == 2
    assert index.suggest(typed, Searcher.of([], SCOPES)).hits == ()
    assert index.suggest(question.typing("s", at=TODAY), EVERYTHING).hits == ()


def test_fills_with_other_people(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put([named(1)])
    with index.filling() as columns:
        columns.add([named(2), named(3), SOMEBODY])
        Index(tmp_path).put([named(4)])
        index.remove([UUID(int=3)])
        assert found(index) == [1, 4]
    assert found(index) == found(Index(tmp_path)) == [2, 4, 99]


def test_single_records_are_opened_whatever_their_scopes(tmp_path: Path) -> None:
    index, none = Index(tmp_path), Searcher.of([], [1])
    index.put([named(1), named(2)])
    index.merge()
    index.put([named(3)])
    opened = Opened(read=frozenset({UUID(int=2), UUID(int=3), UUID(int=9)}))
    answer = index.find(SMITH, none, opened=opened)
    assert [(hit.key.int, hit.readable) for hit in answer.hits] == [
        (1, False),
        (2, True),
        (3, True),
    ]
    assert (answer.readable, answer.pointers) == (2, 1)
    found_only = Opened(find=frozenset({UUID(int=2)}))
    assert [
        hit.readable for hit in index.find(SMITH, Searcher.of([]), opened=found_only).hits
    ] == [False]


@pytest.mark.parametrize(
    "left", [b"", b"0", b"deadbeef[", b'00000000["ab"]\n', b"\0" * 40 + b"\n"]
)
def test_half_a_change_is_no_change(tmp_path: Path, left: bytes) -> None:
    index = Index(tmp_path)
    index.put([named(1)])
    (changes,) = tmp_path.glob("*.changes")
    with changes.open("ab") as file:
        file.write(left)
    assert found(index) == found(Index(tmp_path)) == [1]
    Index(tmp_path).put([named(2)])
    assert found(index) == found(Index(tmp_path)) == [1, 2]


def dies_at(step: int, work: Callable[[], None]) -> bool:
    """Whether another process was killed at its nth step that touches the disk, and did not end its work."""
    if not (child := os.fork()):
        try:
            _dies(step)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert status in {0, signal.SIGKILL}
    return status != 0


def _dies(step: int) -> None:
    steps = iter(range(step))

    def counted(do: Callable[..., object]) -> Callable[..., object]:
        def doing(*words: object, **named: object) -> object:
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*words, **named)

        return doing

    os.fsync = counted(os.fsync)  # type: ignore[assignment]
    os.replace = counted(os.replace)  # type: ignore[assignment]
    os.rmdir = counted(os.rmdir)  # type: ignore[assignment]


@pytest.mark.crash
def test_a_kill_at_any_step_of_a_merge_loses_nothing(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put(map(named, range(9)))
    index.merge()
    index.put([named(20), named(3, "Jane", "Doe")])
    index.remove([UUID(int=4)])
    kept = [0, 1, 2, 5, 6, 7, 8, 20]
    killed = 0
    while killed < 99 and dies_at(killed, Index(tmp_path).merge):
        killed += 4
        assert found(Index(tmp_path)) == found(index) == kept
    assert 30 < killed < 99
    assert found(index) == kept
    assert index.waiting == 0
    assert len(list(tmp_path.glob("[0-9]*"))) == 2


@pytest.mark.crash
def test_a_kill_while_a_change_is_written_loses_no_other(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put([named(1)])
    assert dies_at(0, lambda: index.put([named(2)]))
    assert found(index)[:1] == [1]
    index.put([named(3)])
    assert {1, 3} <= set(found(Index(tmp_path)))


def test_threads_ask_and_change_together(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put([named(1)])
    wrong: list[list[int]] = []

    def asks() -> None:
        for _ in range(60):
            if found(index)[:1] != [1]:
                wrong.append(found(index))

    asking = [threading.Thread(target=asks) for _ in range(3)]
    for thread in asking:
        thread.start()
    for number in range(2, 12):
        index.put([named(number)])
        if number % 4 == 0:
            index.merge()
    for thread in asking:
        thread.join()
    assert not wrong
    assert found(index) == list(range(1, 12))
