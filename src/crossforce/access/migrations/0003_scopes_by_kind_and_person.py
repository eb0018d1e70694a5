"""Scopes of persons are found by kind first: whether a kind has any is one look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_key_stands_with_acting")]

    operations = [
        migrations.RemoveIndex("scope", "access_scope_person"),
        migrations.AddIndex(
            "scope", models.Index(fields=["kind", "person"], name="access_scope_person")
        ),
    ]
