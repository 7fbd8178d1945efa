"""The walls of sheets of facts: whoever wrote one, and the service it was sent to. The arrays of roles are those of R03."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION my_sources(wanted text) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'Europe/Paris' AS $$
  SELECT coalesce(array_agg(DISTINCT s.id), '{}') FROM field_sources_sourcesheet s
  JOIN foundation_organisations_position p ON p.organisation_id = CASE wanted WHEN 'received' THEN s.recipient_id ELSE s.organisation_id END
  JOIN foundation_organisations_mandate m ON m.position_id = p.id
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now())
    AND CASE wanted
      WHEN 'received' THEN p.roles::text[] && '{ASSOCIATION_WORKER,ISCG}'
      WHEN 'written' THEN p.roles::text[] && '{PROGRAMME_WORKER}' AND s.written_by = field_subject()
      ELSE false END
$$;
CREATE FUNCTION erase_sources(latest date) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('egide.subject_kind', true) IS DISTINCT FROM 'job' THEN
    RAISE insufficient_privilege USING MESSAGE = 'A sheet is erased by a named job, never by an account.';
  END IF;
  RETURN QUERY DELETE FROM field_sources_sourcesheet s WHERE s.facts_on <= latest RETURNING s.id;
END $$;
"""
DEFINERS = ("my_sources(text)", "erase_sources(date)")
OWNERS = (
    "GRANT CREATE ON SCHEMA public TO egide_keeper;"
    + "".join(f"ALTER FUNCTION {function} OWNER TO egide_keeper;" for function in DEFINERS)
    + "REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO egide_owner WITH GRANT OPTION;"
        for function in DEFINERS
    )
    + "RESET ROLE;"
)
ACCOUNT = "(SELECT field_subject()) IS NOT NULL"
NEW = f"{ACCOUNT} AND written_by = (SELECT field_subject()) AND organisation_id = ANY ((SELECT my_organisations())::uuid[])"
RECEIVED = f"{ACCOUNT} AND id = ANY ((SELECT my_sources('received'))::uuid[])"
READS = f"{ACCOUNT} AND (id = ANY ((SELECT my_sources('written'))::uuid[]) OR id = ANY ((SELECT my_sources('received'))::uuid[]))"
POLICIES = f"""
ALTER TABLE field_sources_sourcesheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_sources_sourcesheet FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON field_sources_sourcesheet FOR SELECT TO egide_field USING ({READS});
CREATE POLICY adds ON field_sources_sourcesheet FOR INSERT TO egide_field WITH CHECK ({NEW});
CREATE POLICY receives ON field_sources_sourcesheet FOR UPDATE TO egide_field USING ({RECEIVED}) WITH CHECK ({RECEIVED});
CREATE POLICY keeper ON field_sources_sourcesheet TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0029_attestations"),
        ("field_sources", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + POLICIES, migrations.RunSQL.noop)]
