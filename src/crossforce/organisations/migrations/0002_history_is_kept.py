import crossforce.kernel.ids
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from crossforce.kernel.migrations_sql import revoke


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_directory_of_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=80, serialize=False)),
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
                ('administered_at', models.DateTimeField(blank=True, null=True)),
                ('administered_by', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=crossforce.kernel.ids.new_id, editable=False, serialize=False)),
                ('code', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=200)),
                ('name_cy', models.CharField(blank=True, max_length=200)),
                ('agreement_reference', models.CharField(blank=True, max_length=100)),
                ('since', models.DateField()),
                ('since_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('until', models.DateField(blank=True, null=True)),
                ('until_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                ('updated_at', models.DateTimeField()),
                ('updated_by', models.CharField(max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='organisation_is_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='47af735ccc168256c03cca4c4bab4b6c64da03d8', operation='DELETE', pgid='pgtrigger_organisation_is_never_deleted_61def', table='organisations_organisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisations_organisationevent" ("administered_at", "administered_by", "code", "collective", "confidence", "force", "host", "kind", "legal_person", "name_cy", "name_en", "note", "ons_code", "pgh_created_at", "pgh_label", "pgh_obj_id", "policing_body_kind", "sector", "short_name_cy", "short_name_en", "since", "since_precision", "source", "until", "until_precision", "version") VALUES (NEW."administered_at", NEW."administered_by", NEW."code", NEW."collective", NEW."confidence", NEW."force", NEW."host", NEW."kind", NEW."legal_person", NEW."name_cy", NEW."name_en", NEW."note", NEW."ons_code", NOW(), \'insert\', NEW."code", NEW."policing_body_kind", NEW."sector", NEW."short_name_cy", NEW."short_name_en", NEW."since", NEW."since_precision", NEW."source", NEW."until", NEW."until_precision", NEW."version"); RETURN NULL;', hash='3950ec1e01f0adc9992ba228cdf8945b71dc8020', operation='INSERT', pgid='pgtrigger_insert_insert_040c9', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organisations_organisationevent" ("administered_at", "administered_by", "code", "collective", "confidence", "force", "host", "kind", "legal_person", "name_cy", "name_en", "note", "ons_code", "pgh_created_at", "pgh_label", "pgh_obj_id", "policing_body_kind", "sector", "short_name_cy", "short_name_en", "since", "since_precision", "source", "until", "until_precision", "version") VALUES (NEW."administered_at", NEW."administered_by", NEW."code", NEW."collective", NEW."confidence", NEW."force", NEW."host", NEW."kind", NEW."legal_person", NEW."name_cy", NEW."name_en", NEW."note", NEW."ons_code", NOW(), \'update\', NEW."code", NEW."policing_body_kind", NEW."sector", NEW."short_name_cy", NEW."short_name_en", NEW."since", NEW."since_precision", NEW."source", NEW."until", NEW."until_precision", NEW."version"); RETURN NULL;', hash='f16456c4cc91f890f0debd534fc02f5040ca90af', operation='UPDATE', pgid='pgtrigger_update_update_0b99b', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='unit_is_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ce6e8c4f8efdf846ef4e66389b1a90554130bac2', operation='DELETE', pgid='pgtrigger_unit_is_never_deleted_bb8ab', table='organisations_unit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisations_unitevent" ("agreement_reference", "code", "id", "name_cy", "name_en", "organisation", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "since_precision", "until", "until_precision", "updated_at", "updated_by", "version") VALUES (NEW."agreement_reference", NEW."code", NEW."id", NEW."name_cy", NEW."name_en", NEW."organisation", NEW."parent_id", NOW(), \'insert\', NEW."id", NEW."since", NEW."since_precision", NEW."until", NEW."until_precision", NEW."updated_at", NEW."updated_by", NEW."version"); RETURN NULL;', hash='54fff5fb7b44533bf0796eca5f5beffcfd81473f', operation='INSERT', pgid='pgtrigger_insert_insert_dce7b', table='organisations_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organisations_unitevent" ("agreement_reference", "code", "id", "name_cy", "name_en", "organisation", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "since_precision", "until", "until_precision", "updated_at", "updated_by", "version") VALUES (NEW."agreement_reference", NEW."code", NEW."id", NEW."name_cy", NEW."name_en", NEW."organisation", NEW."parent_id", NOW(), \'update\', NEW."id", NEW."since", NEW."since_precision", NEW."until", NEW."until_precision", NEW."updated_at", NEW."updated_by", NEW."version"); RETURN NULL;', hash='444cda18c54d45738e4c52a485fda1b097443f9c', operation='UPDATE', pgid='pgtrigger_update_update_a7406', table='organisations_unit', when='AFTER')),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='force',
            field=models.ForeignKey(blank=True, db_column='force', db_constraint=False, help_text='The force that a chief officer or policing body belongs to.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='host',
            field=models.ForeignKey(blank=True, db_column='host', db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='organisation',
            field=models.ForeignKey(blank=True, db_column='organisation', db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisations.unit'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13eb6e28966182a08694bfb06589ddaadb2672fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c38e9', table='organisations_organisationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6571c1b7f58b0209a4137e95acc1fb8ac747ffdc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a4c0', table='organisations_unitevent', when='BEFORE')),
        ),
        revoke("organisations_organisationevent", "UPDATE, DELETE, TRUNCATE"),
        revoke("organisations_unitevent", "UPDATE, DELETE, TRUNCATE"),
    ]
