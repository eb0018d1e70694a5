"""Session, account and posting in one look-up, whose plan PostgreSQL keeps: every page begins with it."""

from django.db import migrations

from crossforce.kernel.migrations_sql import execute_rights

SIGNATURE = "people_recognised(text, uuid, uuid, timestamptz)"
RECOGNISED = """
CREATE FUNCTION people_recognised(session text, account uuid, posting uuid, at timestamptz)
RETURNS TABLE (
  session_data text, username varchar, password varchar, name varchar, staff uuid, employer varchar,
  organisation varchar, role varchar, organisation_en varchar, organisation_cy varchar,
  unit uuid, unit_code varchar, unit_en varchar, unit_cy varchar
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT s.session_data, a.username, a.password, a.name, a.staff_id, a.organisation,
         p.organisation, p.role, o.name_en, o.name_cy, u.id, u.code, u.name_en, u.name_cy
    FROM public.django_session s
    JOIN public.people_account a ON a.id = $2 AND a.is_active
    LEFT JOIN public.people_posting p
      ON p.id = $3 AND p.staff_id = a.staff_id AND p.state = 'held'
     AND p.starts_at <= $4 AND (p.ends_at IS NULL OR p.ends_at > $4)
    LEFT JOIN public.organisations_organisation o ON o.code = p.organisation
    LEFT JOIN public.organisations_unit u ON u.id = p.unit_id
   WHERE s.session_key = $1 AND s.expire_date > $4;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_account_names_the_employer"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [RECOGNISED, f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC"],
            [f"DROP FUNCTION {SIGNATURE}"],
        ),
        execute_rights(SIGNATURE),
    ]
