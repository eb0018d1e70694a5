"""`crossforce agreement check | compile | diff | rules`: exit codes, messages, nothing half done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crossforce.agreements.bare_commands import commands
from crossforce.agreements.check.reference import page
from crossforce.agreements.terms import from_bytes
from crossforce.agreements.tests.check import documents

ON = ("--on", "2016-06-01")


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(commands, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for basis in ("s22a", "secondment"):
        (tmp_path / f"{basis}.toml").write_text(documents.sound(basis), "utf-8")
    return tmp_path


def spoilt(folder: Path) -> Path:
    path = folder / "s22a.toml"
    path.write_text(documents.changed(documents.sound("s22a"), ('"0.25"', '"0.24"')), "utf-8")
    return path


class TestCheck:
    def test_sound_documents_end_with_nought(self, folder: Path) -> None:
        code, said = run("check", folder, *ON)
        assert code == 0
        assert said == "2 documents: 0 errors, 0 warnings, 3 notes.\n"

    def test_an_error_ends_with_one_and_says_where_and_what(self, folder: Path) -> None:
        code, said = run("check", spoilt(folder), *ON)
        line = documents.sound("s22a").split("\n").index('method = "fixed"') + 2
        assert code == 1
        assert f"s22a.toml:{line}: error: clause 5.1: The shares sum to 0.99" in said
        assert "[costs.shares-sum]" in said

    def test_what_is_no_file_is_refused_in_one_finding(self, folder: Path) -> None:
        (folder / "member.toml").mkdir()
        code, said = run("check", folder, "/dev/zero", *ON)
        assert code == 1
        assert "member.toml: error: This is a folder, not a file." in said
        assert "/dev/zero: error: This is a device, a pipe or a socket, not a file." in said
        assert said.endswith("2 documents: 2 errors, 0 warnings, 3 notes.\n")

    def test_a_warning_ends_with_one_only_where_it_shall(self, folder: Path) -> None:
        text = documents.changed(
            documents.sound("s22a"), ("review = { from = 2019-04-01 }\n", "")
        )
        (folder / "s22a.toml").write_text(text, "utf-8")
        assert run("check", folder, *ON)[0] == 0
        assert run("check", folder, *ON, "--strict")[0] == 1

    def test_notes_are_shown_when_asked_for(self, folder: Path) -> None:
        assert "note:" not in run("check", folder, *ON)[1]
        assert "note:" in run("check", folder, *ON, "--notes")[1]

    def test_json_is_for_programs(self, folder: Path) -> None:
        code, said = run("check", spoilt(folder), *ON, "--json")
        found = [each for each in json.loads(said) if each["severity"] == "error"]
        assert code == 1
        assert [each["rule"] for each in found] == ["costs.shares-sum"]

    def test_what_is_in_force_stands_beside(self, folder: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.toml"
        text = documents.changed(
            documents.sound("s22a"), ('reference = "s22a"', 'reference = "other"')
        )
        other.write_text(text, "utf-8")
        code, said = run("check", other, "--against", folder / "s22a.toml", *ON)
        assert code == 0
        assert "Add 's22a' as a relation" in said

    def test_a_recorded_agreement_cannot_be_signed(self, folder: Path) -> None:
        path = folder / "secondment.toml"
        text = documents.changed(documents.sound("secondment"), ('"draft"', '"recorded"'))
        path.write_text(text, "utf-8")
        assert run("check", path, *ON)[0] == 0
        assert run("check", path, *ON, "--for-signature")[0] == 1


BAD_FILES = {
    "malformed": b"title = ",
    "encoding": "reference = 'sgl\u00e9'".encode("latin-1"),
    "utf-16": "format = 1".encode("utf-16"),
    "duplicate": b"format = 1\nformat = 1\n",
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "large": b"#" * 50_000_000,
    "empty": b"",
    "order": documents.sound("s22a").replace("2026-04-01", "2015-04-01", 1).encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["check", "compile"])
def test_a_bad_file_gets_a_clear_message(command: str, name: str, folder: Path) -> None:
    (folder / "bad.toml").write_bytes(BAD_FILES[name])
    code, said = run(command, folder / "bad.toml", *ON)
    errors = [line for line in said.split("\n") if " error: " in line]
    assert code == 1
    assert "bad.toml" in errors[0]
    assert "Traceback" not in said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    code, said = run("check", tmp_path / "nothing.toml")
    assert code == 1
    assert "cannot be opened" in said


def test_a_folder_without_documents(tmp_path: Path) -> None:
    assert run("check", tmp_path)[0] == 1


class TestCompile:
    def test_one_document_goes_to_the_output(self, folder: Path) -> None:
        code, said = run("compile", folder / "s22a.toml", *ON)
        assert code == 0
        assert from_bytes(said.rstrip("\n").encode()).reference == "s22a"

    def test_several_go_to_a_folder(self, folder: Path) -> None:
        code, said = run("compile", folder, *ON, "--out", folder / "terms")
        written = sorted(path.name for path in (folder / "terms").iterdir())
        assert code == 0
        assert written == ["s22a.terms.json", "secondment.terms.json"]
        assert said.count(" terms ") == 2

    def test_one_bad_document_keeps_all_from_being_written(self, folder: Path) -> None:
        spoilt(folder)
        code, said = run("compile", folder, *ON, "--out", folder / "terms")
        assert code == 1
        assert "sum to 0.99" in said
        assert not (folder / "terms").exists()


class TestDiff:
    def test_it_says_what_changes(self, folder: Path) -> None:
        before = folder / "before.toml"
        before.write_text(documents.sound("s22a"), "utf-8")
        code, said = run("diff", before, spoilt(folder))
        assert code == 0
        assert "5.1" in said
        assert said.endswith("1 change.\n")

    def test_the_same_documents(self, folder: Path) -> None:
        path = folder / "s22a.toml"
        assert run("diff", path, path) == (0, "The documents say the same.\n")

    def test_json(self, folder: Path) -> None:
        code, said = run("diff", folder / "secondment.toml", folder / "s22a.toml", "--json")
        assert code == 0
        assert {"kind", "path", "words"} <= set(json.loads(said)[0])

    def test_a_bad_file(self, folder: Path) -> None:
        (folder / "bad.toml").write_bytes(b"[")
        assert run("diff", folder / "bad.toml", folder / "s22a.toml")[0] == 1


def test_the_rules_are_printed() -> None:
    assert run("rules") == (0, page())


def test_the_pure_commands_need_no_django() -> None:
    program = (
        "import sys; sys.modules['django'] = None\nimport crossforce.agreements.bare_commands\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
