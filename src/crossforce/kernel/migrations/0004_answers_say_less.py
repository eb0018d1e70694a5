"""What was answered before to somebody who signed in is not told again: that it was answered is kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_answers_are_sealed")]

    operations = [
        migrations.RunSQL("UPDATE kernel_answer SET body = ''", migrations.RunSQL.noop),
    ]
