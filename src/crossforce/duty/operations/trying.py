"""A mapping tried on a sample: judged as a check of the whole export would judge it, and forgotten."""

import io
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from crossforce.duty import mapping as exports
from crossforce.duty.choices import State
from crossforce.duty.mapping import Duty, Mapping
from crossforce.duty.operations import importing, mappings
from crossforce.duty.operations.importing import Outcome, Sent
from crossforce.people.api import Actor

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Tried:
    """What bringing the sample in would do, and the first duties that it would bring."""

    outcome: Outcome
    duties: list[Duty]


def tried(*, actor: Actor, mapping: str, sample: bytes, at: datetime) -> Tried:
    """Judge a sample against the people and the duties that are held. Raises BadMapping, MayNotImport.

    A sample is a part of an export: it may lack however many of the duties that are held for its days.
    """
    mappings.understood(mapping)
    of = _as_a_part(mappings.understood(mappings.accepting(mapping)), sample)
    sent = Sent(of, io.BytesIO(sample), "sample")
    outcome = importing.bring_in(actor=actor, sent=sent, at=at, is_rehearsal=True)
    refused = {each.row for each in outcome.findings}
    if outcome.state is State.REFUSED:
        return Tried(outcome, [])
    found = exports.parse(io.BytesIO(sample), of, known=importing.known(of.holder, at))
    duties = (each for each in found if isinstance(each, Duty) and each.row not in refused)
    return Tried(outcome, list(islice((e for e in duties if not e.is_cancelled), SHOWN)))


def _as_a_part(of: Mapping, sample: bytes) -> Mapping:
    """The mapping without the last row of an export, where the sample ends before it."""
    lines = sample.decode(of.file.encoding, "replace").rstrip().splitlines() or [""]
    if lines[-1].lstrip('"').startswith(of.file.trailer):
        return of
    return of.model_copy(update={"file": of.file.model_copy(update={"trailer": ""})})
