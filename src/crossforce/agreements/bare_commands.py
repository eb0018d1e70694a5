"""`crossforce agreement check | compile | diff | rules | verify-signature`: the pure library.

No Django, no database. Every file is read and judged before anything is written, so that a bad file
leaves nothing half done; the exit code is then 1.
"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossforce.agreements import canonical, signing
from crossforce.agreements.check import CheckContext, check_together
from crossforce.agreements.check.reference import page
from crossforce.agreements.compile import compile_document
from crossforce.agreements.diff import Change, diff
from crossforce.agreements.findings import (
    CannotCompile,
    Finding,
    Severity,
    Unreadable,
    in_order,
)
from crossforce.agreements.reading import Reading, read_path
from crossforce.agreements.terms import CompiledTerms, terms_hash, to_bytes
from crossforce.kernel import civil, clock
from crossforce.kernel.words import Words
from crossforce.organisations import directory

commands = typer.Typer(name="agreement", help="Agreements as documents, and as what they do.")

Files = Annotated[
    list[Path], typer.Argument(help="Documents, or folders of documents.", show_default=False)
]
Against = Annotated[
    list[Path] | None, typer.Option(help="Documents or folders of agreements in force.")
]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the check; today.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@commands.command()
def check(
    files: Files,
    against: Against = None,
    on: On = None,
    for_signature: Annotated[
        bool, typer.Option(help="Ask for all that a version to be signed must have.")
    ] = False,
    strict: Annotated[bool, typer.Option(help="Let a warning fail as an error does.")] = False,
    notes: Annotated[bool, typer.Option(help="Show notes as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check documents against the law of their day, each other, and what is in force.

    Exit code 1 when there is an error.
    """
    readings, findings = _read(files)
    context = _context(against, on, for_signature)
    for each in check_together(readings, context):
        findings += each
    _show(findings, notes=notes, as_json=as_json)
    counts = Counter(each.severity for each in findings)
    if not as_json:
        _tell(f"{_number(len(readings), 'document')}: {', '.join(_counted(counts))}.")
    failed = counts["error"] or (strict and counts["warning"])
    raise typer.Exit(code=int(bool(failed)))


@commands.command(name="compile")
def compile_(
    files: Files,
    against: Against = None,
    on: On = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for <reference>.terms.json; else one to output.")
    ] = None,
) -> None:
    """Compile sound documents to the terms that are signed and enforced.

    Exit code 1, and nothing written, when any document has an error.
    """
    readings, findings = _read(files)
    compiled: list[CompiledTerms] = []
    context = _context(against, on, for_signature=False)
    for reading, found in zip(readings, check_together(readings, context), strict=True):
        errors = [each for each in found if each.severity == "error"]
        findings += errors or _compiled(reading, context, compiled)
    if findings:
        _show(findings)
        raise typer.Exit(code=1)
    if out is None and len(compiled) == 1:
        _tell(to_bytes(compiled[0]).decode())
        return
    if out is not None:
        _write_all(out, compiled)
    for reading, terms in zip(readings, compiled, strict=True):
        text = canonical.text_hash(reading.document)
        _tell(f"{terms.reference}: {len(terms.terms)} terms {terms_hash(terms)} of text {text}")


@commands.command(name="diff")
def diff_(before: Path, after: Path, as_json: AsJson = False) -> None:
    """Say what changes from one document to another, clause by clause and term by term."""
    old, new = _one(before), _one(after)
    changes = diff(old.document, new.document, _name)
    if as_json:
        _tell(json.dumps([_plain(each) for each in changes], ensure_ascii=False, indent=2))
        return
    for each in changes:
        _tell(f"{each.kind}: {each.words.en}")
    said = f"{_number(len(changes), 'change')}." if changes else "The documents say the same."
    _tell(said)


@commands.command()
def rules() -> None:
    """Print every rule of the check, as docs/formats/check-rules.md has them."""
    _tell(page().rstrip("\n"))


