"""One record may need another, which stays until the day of that one."""

from django.db import migrations, models

RELATIONS = ("concerns", "supports", "follows", "duplicates", "combines", "needs")


class Migration(migrations.Migration):
    dependencies = [("records", "0006_ends")]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="relation",
            field=models.CharField(max_length=20, choices=[(each, each) for each in RELATIONS]),
        ),
    ]
