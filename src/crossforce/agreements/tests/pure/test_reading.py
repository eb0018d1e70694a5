import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements.findings import Finding
from crossforce.agreements.reading import LIMIT, LineIndex, Unreadable, read, read_path
from crossforce.agreements.tests.pure.conftest import JOINT

LINES = JOINT.split("\n")


def refusal(text: str | bytes) -> Finding:
    """The only finding about a file."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Unreadable) as refused:
        read(data, "a.toml")
    [found] = refused.value.findings
    assert found.severity == "error"
    assert found.file == "a.toml"
    assert found.message
    assert found.remedy
    return found


def changed(old: str, new: str) -> str:
    assert old in JOINT
    return JOINT.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "says"),
    [
        ('basis = "s22a"', 'basis = "s22a', "syntax", 'basis = "s22a', "column"),
        ("from = 2014-04-01", "from = 2014-02-30", "syntax", "from = 2014-02-30", "date"),
        ("from = 2014-04-01", "from = 2014-04-01\nfrom = 2015-01-01", "duplicate-key",
         "from = 2015", "`from`"),
        ("[[function]]", "[function]\n[[function]]", "duplicate-key", "[[function]]", "twice"),
        ("from = 2014-04-01", "from = 2014-04-01\nuntil = 2013-01-01", "date-order",
         "until = 2013", "2013-01-01 is not after from 2014-04-01"),
        ("from = 2014-04-01", "from = 'spring'", "wrong-kind", "from = 'spring'", "a date"),
        ('form = "joint-unit"', 'from_ = "joint-unit"\nform = "joint-unit"', "unknown-key",
         "from_", "`from_`"),
        ('rule = "chief-of-area-deployed"', 'rule = "cheif-of-area-deployed"', "unknown-value",
         "cheif", "cheif-of-area-deployed"),
        ('type = "EXIT"', 'type = "EXITS"', "unknown-value", '[[clause.term]]\ntype = "EXITS"',
         "EXITS"),
        ('type = "EXIT"', 'type = "PARTICIPATION"', "unknown-value",
         '[[clause.term]]\ntype = "PARTICIPATION"', "Participation"),
        ("notice_months = 12", "notice_months = -1", "out-of-bounds", "notice_months", "greater"),
        ("pence = 1200", "pence = 10_000_000_000_001", "out-of-bounds", "pence = 10_000",
         "less than or equal to 10,000,000,000,000"),
        ("notice_months = 12", f"notice_months = {2**63}", "number-too-large", "notice_months",
         "`notice_months`"),
        ("notice_months = 12", f"notice_months = 0x{'f' * 5000}", "number-too-large",
         "notice_months", "18 digits"),
        ("notice_months = 12", f"notice_months = {'9' * 5000}", "number-too-large",
         "notice_months", "18 digits"),
        ('number = "7"', f"number = 0x{'f' * 5000}", "number-too-large", "number = 0x", "`number`"),
        ("notice_months = 12", 'notice_months = "12"', "wrong-kind", "notice_months", "whole number"),
        ("notice_months = 12", "", "missing", '[[clause.term]]\ntype = "EXIT"', "notice_months"),
        ('"avon-and-somerset", "wiltshire"', '"Avon", "wiltshire"', "wrong-form",
         'forces = ["Avon"', "value 1"),
        ('number = "7"', "number = 7", "wrong-kind", "number = 7\n", "must be text"),
        ('"To share roads policing"', '"To share \\u202e roads"', "unsafe-character",
         "objective", "right-to-left override"),
        ("format = 1", "format = 2", "unknown-value", "format = 2", "2"),
        ('basis = "s22a"', "basis = " + "[" * 5000, "too-deep", "basis = [[", "nested"),
        ('basis = "s22a"', f"{'.'.join('a' * 900)} = 1", "too-deep", "a.a.a", "dotted"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_where(
    old: str, new: str, rule: str, at: str, says: str
) -> None:
    text = changed(old, new)
    found = refusal(text)
    assert found.rule == f"reading.{rule}"
    assert found.line == line_of(text, at)
    assert says in found.message + found.remedy


class TestSuggestions:
    def test_for_a_key(self) -> None:
        assert "`notice_months`" in refusal(changed("residual_months", "notice_month")).remedy

    def test_for_a_value(self) -> None:
        assert "Did you mean 'read'?" in refusal(changed('"find", "read"', '"raed"')).remedy

    def test_for_a_term(self) -> None:
        assert "COST_SHARE" in refusal(changed('"COST_SHARE"', '"COSTS_SHARE"')).remedy

    def test_for_a_share_that_is_a_number(self) -> None:
        text = changed('method = "equal"', 'method = "fixed"\nshares = { wiltshire = 0.5 }')
        assert '"0.5"' in refusal(text).remedy

    def test_for_one_bracket_too_few(self) -> None:
        text = JOINT[: JOINT.index("[[party]]")] + '[party]\norganisation = "x"\n'
        assert "[[party]]" in refusal(text).remedy

    def test_names_the_clause(self) -> None:
        assert refusal(changed("notice_months = 12", "notice_months = 99")).clause == "7"


class TestEncoding:
    @pytest.mark.parametrize(
        "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]
    )
    def test_refuses_what_is_not_plain_utf_8(self, encoding: str) -> None:
        found = refusal(JOINT.encode(encoding))
        assert found.rule == "reading.encoding"
        assert "UTF-8" in found.remedy

    def test_names_the_line_of_a_latin_1_letter(self) -> None:
        text = changed("To share roads policing", "To share caf\xe9s")
        assert refusal(text.encode("latin-1")).line == line_of(text, "objective")

    def test_reads_windows_line_ends(self) -> None:
        assert (
            read(JOINT.replace("\n", "\r\n").encode()).document == read(JOINT.encode()).document
        )


class TestSize:
    def test_refuses_too_many_bytes_before_parsing(self) -> None:
        assert refusal(b"[" * (LIMIT + 1)).rule == "reading.too-large"

    def test_does_not_read_a_large_file_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "large.toml"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        began = time.perf_counter()
        with pytest.raises(Unreadable, match="50,000,000 bytes"):
            read_path(path)
        assert time.perf_counter() - began < 0.1

    def test_says_at_most_fifty_things(self) -> None:
        wrong = "\n".join(f"wrong_{number} = {number}" for number in range(5000))
        with pytest.raises(Unreadable) as refused:
            read(f"{wrong}\n{JOINT}".encode())
        assert len(refused.value.findings) == 50
        assert "4951 more" in refused.value.findings[-1].message

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="cannot be opened"):
            read_path(tmp_path / "none.toml")

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev/stdin"])
    def test_does_not_open_a_device(self, path: str) -> None:
        if not Path(path).exists() or Path(path).is_file():
            pytest.skip("there is no such device here")
        with pytest.raises(Unreadable, match="not a file"):
            read_path(Path(path))

    def test_does_not_wait_for_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(Unreadable, match="a device, a pipe or a socket, not a file"):
            read_path(tmp_path / "pipe.toml")

    @pytest.mark.parametrize("bomb", ["a = " + "{b = " * 400, "[" * 5000 + "a", '"""' * 20001])
    def test_is_not_brought_down(self, bomb: str) -> None:
        refusal(bomb)


