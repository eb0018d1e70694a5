"""Sound documents, one for each basis, and the world in which they are checked."""

from datetime import date
from functools import cache
from pathlib import Path

from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding
from crossforce.agreements.reading import read
from crossforce.organisations import directory

SOUND = Path(__file__).parent / "sound"
BASES = sorted(path.stem for path in SOUND.glob("*.toml"))
TODAY = date(2016, 6, 1)


@cache
def sound(basis: str) -> str:
    """The text of the sound document of a basis; its reference is the basis."""
    return (SOUND / f"{basis}.toml").read_text("utf-8")


def document(basis: str) -> AgreementDocument:
    """The sound document of a basis."""
    return read(sound(basis).encode()).document


def context(*in_force: AgreementDocument, for_signature: bool = False) -> CheckContext:
    """The shipped directory, packs and catalogues on 1 June 2016."""
    return CheckContext(
        directory=directory.shipped(),
        on=TODAY,
        in_force=in_force,
        for_signature=for_signature,
    )


def findings(
    text: str, *in_force: AgreementDocument, for_signature: bool = False
) -> list[Finding]:
    """What the check says of a text; its file is named by the reference."""
    reference = text.split('reference = "', 1)[1].split('"', 1)[0]
    reading = read(text.encode(), f"{reference}.toml")
    return check(reading, context(*in_force, for_signature=for_signature))


def errors(text: str, *in_force: AgreementDocument) -> list[Finding]:
    """Only the errors."""
    return [each for each in findings(text, *in_force) if each.severity == "error"]


def changed(text: str, *edits: tuple[str, str]) -> str:
    """The text with each edit made once, where its first words stand first."""
    for old, new in edits:
        assert old in text, f"the document has no {old!r}"
        text = text.replace(old, new, 1)
    return text
