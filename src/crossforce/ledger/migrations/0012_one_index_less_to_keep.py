"""One index of concerns and rows, so that an append locks one first page where it locked two; the instants in rising order.

What rises grows at its end, and fills a page before it begins the next. Nobody who writes is held up meanwhile, and
after a kill it can be begun again.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

FOUND = 'USING gin ("concerns", "rows")'
RISING = '("at", "id")'
BEFORE = {
    "ledger_entry_newest": '("at" DESC, "id" DESC)',
    "ledger_entry_concerns": 'USING gin ("concerns")',
    "ledger_entry_rows": """USING gin ("rows") WHERE NOT ("rows" = '{}'::uuid[])""",
}
NOW = {"ledger_entry_found": FOUND, "ledger_entry_rising": RISING}


def instead(made: dict[str, str], gone: dict[str, str]) -> list[str]:
    drop = "DROP INDEX CONCURRENTLY IF EXISTS"
    return [
        *(f"{drop} {name}" for name in made),
        *(f"CREATE INDEX CONCURRENTLY {name} ON ledger_entry {on}" for name, on in made.items()),
        *(f"{drop} {name}" for name in gone),
    ]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ledger", "0011_parts_are_committed_to")]

    operations = [
        migrations.RunSQL(
            instead(NOW, BEFORE),
            instead(BEFORE, NOW),
            state_operations=[
                migrations.RemoveIndex(model_name="entry", name="ledger_entry_newest"),
                migrations.RemoveIndex(model_name="entry", name="ledger_entry_concerns"),
                migrations.RemoveIndex(model_name="entry", name="ledger_entry_rows"),
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(fields=["at", "id"], name="ledger_entry_rising"),
                ),
                migrations.AddIndex(
                    model_name="entry",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["concerns", "rows"], name="ledger_entry_found"
                    ),
                ),
            ],
        )
    ]
