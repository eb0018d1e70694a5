"""Who is away is found by itself; long duties are found by their end, however long ago others were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duty", "0005_newest_with_scope")]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_long"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["scope_id", "ends_at", "starts_at"],
                name="entry_long",
                condition=models.Q(("is_long", True)),
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["scope_id", "starts_at"],
                name="entry_away",
                condition=models.Q(("is_long", False), ("what", "absence")),
            ),
        ),
    ]
