"""The walls of what the directory gained, the commands that work on it, and the one function by which the public reads it."""

from django.db import migrations

ACCOUNT = "(SELECT field_subject()) IS NOT NULL"
COMMAND = (
    "(SELECT current_setting('egide.subject_kind', true)) = 'job' AND (SELECT current_setting('egide.subject', true))"
    " IN ('import_directory', 'export_directory', 'nearest_services')"
)
NEW = ("field_directory_stop", "field_directory_import", "field_directory_keptrow", "field_directory_merge")
ALL = ("field_directory_service", "field_directory_opening", *NEW)

# No column that names an account, no place that is confidential, nothing that only a professional may call. What an import
# told and the house has no column for stays inside too.
PUBLIC = """
CREATE FUNCTION public_services(wanted uuid) RETURNS TABLE (service jsonb, organisation text, openings jsonb, stops jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(s) - '{verified_by,imported,kept_by_hand,merged_into_id,source,source_id,capacity,capacity_at}'::text[], o.name,
    coalesce((SELECT jsonb_agg(to_jsonb(h) ORDER BY h.rank) FROM field_directory_opening h WHERE h.service_id = s.id), '[]'),
    coalesce((SELECT jsonb_agg(to_jsonb(t)) FROM field_directory_stop t WHERE t.service_id = s.id), '[]')
  FROM field_directory_service s JOIN foundation_organisations_organisation o ON o.id = s.organisation_id
  WHERE (wanted IS NULL OR s.id = wanted) AND NOT s.confidential_address AND NOT 'by-professional' = ANY (s.access_modes)
    AND (s.retired_on IS NULL OR s.retired_on > (now() AT TIME ZONE 'Europe/Paris')::date)
$$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION public_services(uuid) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION public_services(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_services(uuid) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY accounts ON {table} TO egide_field USING ({ACCOUNT}) WITH CHECK ({ACCOUNT});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


COMMANDS = "".join(
    f"CREATE POLICY commands ON {table} TO egide_field USING ({COMMAND}) WITH CHECK ({COMMAND});" for table in ALL
)


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0009_danger"), ("field_directory", "0002_rules_rounds_imports")]
    operations = [migrations.RunSQL("".join(map(_wall, NEW)) + COMMANDS + PUBLIC, migrations.RunSQL.noop)]
