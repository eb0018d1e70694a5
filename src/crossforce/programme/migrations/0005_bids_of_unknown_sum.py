from django.db import migrations, models

import crossforce.programme.choices


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0004_whole_trials_and_phases"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="fundingbid",
            name="fundingbid_brings_what_was_won",
        ),
        migrations.AlterField(
            model_name="fundingbid",
            name="asked",
            field=models.BigIntegerField(
                blank=True,
                help_text="Leave empty if it is not known.",
                null=True,
                verbose_name="Asked for in pence",
            ),
        ),
        migrations.AlterField(
            model_name="fundingbidevent",
            name="asked",
            field=models.BigIntegerField(
                blank=True,
                help_text="Leave empty if it is not known.",
                null=True,
                verbose_name="Asked for in pence",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingbid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked", None), ("asked__gt", 0), _connector="OR"),
                    models.Q(
                        models.Q(
                            ("awarded__gt", 0),
                            ("outcome", crossforce.programme.choices.BidOutcome["WON"]),
                            models.Q(
                                ("asked", None),
                                ("awarded__lte", models.F("asked")),
                                _connector="OR",
                            ),
                        ),
                        models.Q(
                            models.Q(
                                ("outcome", crossforce.programme.choices.BidOutcome["WON"]),
                                _negated=True,
                            ),
                            ("awarded", 0),
                        ),
                        _connector="OR",
                    ),
                ),
                name="fundingbid_brings_what_was_won",
            ),
        ),
    ]
