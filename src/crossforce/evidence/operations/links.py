"""What a link says: which share it is of, and as whom it is read. Whoever has it holds the only copy.

It is sealed under the master key and holds 32 random bytes, so that nobody makes one up; of its text the share keeps the
SHA-256 alone. It names the posting and the purpose in which it was given: by these access is decided at every opening, as it
is then.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model

from crossforce.evidence.choices import SHARE
from crossforce.kernel.keys import KeyRefused
from crossforce.people import api as people
from crossforce.people.api import Actor

SECRET: Final = 32
ID: Final = 16
LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Link:
    """A link that this platform gave: of which share, and who gave it, acting as they could act now."""

    share: UUID
    sharer: Actor
    digest: str


def write(share: UUID, account: UUID, posting: UUID, purpose: str) -> str:
    """A link of a share, given by the account in this posting and for this purpose."""
    said = secrets.token_bytes(SECRET) + account.bytes + posting.bytes + purpose.encode()
    sealed = settings.KEYS.seal(said, context=_bound(share))
    return base64.urlsafe_b64encode(share.bytes + sealed).decode().rstrip("=")


def digest(text: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, at: datetime) -> Link | None:
    """The link; None of anything that this platform did not give, or whose giver holds that posting no longer."""
    if len(text) > LONGEST or not text.isascii():
        return None
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        share = UUID(bytes=data[:ID])
        said = settings.KEYS.unseal(data[ID:], context=_bound(share))[SECRET:]
    except (ValueError, KeyRefused):
        return None
    account = get_user_model().objects.filter(pk=UUID(bytes=said[:ID])).first()
    if account is None:
        return None
    posting, purpose = UUID(bytes=said[ID : 2 * ID]), said[2 * ID :].decode()
    sharer = people.actor_of(account, at, posting=posting, purpose=purpose)
    return Link(share, sharer, digest(text)) if sharer else None


def _bound(share: UUID) -> str:
    return f"{SHARE}:{share}"
