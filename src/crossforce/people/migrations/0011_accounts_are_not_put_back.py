"""What is set in an account is numbered, under its seal; accounts that are as they were left are sealed so."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models

from crossforce.kernel.keys import KeyRefused


def seal(apps: Any, editor: Any) -> None:
    """As `Account.set_anew` does, for what was sealed without a number."""
    accounts = apps.get_model("people", "Account").objects
    for account in accounts.iterator():
        named = f"people.account:{account.pk}"
        said = [account.username, account.email, account.password, account.identity]
        if _is(bytes(account.seal), said, named):
            sealed = settings.KEYS.seal(_digest([*said, "1"]), context=named)
            accounts.filter(pk=account.pk).update(seal=sealed, times_set=1)


def _is(seal: bytes, said: list[str], named: str) -> bool:
    try:
        return bool(settings.KEYS.unseal(seal, context=named) == _digest(said))
    except KeyRefused:
        return False


def _digest(said: list[str]) -> bytes:
    return sha256("\0".join(said).encode()).digest()


class Migration(migrations.Migration):
    dependencies = [("people", "0010_tokens_are_sealed")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="times_set",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
