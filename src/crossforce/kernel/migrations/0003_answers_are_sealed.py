"""What was answered before answers were sealed is not kept readable: that it was answered is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_cache")]

    operations = [
        migrations.RunSQL("UPDATE kernel_answer SET body = ''", migrations.RunSQL.noop),
    ]
