"""One draft previewed against every agreement of the sources."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.measure import Measure, seconds
from crossforce.agreements import canonical, catalogues, preview
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.terms import from_bytes, to_bytes
from crossforce.agreements.wording import Names
from crossforce.kernel import clock
from crossforce.organisations.directory import shipped

FOLDER = Path(__file__).resolve().parent.parent / "agreements"
DRAFTED = "south-west/sw-tri-force-specialist-operations.toml"

Stored = list[tuple[bytes, bytes]]


def run() -> Iterator[Measure]:
    texts = [path.read_bytes() for path in sorted(FOLDER.glob("*/*.toml"))]
    stored = [_stored(read(text).document) for text in texts]
    draft = _with_dorset()
    standing = _standing(stored)
    yield Measure(
        f"preview one draft beside {len(stored)} agreements, in memory",
        seconds(lambda: _preview(draft, standing)), "s", goal=0.2,
    )  # fmt: skip
    yield Measure(
        "the same, reading their stored text and terms",
        seconds(lambda: _preview(draft, _standing(stored))), "s", gate=1.0,
    )  # fmt: skip
    yield Measure(
        "the same, reading and compiling their documents",
        seconds(lambda: _preview(draft, _standing([_stored(read(t).document) for t in texts]))),
        "s", gate=1.0,
    )  # fmt: skip


def _with_dorset() -> AgreementDocument:
    """The tri-force agreement with Dorset as a fourth force."""
    raw: dict[str, Any] = tomllib.loads((FOLDER / DRAFTED).read_text("utf-8"))
    begins = {"from": date(2027, 4, 1)}
    for code, capacity in (
        ("chief-constable-dorset", "chief-officer"),
        ("pcc-dorset", "policing-body"),
    ):
        raw["party"].append({"organisation": code, "capacity": capacity} | begins)
    for function in raw["function"]:
        function.setdefault("participation", []).append({"forces": ["dorset"]} | begins)
    return canonical.normalised(AgreementDocument.model_validate(raw))


def _stored(document: AgreementDocument) -> tuple[bytes, bytes]:
    return canonical.text(document), to_bytes(compile_document(document, shipped()))


def _standing(stored: Stored) -> tuple[preview.Standing, ...]:
    return tuple(
        preview.Standing(AgreementDocument.model_validate_json(text), from_bytes(terms))
        for text, terms in stored
    )


def _preview(draft: AgreementDocument, standing: tuple[preview.Standing, ...]) -> object:
    known = {each.code: each.short_name or each.name for each in shipped().organisations}
    names = Names(known, catalogues.functions(), {})
    new = preview.Standing(draft, compile_document(draft, shipped()))
    old = next(each for each in standing if each.reference == draft.reference)
    world = preview.World(standing, shipped(), names)
    return preview.as_plain(preview.preview(preview.context_for(new, old, world, clock.now())))
