"""What every body that is sent to the programme's API has in common."""

from ninja import Schema
from pydantic import ConfigDict


class Given(Schema):
    """What is sent: a name that is not known is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")
