"""Which duties of a system were changed since they came is asked whenever a file comes again."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("duty", "0008_scope_by_newest_in_scope")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=Q(changed_at__gt=F("created_at")),
                fields=["source_system", "changed_at"],
                name="entry_changed",
            ),
        ),
    ]
