"""A file from the moment it arrives: received, loaded beside the page, gone on with after a stop."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.intake import api as intake
from crossforce.nominals import models
from crossforce.nominals.choices import LOAD, Form, State
from crossforce.nominals.operations import bringing, registering, sources
from crossforce.nominals.operations.bringing import Outcome
from crossforce.nominals.operations.permitting import permit
from crossforce.nominals.queries.loads import NoSuchLoad
from crossforce.people.api import Actor
from crossforce.records.mapping.findings import Finding

MOST_MEGABYTES: Final = 4_000


class Loads(intake.Desk[Outcome]):
    """Where files of records systems come in. Raises NoSuchLoad, MayNotLoad, Clash."""

    kind = LOAD
    model = models.Load
    missing = NoSuchLoad
    waiting = intake.Waiting("nominals", most_megabytes=MOST_MEGABYTES)

    def bring(self, work: intake.Work) -> Outcome:
        """Load what was sent, by the mapping that was sent with it."""
        of = sources.understood(work.row.mapping)
        permit(work.actor, of)

        def done() -> Outcome:
            load = bringing.of_file(work.actor, of, work.source, work.at, work.progress)
            load.record = work.row.pk
            return bringing.rehearsed(load) if work.is_rehearsal else bringing.brought(load)

        return bringing.whole(done)

    def refused(self, why: Finding) -> Outcome:
        """Nothing of it was loaded."""
        return Outcome(State.REFUSED, findings=[why])

    def said(self, outcome: Outcome) -> dict[str, Any]:
        """Counts, how often each rule refused a row, and what refused all of it."""
        return registering.said(outcome)


DESK: Final = Loads()


def receive(*, actor: Actor, file: intake.Arrived, at: datetime) -> tuple[UUID, bool]:
    """Keep a file for its load; answers the load, and whether it is new.

    The same file by the same mapping is the same load until that is at its end.
    Raises MayNotLoad, BadMapping, FileTooLarge, TooMuchWaits.
    """
    of = sources.understood(file.mapping)
    permit(actor, of)

    def known(sha: str) -> Any:
        return registering.stopped(actor, of, file.mapping, sha)

    def begin(key: UUID, sha: str) -> None:
        came = registering.Came(Form(of.file.type), file.name, sha)
        registering.begin(actor, of, file.mapping, came, at=at, key=key)

    return DESK.keep(file.chunks, holder=of.holder, known=known, begin=begin)
