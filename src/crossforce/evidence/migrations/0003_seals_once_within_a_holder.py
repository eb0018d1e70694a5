from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_continuity"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="touch",
            name="touch_seal_once",
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(
                condition=models.Q(("act", "sealed")), fields=["seal"], name="touch_by_seal"
            ),
        ),
    ]
