from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('nominals', '0005_matches'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='likeness',
            index=models.Index(fields=['one_scope', 'other_scope', '-weight', 'id'], name='likeness_of_scopes'),
        ),
    ]
