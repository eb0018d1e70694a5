from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0005_bids_of_unknown_sum"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sheetimport",
            name="state",
            field=models.CharField(
                choices=[("refused", "Refused"), ("in-part", "In part"), ("done", "Done")],
                max_length=30,
                verbose_name="State",
            ),
        ),
        migrations.AlterField(
            model_name="sheetimportevent",
            name="state",
            field=models.CharField(
                choices=[("refused", "Refused"), ("in-part", "In part"), ("done", "Done")],
                max_length=30,
                verbose_name="State",
            ),
        ),
    ]
