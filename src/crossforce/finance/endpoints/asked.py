"""What lists over HTTP are asked alike."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from crossforce.kernel.stepping import Step

MOST = 1_000


class StepAsked(Schema):
    """Which part of a list: the first `most` rows, or those that come after the row with that identifier."""

    after: UUID | None = None
    most: int = Field(MOST, ge=1, le=MOST)

    @property
    def step(self) -> Step:
        """The same as queries take it."""
        return Step(self.most, self.after)
