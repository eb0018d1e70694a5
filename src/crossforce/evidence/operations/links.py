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

from crossforce.evidence.choices import RECEIVED, SHARE
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
    sealed = _sealed(_bound(share), account, posting, purpose)
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
        sharer = _acting(data[ID:], _bound(share), at)
    except (ValueError, KeyRefused):
        return None
    return Link(share, sharer, digest(text)) if sharer else None


def authority(received: UUID, account: UUID, posting: UUID, purpose: str) -> str:
    """As whom an exhibit is read once the copy that is offered is taken: kept with the offer, sealed."""
    sealed = _sealed(_offered(received), account, posting, purpose)
    return base64.urlsafe_b64encode(sealed).decode()


def giver(text: str, received: UUID, at: datetime) -> Actor | None:
    """Whoever offered it, as they could act now; None where they hold that posting no longer."""
    try:
        return _acting(base64.urlsafe_b64decode(text), _offered(received), at)
    except (ValueError, KeyRefused):
        return None


def _sealed(context: str, account: UUID, posting: UUID, purpose: str) -> bytes:
    said = secrets.token_bytes(SECRET) + account.bytes + posting.bytes + purpose.encode()
    sealed: bytes = settings.KEYS.seal(said, context=context)
    return sealed


def _acting(sealed: bytes, context: str, at: datetime) -> Actor | None:
    """Who gave it, acting as they could act now. Raises ValueError and KeyRefused of what this platform did not seal."""
    said = settings.KEYS.unseal(sealed, context=context)[SECRET:]
    account = get_user_model().objects.filter(pk=UUID(bytes=said[:ID])).first()
    if account is None:
        return None
    posting, purpose = UUID(bytes=said[ID : 2 * ID]), said[2 * ID :].decode()
    return people.actor_of(account, at, posting=posting, purpose=purpose)


def _offered(received: UUID) -> str:
    return f"{RECEIVED}:{received}"


def _bound(share: UUID) -> str:
    return f"{SHARE}:{share}"
