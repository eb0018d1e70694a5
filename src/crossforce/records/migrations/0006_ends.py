"""Records that stand between two others: where their ends are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_remains_are_erased")]

    operations = [
        migrations.CreateModel(
            name="Ends",
            fields=[
                ("record", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=80)),
                ("one", models.UUIDField()),
                ("one_scope", models.IntegerField()),
                ("other", models.UUIDField()),
                ("other_scope", models.IntegerField()),
            ],
            options={
                "verbose_name_plural": "ends",
                "indexes": [
                    models.Index(fields=["one"], name="ends_by_one"),
                    models.Index(fields=["other"], name="ends_by_other"),
                ],
            },
        ),
    ]
