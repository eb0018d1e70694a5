"""Passwords and addresses are sealed: those that stand when this is run are taken to be right, once."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models


def seal(apps: Any, editor: Any) -> None:
    """As `Account.set_anew` does, for what stands."""
    accounts = apps.get_model("people", "Account").objects
    for account in accounts.iterator():
        said = sha256("\0".join((account.username, account.email, account.password, "")).encode())
        sealed = settings.KEYS.seal(said.digest(), context=f"people.account:{account.pk}")
        accounts.filter(pk=account.pk).update(seal=sealed)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_recognised_at_once")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="seal",
            field=models.BinaryField(default=b"", editable=False),
        ),
        migrations.AddField(
            model_name="account",
            name="identity",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
