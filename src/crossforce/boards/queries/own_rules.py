"""What is proposed as a joint board's own rules, and which bodies have agreed to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossforce.boards import models
from crossforce.boards.queries import holders
from crossforce.boards.rules import keeping, own_rules
from crossforce.boards.rules.motions import Consent
from crossforce.boards.rules.own_rules import Proposed
from crossforce.kernel import guarded
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What is proposed, if anything, who agreed in which document, and who has not; `titles` are the documents'.

    `agreed` are those who agreed to what is proposed; where nothing is, to what counts.
    """

    proposed: Proposed | None
    agreed: Sequence[Consent]
    missing: Sequence[str]
    titles: dict[str, str]


@guarded.acts
def agreeing(actor: Actor, row: models.Board, bodies: Sequence[str]) -> Agreeing:
    """How far it is; `bodies` are those whose board it is today."""
    proposed = own_rules.proposed(row.proposed)
    given = proposed.agreed if proposed else keeping.consents(row.agreed)
    return Agreeing(
        proposed,
        given,
        own_rules.missing(bodies, given) if proposed else (),
        holders.titles(actor, [each.document for each in given]),
    )
