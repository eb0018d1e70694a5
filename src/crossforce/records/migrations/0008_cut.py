"""Who ended that one record needs another is remembered."""

import crossforce.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0007_needs")]

    operations = [
        migrations.CreateModel(
            name="Cut",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=crossforce.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("one", models.UUIDField()),
                ("one_kind", models.CharField(max_length=80)),
                ("other", models.UUIDField()),
                ("cut_at", models.DateTimeField()),
                ("cut_by", models.CharField(max_length=100)),
            ],
            options={
                "indexes": [models.Index(fields=["other"], name="cut_by_other")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(cut_by=""), name="cut_at_and_by"
                    )
                ],
            },
        ),
    ]
