"""A scope is found by the index of the newest in it; one of the scope alone repeated that at every insert."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_newest_with_scope")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="note",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="request",
            name="scope_id",
            field=models.IntegerField(default=0, editable=False),
        ),
    ]