@commands.command(name="verify-signature")
def verify_signature(
    statement: Annotated[Path, typer.Argument(help="The statement, as downloaded.")],
    signature: Annotated[str, typer.Argument(help="128 hexadecimal digits, or a file.")],
    public_key: Annotated[str, typer.Argument(help="64 hexadecimal digits, or a file.")],
    text: Annotated[
        Path | None, typer.Option(help="The canonical text; it must be what was signed.")
    ] = None,
    terms: Annotated[
        Path | None, typer.Option(help="The compiled terms; they must be what was signed.")
    ] = None,
) -> None:
    """Say whether an Ed25519 signature holds over a statement, and over text and terms if given.

    Whether the key was the party's that day is not in these bytes. Exit code 1 when it does not hold.
    """
    try:
        said = signing.from_bytes(statement.read_bytes())
        sealed, public = _given(signature, 64), _given(public_key, 32)
        faults = [
            f"The {name} in {path} are other bytes than those that were signed."
            for name, path, expected in (
                ("text", text, said.text_hash),
                ("terms", terms, said.terms_hash),
            )
            if path and hashlib.sha256(path.read_bytes()).hexdigest() != expected
        ]
    except (signing.NotAStatement, ValueError, OSError) as fault:
        _tell(f"Nothing could be verified: {fault}", err=True)
        raise typer.Exit(code=1) from None
    if not signing.verify(said, sealed, public):
        faults.insert(0, "The signature does not hold: other bytes, or another key, made it.")
    for each in faults:
        _tell(each)
    if faults:
        raise typer.Exit(code=1)
    _tell(f"The signature holds: {said.party}, version {said.version} of {said.reference}.")


def _given(value: str, size: int) -> bytes:
    """Bytes written in hexadecimal, or held by a file as they are or in hexadecimal."""
    path = Path(value)
    written = value
    if len(value) != 2 * size and path.is_file():
        data = path.read_bytes()
        if len(data) == size:
            return data
        written = data.decode("ascii", "replace")
    try:
        found = bytes.fromhex(written.strip())
    except ValueError:
        found = b""
    if len(found) != size:
        raise ValueError(f"{value[:80]} is not {size} bytes, nor a file of them")
    return found


def _read(files: Sequence[Path]) -> tuple[list[Reading], list[Finding]]:
    readings: list[Reading] = []
    findings: list[Finding] = []
    for path in _documents(files):
        try:
            readings.append(read_path(path))
        except Unreadable as unreadable:
            findings += unreadable.findings
    return readings, findings


def _one(path: Path) -> Reading:
    try:
        return read_path(path)
    except Unreadable as unreadable:
        _show(unreadable.findings)
        raise typer.Exit(code=1) from None


def _documents(files: Iterable[Path]) -> list[Path]:
    """Files as named, and every `.toml` below a folder; each once."""
    found: dict[Path, None] = {}
    for path in files:
        inside = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
        if not inside:
            _tell(f"{path}: no documents here.", err=True)
            raise typer.Exit(code=1)
        found.update(dict.fromkeys(inside))
    return list(found)


def _context(
    against: list[Path] | None, on: datetime | None, for_signature: bool
) -> CheckContext:
    standing, findings = _read(against or [])
    if findings:
        _show(findings)
        raise typer.Exit(code=1)
    day: date = on.date() if on else civil.day_of(clock.now())
    return CheckContext(
        directory=directory.shipped(),
        on=day,
        in_force=[each.document for each in standing],
        for_signature=for_signature,
    )


def _compiled(
    reading: Reading, context: CheckContext, into: list[CompiledTerms]
) -> list[Finding]:
    try:
        into.append(compile_document(reading.document, context.directory))
    except CannotCompile as cannot:
        return list(cannot.findings)
    return []


def _write_all(folder: Path, compiled: Sequence[CompiledTerms]) -> None:
    """Every file is complete under another name before the first takes its place."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as waiting:
        names = [f"{each.reference}.terms.json" for each in compiled]
        for name, terms in zip(names, compiled, strict=True):
            (Path(waiting) / name).write_bytes(to_bytes(terms))
        for name in names:
            (Path(waiting) / name).replace(folder / name)


def _show(findings: Iterable[Finding], *, notes: bool = False, as_json: bool = False) -> None:
    shown = [each for each in in_order(findings) if notes or as_json or each.severity != "note"]
    if as_json:
        _tell(json.dumps([_of_finding(each) for each in shown], ensure_ascii=False, indent=2))
        return
    for each in shown:
        _tell(f"{each} [{each.rule}]")


def _of_finding(finding: Finding) -> dict[str, str | int | None]:
    keys = ("severity", "rule", "file", "line", "clause", "message", "remedy")
    return {key: getattr(finding, key) for key in keys}


def _plain(change: Change) -> dict[str, object]:
    return {
        "path": list(change.path),
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "clause": change.clause,
        "words": change.words.model_dump(exclude_none=True),
    }


def _name(code: str) -> Words | None:
    found = directory.shipped().get(code)
    return found.name if found else None


def _counted(counts: Counter[Severity]) -> list[str]:
    kinds: tuple[Severity, ...] = ("error", "warning", "note")
    return [_number(counts[kind], kind) for kind in kinds]


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _tell(words: str, *, err: bool = False) -> None:
    typer.echo(words, err=err)
