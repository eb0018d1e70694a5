"""What a machine signs in with."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from crossforce.kernel.ids import new_id
from crossforce.people.models.account import Account
from crossforce.people.models.posting import Posting
from crossforce.people.models.sealed import Sealed


class Token(Sealed):
    """A bearer token of the API. It acts in one posting, for one purpose, until it expires.

    Only the SHA-256 of the token is kept: the token has 256 random bits, so that guessing is no
    use and a slow hash would protect nothing. What this platform issued it seals under the master key: a row that
    came otherwise opens nothing. Once it stands only its revocation is written (sql/2_tokens.sql).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(max_length=80)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=100, blank=True)

    if TYPE_CHECKING:
        account_id: UUID
        posting_id: UUID

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("issued_at")), name="token_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
                name="token_revoked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.id})"

    def is_valid(self, at: datetime) -> bool:
        """Whether it opens anything at the instant."""
        return self.revoked_at is None and self.issued_at <= at < self.expires_at

    def _sealed(self) -> tuple[str, ...]:
        period = (
            each.astimezone(UTC).isoformat() for each in (self.issued_at, self.expires_at)
        )
        return (self.digest, str(self.account_id), str(self.posting_id), self.purpose, *period)
