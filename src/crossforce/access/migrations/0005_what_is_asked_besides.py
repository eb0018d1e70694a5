"""What a kind asks besides of its records; the owner writes it after this, from the declarations."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0004_grants_of_signed_holders")]

    operations: ClassVar = [
        migrations.AddField("kind", "besides", models.TextField(blank=True, default=""), preserve_default=False)
    ]
