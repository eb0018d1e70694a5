"""Links on disk are the links in memory, whoever reads them, and whatever was killed meanwhile."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.nominals.linkage import (
    Decision,
    Kept,
    Model,
    Records,
    UnusableTable,
    begin,
    link,
    load,
    records,
    save,
)
from crossforce.nominals.linkage.keeping import NoLinks
from crossforce.nominals.linkage.saving import TOLD
from crossforce.nominals.linkage.tests.people import COLUMNS
from crossforce.nominals.linkage.tests.test_standing import ALL, CHANGES, HELD, rows, standing


def begun(folder: Path, learnt: Model) -> Kept:
    return begin(folder, records(rows(list(range(HELD))), COLUMNS, ids="id"), learnt)


def test_a_model_comes_back_as_it_was(recorded: Records, learnt: Model, tmp_path: Path) -> None:
    save(learnt, tmp_path / "model")
    again = load(tmp_path / "model")
    assert (again.m, again.u, again.rules, again.figures) == (
        learnt.m,
        learnt.u,
        learnt.rules,
        learnt.figures,
    )
    ours, theirs = link(recorded, learnt), link(recorded, again)
    assert ours.clusters == theirs.clusters
    assert ours.edges.weight.tolist() == theirs.edges.weight.tolist()


def test_a_model_tells_on_what_it_was_learnt(
    recorded: Records, learnt: Model, tmp_path: Path
) -> None:
    save(learnt, tmp_path / "model")
    figures = json.loads((tmp_path / "model" / TOLD).read_text("utf-8"))["figures"]
    assert figures["records"] == figures["sampled"] == len(recorded)
    assert len(figures["pairs"]) == len(learnt.rules)
    assert figures["found"] == sorted(figures["found"])
    assert 0.9 < figures["found"][-1] <= 1.0 + 1e-9


@settings(max_examples=5, deadline=None)
@given(CHANGES, st.integers(0, 11))
def test_what_is_kept_is_what_stands(
    learnt: Model, changes: list[tuple[str, int, int]], merged: int
) -> None:
    with TemporaryDirectory() as folder:
        kept, stands = begun(Path(folder), learnt), standing(learnt)
        for at, (what, number, version) in enumerate(changes):
            id_, other = ALL["id"][number], ALL["id"][(number + 1) % HELD]
            for each in (kept, stands):
                if what == "come":
                    each.apply(rows([number], version), ids="id")
                elif what == "go":
                    each.apply(rows([]), ids="id", gone=[id_])
                elif id_ != other:
                    each.decide(Decision(id_, other, same=what == "same"))
            if at == merged:
                kept.merge()
        assert kept.clusters == stands.clusters
        assert Kept(Path(folder)).clusters == stands.clusters
        kept.merge()
        assert kept.clusters == Kept(Path(folder)).clusters == stands.clusters


def test_a_change_counts_in_every_reader_at_once(learnt: Model, tmp_path: Path) -> None:
    kept = begun(tmp_path, learnt)
    reader = Kept(tmp_path)
    one, other = sorted(next(iter(kept.clusters)))[:2]
    kept.decide(Decision(one, other, same=False))
    assert other not in reader.mates(one)
    kept.merge()
    assert other not in reader.mates(one)
    reader.withdraw(one, other)
    assert other in kept.mates(one)


def test_half_a_line_that_a_kill_left_is_no_change(learnt: Model, tmp_path: Path) -> None:
    kept = begun(tmp_path, learnt)
    before = kept.clusters
    with next(tmp_path.glob("*.changes")).open("ab") as file:
        file.write(b'1234abcd{"decided":["r')
    assert Kept(tmp_path).clusters == before
    one, other = sorted(next(iter(before)))[:2]
    kept.decide(Decision(one, other, same=False))
    assert other not in Kept(tmp_path).mates(one)


def test_refuses_what_could_never_be_read_again(learnt: Model, tmp_path: Path) -> None:
    kept = begun(tmp_path, learnt)
    with pytest.raises(UnusableTable, match="more than once"):
        kept.apply(rows([1, 1]), ids="id")
    assert kept.waiting == 0


def test_refuses_a_folder_without_links(tmp_path: Path) -> None:
    with pytest.raises(NoLinks):
        Kept(tmp_path)
