from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nominals", "0006_likenesses_of_scopes")]

    operations = [
        migrations.AddField(
            model_name="follower",
            name="led_at",
            field=models.DateTimeField(editable=False, null=True),
        )
    ]
