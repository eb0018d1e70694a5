"""A scope is found by the index of the newest in it; one of the scope alone repeated that at every insert."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duty", "0007_cover_of_who_may")]

    operations = [
        migrations.AlterField(
            model_name="cover",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="entry",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="import",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="mapping",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
    ]