_SCRAPS = st.one_of(
    st.sampled_from(
        [b"[[", b"]]", b"[", b"]", b"{", b"}", b"=", b'"', b'"""', b"\'", b".", b",", b"#", b"\n", b"\r",
         b"\x00", b"\xff", b"\\u0000", b"= 1", b"= true", b"= {}", b"= []", b"= [[]]", b'= ""', b"= nan",
         b"= -inf", b"= 9" * 400, b"= 1e400", b"= 2014-04-01T10:00:00Z", b"clause", b"clause.term = 1\n",
         b"in = 5\n", b"[party]\n", b"[[clause.term]]\n", b'type = "EXIT"\n', b"__class__ = 1\n"]
    ),
    st.binary(max_size=8),
)  # fmt: skip


def _findings(data: bytes) -> tuple[Finding, ...]:
    try:
        read(data, "a.toml")
    except Unreadable as refused:
        return refused.findings
    return ()


class TestAnyBytes:
    @given(
        st.lists(st.tuples(st.integers(0, len(JOINT)), st.integers(0, 12), _SCRAPS), max_size=4)
    )
    @settings(max_examples=150, deadline=None)
    def test_are_read_or_refused_with_a_finding(
        self, edits: list[tuple[int, int, bytes]]
    ) -> None:
        data = JOINT.encode()
        for place, length, scrap in edits:
            data = data[:place] + scrap + data[place + length :]
        findings = _findings(data)
        assert len(findings) <= 50
        assert all(found.message and found.remedy for found in findings)

    @given(st.binary(max_size=200))
    @settings(max_examples=50, deadline=None)
    def test_of_no_document_are_refused(self, data: bytes) -> None:
        with pytest.raises(Unreadable):
            read(data)


class TestLineIndex:
    def test_finds_keys_and_tables(self) -> None:
        lines = read(JOINT.encode()).lines
        assert (
            LINES[(lines.line("clause", 5, "term", 0, "notice_months") or 0) - 1]
            == "notice_months = 12"
        )
        assert (
            LINES[(lines.line("clause", 5, "term", 0, "settlement", 1, "item") or 0) - 1]
            == 'item = "asset-entitlement"'
        )

    def test_falls_back_to_the_part_around(self) -> None:
        lines = read(JOINT.encode()).lines
        assert LINES[
            (lines.line("clause", 3, "term", 0, "annual_cost", "pence") or 0) - 1
        ].startswith("annual_cost")
        assert lines.line() is None

    def test_understands_the_short_form_of_participation(self) -> None:
        text = (
            '[[function]]\ncode = "a"\nin = ["x"]\n[[function.participation]]\nforces = ["y"]\n'
        )
        lines = LineIndex(text)
        assert lines.line("function", 0, "participation", 0, "forces", 0) == 3
        assert lines.line("function", 0, "participation", 1, "forces") == 5

    def test_is_not_misled_by_strings_and_lists(self) -> None:
        text = 'a = """\n[[clause]]\nb = 1\n"""\nc = [\n  "x", # d = 2\n]\n[[clause]]\nd = \'[[\'\ne = 3\n'
        lines = LineIndex(text)
        assert lines.line("b") is None
        assert lines.line("clause", 0, "d") == 9
        assert lines.line("clause", 0, "e") == 10
