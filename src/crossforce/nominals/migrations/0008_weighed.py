from django.db import migrations, models

import crossforce.kernel.ids

STILL_THERE = """INSERT INTO nominals_weighed
       (id, match, version, state, acted_at, acted_by, weight, lean, model, evidence)
SELECT gen_random_uuid(), m.id, m.version, m.state, coalesce(m.decided_at, m.first_at),
       CASE WHEN m.decided_at IS NULL THEN m.first_by ELSE m.decided_by END, l.weight, l.lean, l.model, l.evidence
  FROM nominals_match m
  JOIN nominals_likeness l ON (l.one, l.other, l.model, l.weight) = (m.one, m.other, m.model, m.weight)
 WHERE m.first_by <> '' OR m.decided_by <> ''"""
"""What was decided before is kept as well, where the engine has it still as it was."""


class Migration(migrations.Migration):
    dependencies = [("nominals", "0007_led_at")]

    operations = [
        migrations.AddField(
            model_name="likeness", name="proposed_above", field=models.FloatField(null=True)
        ),
        migrations.AddField(
            model_name="likeness", name="reviewed_above", field=models.FloatField(null=True)
        ),
        migrations.CreateModel(
            name="Weighed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=crossforce.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("match", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("acted_at", models.DateTimeField()),
                ("acted_by", models.CharField(max_length=100)),
                ("weight", models.FloatField(null=True)),
                (
                    "lean",
                    models.CharField(
                        blank=True,
                        choices=[("propose", "propose"), ("review", "review")],
                        max_length=10,
                    ),
                ),
                ("model", models.CharField(blank=True, max_length=40)),
                ("proposed_above", models.FloatField(null=True)),
                ("reviewed_above", models.FloatField(null=True)),
                ("evidence", models.JSONField(default=list)),
            ],
            options={
                "verbose_name_plural": "weighed",
                "constraints": [
                    models.UniqueConstraint(fields=("match", "version"), name="weighed_once")
                ],
            },
        ),
        migrations.RunSQL(STILL_THERE, migrations.RunSQL.noop),
    ]
