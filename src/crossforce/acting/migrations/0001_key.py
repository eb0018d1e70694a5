"""The key stands here. Its table was made by the first migration of `access`, and stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_what_the_policies_read")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Key",
                    fields=[
                        ("number", models.IntegerField(primary_key=True, serialize=False)),
                        ("inner_pad", models.BinaryField(max_length=64)),
                        ("outer_pad", models.BinaryField(max_length=64)),
                    ],
                    options={"db_table": "access_key"},
                )
            ]
        )
    ]
