"""Bearer tokens for machines: issued by the account's owner, shown once, revoked at any time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel import guarded, refusals
from crossforce.ledger import api as ledger
from crossforce.people import queries
from crossforce.people.choices import Actor
from crossforce.people.models import Token

PREFIX: Final = "cf1_"
LONGEST_DAYS: Final = 366


class NoSuchToken(refusals.Missing):
    """You have no such token."""


class TooLong(refusals.Conflict):
    """A token lasts a year at most. Choose fewer days."""


class NotActing(refusals.Refused):
    """A token acts in a posting of its owner: sign in and choose a posting first."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token. `secret` is shown once and kept nowhere."""

    token: Token
    secret: str


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def mine(actor: Actor) -> QuerySet[Token]:
    """The tokens of the actor's account, newest first."""
    rows = Token.objects.filter(account=actor.account)
    return rows.select_related("posting__organisation", "posting__unit").order_by("-issued_at")


@guarded.acts
def issue(*, actor: Actor, title: str, days: int, at: datetime) -> Issued:
    """A token that acts as the actor does now: same posting, same purpose, same powers."""
    if actor.account is None or actor.posting is None:
        raise NotActing
    if not 1 <= days <= LONGEST_DAYS:
        raise TooLong
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        digest=digest(secret),
        title=title,
        account_id=actor.account,
        posting_id=actor.posting,
        purpose=actor.purpose,
        issued_at=at,
        issued_by=actor.reference,
        expires_at=at + timedelta(days=days),
    )
    token.put_seal()
    token.save(force_insert=True)
    detail = {"posting": str(actor.posting), "expires_at": token.expires_at.isoformat()}
    _record(actor, "token.issued", token, detail, at)
    return Issued(token, secret)


@guarded.acts
def revoke(*, actor: Actor, token: UUID, at: datetime) -> None:
    """The token opens nothing any more. Raises NoSuchToken."""
    row = mine(actor).select_for_update(of=("self",)).filter(pk=token).first()
    if row is None:
        raise NoSuchToken
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by = at, actor.reference
    row.save(update_fields=["revoked_at", "revoked_by"])
    _record(actor, "token.revoked", row, {}, at)


def actor_of(secret: str, *, at: datetime) -> Actor | None:
    """Who acts by the token at the instant; None when it opens nothing."""
    if not secret.startswith(PREFIX):
        return None
    token = Token.objects.select_related("account").filter(digest=digest(secret)).first()
    if token is None or not token.is_valid(at) or not token.account.is_active:
        return None
    if not token.is_sealed:
        return None
    return queries.actor_of(token.account, at, posting=token.posting_id, purpose=token.purpose)


def _record(
    actor: Actor, operation: str, token: Token, detail: dict[str, str], at: datetime
) -> None:
    subject = f"people.token:{token.pk}"
    ledger.append(actor=actor, operation=operation, subject=subject, detail=dict(detail), at=at)
