"""Since when a version counts on paper, if it did so before it came here."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_append_only"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="version",
            name="version_written_once",
        ),
        migrations.AddField(
            model_name="version",
            name="adopted_since",
            field=models.DateTimeField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="version",
            trigger=pgtrigger.compiler.Trigger(
                name="version_written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."planned" IS DISTINCT FROM (NEW."planned") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."text_hash" IS DISTINCT FROM (NEW."text_hash") OR OLD."terms" IS DISTINCT FROM (NEW."terms") OR OLD."terms_hash" IS DISTINCT FROM (NEW."terms_hash") OR OLD."compiler" IS DISTINCT FROM (NEW."compiler") OR OLD."findings" IS DISTINCT FROM (NEW."findings") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."adopted_since" IS DISTINCT FROM (NEW."adopted_since") OR OLD."owner" IS DISTINCT FROM (NEW."owner") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at") OR OLD."proposed_by" IS DISTINCT FROM (NEW."proposed_by"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9ec4fd7dc9777602b801e2839ab74e37ba3d3fe6",
                    operation="UPDATE",
                    pgid="pgtrigger_version_written_once_bd967",
                    table="agreements_version",
                    when="BEFORE",
                ),
            ),
        ),
    ]
