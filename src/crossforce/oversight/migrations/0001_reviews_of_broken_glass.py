"""What the holder found of broken glasses: only ever added to."""

from django.db import migrations, models

from crossforce.kernel.migrations_sql import append_only, revoke


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='GlassReview',
            fields=[
                ('share', models.UUIDField(primary_key=True, serialize=False)),
                ('holder', models.CharField(max_length=80)),
                ('is_justified', models.BooleanField()),
                ('words', models.TextField()),
                ('reviewed_at', models.DateTimeField()),
                ('reviewed_by', models.CharField(max_length=100)),
            ],
            options={
                'indexes': [models.Index(fields=['holder'], name='glassreview_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reviewed_by', ''), _negated=True), models.Q(('words', ''), _negated=True)), name='glassreview_by_somebody')],
            },
        ),
        append_only("oversight_glassreview"),
        revoke("oversight_glassreview", "UPDATE, DELETE, TRUNCATE"),
    ]
