import crossforce.kernel.ids
import django.contrib.postgres.constraints
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Driver',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('title_en', models.CharField(max_length=200)),
                ('title_cy', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(max_length=60)),
                ('source', models.CharField(max_length=300)),
                ('licence', models.CharField(max_length=60)),
                ('confidence', models.CharField(max_length=2)),
                ('note', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='DirectoryStamp',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('stamp', models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='directory_stamp_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('force', 'force'), ('chief-officer', 'chief-officer'), ('policing-body', 'policing-body'), ('region', 'region'), ('national-body', 'national-body'), ('partner', 'partner'), ('partnership', 'partnership'), ('joint-committee', 'joint-committee'), ('board', 'board'), ('group', 'group'), ('platform', 'platform')], max_length=20)),
                ('name_en', models.CharField(max_length=200)),
                ('name_cy', models.CharField(blank=True, max_length=200)),
                ('short_name_en', models.CharField(blank=True, max_length=60)),
                ('short_name_cy', models.CharField(blank=True, max_length=60)),
                ('sector', models.CharField(blank=True, max_length=20)),
                ('policing_body_kind', models.CharField(blank=True, choices=[('POLICE_AUTHORITY', 'POLICE_AUTHORITY'), ('PCC', 'PCC'), ('PFCC', 'PFCC'), ('MAYOR', 'MAYOR'), ('MOPAC', 'MOPAC'), ('COMMON_COUNCIL', 'COMMON_COUNCIL'), ('POLICING_AND_CRIME_BOARD', 'POLICING_AND_CRIME_BOARD'), ('OTHER', 'OTHER')], max_length=30)),
                ('ons_code', models.CharField(blank=True, max_length=9)),
                ('since', models.DateField(blank=True, null=True)),
                ('since_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('until', models.DateField(blank=True, null=True)),
                ('until_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('collective', models.BooleanField(default=False)),
                ('legal_person', models.BooleanField(default=True)),
                ('source', models.CharField(max_length=300)),
                ('confidence', models.CharField(max_length=2)),
                ('note', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('administered_at', models.DateTimeField(blank=True, null=True)),
                ('administered_by', models.CharField(blank=True, max_length=100)),
                ('force', models.ForeignKey(blank=True, db_column='force', help_text='The force that a chief officer or policing body belongs to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='organisations.organisation')),
                ('host', models.ForeignKey(blank=True, db_column='host', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.CharField(max_length=200)),
                ('name_cy', models.CharField(blank=True, max_length=200)),
                ('until', models.DateField()),
                ('until_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('policing_body_kind', models.CharField(blank=True, choices=[('POLICE_AUTHORITY', 'POLICE_AUTHORITY'), ('PCC', 'PCC'), ('PFCC', 'PFCC'), ('MAYOR', 'MAYOR'), ('MOPAC', 'MOPAC'), ('COMMON_COUNCIL', 'COMMON_COUNCIL'), ('POLICING_AND_CRIME_BOARD', 'POLICING_AND_CRIME_BOARD'), ('OTHER', 'OTHER')], max_length=30)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('confidence', models.CharField(max_length=2)),
                ('organisation', models.ForeignKey(db_column='organisation', on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='DriverFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=18)),
                ('driver', models.ForeignKey(db_column='driver', on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='organisations.driver')),
                ('force', models.ForeignKey(db_column='force', on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='RegionMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('since_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('until', models.DateField(blank=True, null=True)),
                ('until_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('confidence', models.CharField(max_length=2)),
                ('force', models.ForeignKey(db_column='force', on_delete=django.db.models.deletion.PROTECT, related_name='region_memberships', to='organisations.organisation')),
                ('region', models.ForeignKey(db_column='region', on_delete=django.db.models.deletion.PROTECT, related_name='region_forces', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('office', models.CharField(max_length=80)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('board', models.ForeignKey(db_column='board', on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='organisations.organisation')),
                ('of', models.ForeignKey(db_column='of', on_delete=django.db.models.deletion.PROTECT, related_name='seats_held', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('renamed', 'renamed'), ('merged', 'merged'), ('abolished', 'abolished'), ('functions-transferred', 'functions-transferred')], max_length=21)),
                ('on', models.DateField()),
                ('on_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('predecessor', models.ForeignKey(db_column='predecessor', on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organisations.organisation')),
                ('successor', models.ForeignKey(db_column='successor', on_delete=django.db.models.deletion.PROTECT, related_name='inheritances', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=crossforce.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=200)),
                ('name_cy', models.CharField(blank=True, max_length=200)),
                ('agreement_reference', models.CharField(blank=True, max_length=100)),
                ('since', models.DateField()),
                ('since_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('until', models.DateField(blank=True, null=True)),
                ('until_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('updated_at', models.DateTimeField()),
                ('updated_by', models.CharField(max_length=100)),
                ('organisation', models.ForeignKey(blank=True, db_column='organisation', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisations.organisation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['kind', 'code'], name='organisation_kind_code'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='organisation_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('since_precision__in', ['day', 'month', 'year']), ('until_precision__in', ['day', 'month', 'year'])), name='organisation_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='organisation_code_is_kebab_case'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('force__isnull', False), ('kind__in', ['chief-officer', 'policing-body'])), models.Q(models.Q(('kind__in', ['chief-officer', 'policing-body']), _negated=True), ('force__isnull', True)), _connector='OR'), name='organisation_office_has_its_force'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'policing-body'), ('policing_body_kind', ''), _connector='XOR'), name='organisation_policing_body_has_kind'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('collective', False), ('legal_person', False), _connector='OR'), name='organisation_collective_is_no_person'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('administered_at__isnull', True), models.Q(('administered_by', ''), _negated=True), _connector='XOR'), name='organisation_administered_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('force__isnull', False)), deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[('force', '='), ('kind', '='), (models.Func(models.F('since'), models.F('until'), models.Value('[)'), function='daterange'), '&&')], name='organisation_one_office_of_a_force_per_day'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.UniqueConstraint(fields=('organisation', 'until'), name='former_name_one_per_day'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.CheckConstraint(condition=models.Q(('until_precision__in', ['day', 'month', 'year'])), name='former_name_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='driverfigure',
            constraint=models.UniqueConstraint(fields=('driver', 'force', 'on'), name='driver_figure_one_per_day'),
        ),
        migrations.AddConstraint(
            model_name='driverfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='driver_figure_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='regionmembership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='region_membership_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='regionmembership',
            constraint=models.CheckConstraint(condition=models.Q(('since_precision__in', ['day', 'month', 'year']), ('until_precision__in', ['day', 'month', 'year'])), name='region_membership_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='regionmembership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[('force', '='), (models.Func(models.F('since'), models.F('until'), models.Value('[)'), function='daterange'), '&&')], name='region_membership_one_region_per_day'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('board', 'group', 'position'), name='seat_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('board', 'office', 'of'), name='seat_said_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_said_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_never_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('on_precision__in', ['day', 'month', 'year'])), name='succession_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='unit_period_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('since_precision__in', ['day', 'month', 'year']), ('until_precision__in', ['day', 'month', 'year'])), name='unit_precision_known'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('agreement_reference', ''), _connector='XOR'), name='unit_own_or_joint'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')), name='unit_code_is_kebab_case'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('updated_by', ''), _negated=True), name='unit_updated_at_and_by'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('organisation', 'code'), name='unit_code_once_in_organisation'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('code',), name='joint_unit_code_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_tree', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.parent_id IS NOT NULL THEN\n    IF EXISTS (\n        WITH RECURSIVE above AS (\n            SELECT id, parent_id FROM organisations_unit WHERE id = NEW.parent_id\n            UNION\n            SELECT unit.id, unit.parent_id\n            FROM organisations_unit unit JOIN above ON unit.id = above.parent_id\n        )\n        SELECT 1 FROM above WHERE id = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'a unit cannot stand below itself' USING ERRCODE = 'check_violation';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM organisations_unit unit WHERE unit.id = NEW.parent_id\n        AND unit.organisation IS NOT DISTINCT FROM NEW.organisation\n        AND unit.agreement_reference = NEW.agreement_reference\n    ) THEN\n        RAISE EXCEPTION 'a unit and the unit above it have one owner'\n            USING ERRCODE = 'check_violation';\n    END IF;\nEND IF;\nRETURN NEW;\n", hash='6f2b1b4d8501d8d16c84de3617f2992b8eff53c0', operation='INSERT OR UPDATE', pgid='pgtrigger_unit_tree_e5a5e', table='organisations_unit', when='BEFORE')),
        ),
    ]
