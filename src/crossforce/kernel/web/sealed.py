"""What was asked, as it stands in an address: sealed, so that no name stands in a history, a log or a bookmark."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from crossforce.kernel.keys import KeyRefused
from crossforce.kernel.refusals import NotUnderstood

OF: Final = "of"
LASTS: Final = timedelta(hours=12)
"""A turn of duty: for so long the way back to an answer leads there."""


class Lapsed(NotUnderstood):
    """The address of an answer leads there for twelve hours, and only whoever asked. Ask again."""


def sealed(whose: str, given: Mapping[str, str], at: datetime) -> str:
    """A question as it stands in an address; `whose` says of which search and of whom it is."""
    asked = {name: value for name, value in given.items() if value}
    plain = json.dumps([int(at.timestamp()), asked]).encode()
    return urlsafe_b64encode(settings.KEYS.seal(plain, context=whose)).decode()


def opened(whose: str, text: str, at: datetime) -> dict[str, str]:
    """The question of an address. Raises Lapsed, also for one of anybody else."""
    try:
        plain = settings.KEYS.unseal(urlsafe_b64decode(text.encode()), context=whose)
    except (KeyRefused, ValueError):
        raise Lapsed from None
    since, asked = json.loads(plain)
    if at.timestamp() - since > LASTS.total_seconds():
        raise Lapsed
    return {str(name): str(value) for name, value in asked.items()}
