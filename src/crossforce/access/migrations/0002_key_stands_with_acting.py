"""The key is the app `acting`'s from here on; its table stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0001_what_the_policies_read"), ("acting", "0001_key")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Key")])
    ]
