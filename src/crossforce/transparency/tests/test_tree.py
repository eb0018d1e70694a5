"""The tree against the vectors of others, against a naive tree, and against every altered proof."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.transparency import tree
from crossforce.transparency.entry import leaf_hash
from crossforce.transparency.tree import DoesNotProve, Edge, NodeFiles

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("rfc6962.json").read_text())
DATA = [bytes.fromhex(text) for text in VECTORS["leaves"]]
SIZES = st.integers(0, 130)


class Nodes(dict[tuple[int, int], bytes]):
    """Complete nodes in memory."""

    def node(self, level: int, index: int) -> bytes:
        return self[level, index]

    def keep(self, level: int, first: int, hashes: Any) -> None:
        for place, value in enumerate(hashes, first):
            assert self.setdefault((level, place), value) == value


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def grown(size: int) -> Nodes:
    nodes = Nodes()
    Edge().extend(leaves(size), nodes.keep)
    return nodes


def naive_root(of: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if len(of) < 2:
        return of[0] if of else hashlib.sha256(b"").digest()
    k = 1
    while k * 2 < len(of):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(of[:k]) + naive_root(of[k:])).digest()


def naive_path(m: int, of: list[bytes]) -> list[bytes]:
    if len(of) == 1:
        return []
    k = 1
    while k * 2 < len(of):
        k *= 2
    if m < k:
        return [*naive_path(m, of[:k]), naive_root(of[k:])]
    return [*naive_path(m - k, of[k:]), naive_root(of[:k])]


def naive_subproof(m: int, of: list[bytes], whole: bool) -> list[bytes]:
    if m == len(of):
        return [] if whole else [naive_root(of)]
    k = 1
    while k * 2 < len(of):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, of[:k], whole), naive_root(of[k:])]
    return [*naive_subproof(m - k, of[k:], False), naive_root(of[:k])]


def hashes(texts: list[str] | None) -> list[bytes]:
    return [base64.b64decode(text or "") for text in texts or ()]


class TestVectors:
    def test_known_leaves_and_root(self) -> None:
        assert leaf_hash(b"").hex() == VECTORS["leaf_hash_of_empty"]
        edge = Edge()
        edge.extend([leaf_hash(data) for data in DATA])
        assert edge.root().hex() == VECTORS["root_of_all"]

    @pytest.mark.parametrize("case", VECTORS["inclusion"], ids=lambda case: case["desc"])
    def test_inclusion(self, case: dict[str, Any]) -> None:
        leaf, root = hashes([case["leafHash"], case["root"]])
        given_ = (leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root)
        self.check(case, tree.verify_inclusion, given_)

    @pytest.mark.parametrize("case", VECTORS["consistency"], ids=lambda case: case["desc"])
    def test_consistency(self, case: dict[str, Any]) -> None:
        roots = hashes([case["root1"], case["root2"]])
        given_ = (case["size1"], case["size2"], hashes(case["proof"]), *roots)
        self.check(case, tree.verify_consistency, given_)

    def check(self, case: dict[str, Any], verify: Any, given_: tuple[Any, ...]) -> None:
        if not case["wantErr"]:
            verify(*given_)
            return
        with pytest.raises(DoesNotProve):
            verify(*given_)


class TestAgainstTheNaiveTree:
    @given(SIZES, st.lists(st.integers(1, 40), max_size=8))
    def test_growing_in_any_steps_gives_its_root(self, size: int, steps: list[int]) -> None:
        every, nodes, edge = leaves(size), Nodes(), Edge()
        for step in [*steps, size]:
            edge = Edge.of(nodes.node, edge.size)
            edge.extend(every[edge.size : edge.size + step], nodes.keep)
            assert edge.root() == naive_root(every[: edge.size])
        assert tree.root(nodes.node, size) == edge.root()

    @given(st.lists(st.integers(0, 40), max_size=8))
    def test_growing_by_parts_that_were_worked_out_apart_gives_its_root(
        self, steps: list[int]
    ) -> None:
        every, edge = leaves(sum(steps)), Edge()
        for step in steps:
            parts = tree.subtrees(edge.size, every[edge.size : edge.size + step])
            assert sum(1 << level for level, _ in parts) == step
            for level, subtree in parts:
                edge.add(level, subtree)
            assert edge.root() == naive_root(every[: edge.size])

    def test_a_subtree_begins_at_a_multiple_of_its_size(self) -> None:
        edge = Edge()
        edge.add(0, leaves(1)[0])
        with pytest.raises(ValueError, match="begins at 1"):
            edge.add(1, leaves(1)[0])

    @given(st.data(), st.integers(1, 130))
    def test_inclusion(self, data: st.DataObject, size: int) -> None:
        index, every = data.draw(st.integers(0, size - 1)), leaves(size)
        path = tree.inclusion(grown(130).node, index, size)
        assert path == naive_path(index, every)
        tree.verify_inclusion(every[index], index, size, path, naive_root(every))

    @given(st.data(), st.integers(1, 130))
    def test_consistency(self, data: st.DataObject, second: int) -> None:
        first, every = data.draw(st.integers(1, second)), leaves(second)
        path = tree.consistency(grown(130).node, first, second)
        assert path == naive_subproof(first, every, True)
        roots = naive_root(every[:first]), naive_root(every)
        tree.verify_consistency(first, second, path, *roots)

    @given(st.data(), st.integers(2, 130))
    def test_an_altered_proof_proves_nothing(self, data: st.DataObject, size: int) -> None:
        index, every = data.draw(st.integers(0, size - 1)), leaves(size)
        path = tree.inclusion(grown(130).node, index, size)
        place = data.draw(st.integers(0, len(path) - 1))
        bit = 1 << data.draw(st.integers(0, 255))
        path[place] = (int.from_bytes(path[place]) ^ bit).to_bytes(32)
        with pytest.raises(DoesNotProve):
            tree.verify_inclusion(every[index], index, size, path, naive_root(every))

    @given(st.data(), st.integers(3, 130))
    def test_another_history_is_never_consistent(
        self, data: st.DataObject, second: int
    ) -> None:
        first = data.draw(st.integers(1, second - 1))
        changed = data.draw(st.integers(0, first - 1))
        every = leaves(second)
        before = naive_root(every[:first])
        every[changed] = leaf_hash(b"another")
        nodes, edge = Nodes(), Edge()
        edge.extend(every, nodes.keep)
        path = tree.consistency(nodes.node, first, second)
        with pytest.raises(DoesNotProve):
            tree.verify_consistency(first, second, path, before, edge.root())


class TestNodeFiles:
    def test_prove_as_memory_does_after_writing_twice(self, tmp_path: Path) -> None:
        files = NodeFiles(tmp_path)
        for _ in range(2):
            Edge().extend(leaves(77), files.keep)
        assert files.held() == 77
        assert tree.inclusion(files.node, 5, 77) == tree.inclusion(grown(77).node, 5, 77)
        files.close()

    def test_say_so_when_a_node_is_lost(self, tmp_path: Path) -> None:
        with pytest.raises(DoesNotProve, match="not kept"):
            NodeFiles(tmp_path).node(0, 3)
