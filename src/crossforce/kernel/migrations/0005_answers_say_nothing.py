"""Where an answer led stands under its seal; what was kept before is not told again, only that it was done."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_answers_say_less")]

    operations = [migrations.RemoveField(model_name="answer", name="location")]
