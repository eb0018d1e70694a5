"""Tokens are sealed: of those that stand, the ones of which the ledger says that they were issued."""

from datetime import UTC
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models


def seal(apps: Any, editor: Any) -> None:
    """As `Token.put_seal` does, for what was issued here and is open yet."""
    issued = apps.get_model("ledger", "Entry").objects.filter(operation="token.issued")
    tokens = apps.get_model("people", "Token").objects
    for token in tokens.filter(revoked_at__isnull=True).iterator():
        named = f"people.token:{token.pk}"
        if issued.filter(subject=named).exists():
            tokens.filter(pk=token.pk).update(seal=settings.KEYS.seal(_said(token), context=named))


def _said(token: Any) -> bytes:
    period = (each.astimezone(UTC).isoformat() for each in (token.issued_at, token.expires_at))
    said = (token.digest, str(token.account_id), str(token.posting_id), token.purpose, *period)
    return sha256("\0".join(said).encode()).digest()


class Migration(migrations.Migration):
    dependencies = [("people", "0009_accounts_stay"), ("ledger", "0001_entries")]

    operations = [
        migrations.AddField(
            model_name="token",
            name="seal",
            field=models.BinaryField(default=b"", editable=False),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
