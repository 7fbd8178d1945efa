"""The walls of protection measures: by case, as every row of the work; and the one question that passes through them.

`ask_protection` answers a police, gendarmerie or municipal police account about one identity, on the database's own day: the
acts forbidden, and nothing else. It writes each question down, for the team of every file it touched; counts them, because a
register that answers without end can be browsed; stays shut without a legal act; and tells who is excluded from one of the
files exactly what it tells when nothing is known (X08), whichever file notes the measure.
"""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("measure", "breach", "consultation")

ASK = """
CREATE FUNCTION ask_protection(identity text, motive text) RETURNS TABLE (told text, forbidden text[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  me uuid := field_subject();
  today date := (now() AT TIME ZONE 'Europe/Paris')::date;
  asked uuid := gen_random_uuid();
  why text := motive;
  whom text := identity;
  answer text;
  acts text[];
BEGIN
  IF NOT EXISTS (SELECT FROM foundation_organisations_mandate m JOIN foundation_organisations_position p ON p.id = m.position_id
      WHERE m.account_id = me AND p.roles && ARRAY['INVESTIGATOR', 'MUNICIPAL_OFFICER']::varchar[]
        AND m.valid_from <= today AND m.valid_to > today AND (m.revoked_at IS NULL OR m.revoked_at > now())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'The register answers the police, the gendarmerie and the municipal police only.';
  END IF;
  IF NOT EXISTS (SELECT FROM foundation_legal_processingrecord WHERE module = 'protection' AND activated_at IS NOT NULL) THEN
    RAISE insufficient_privilege USING MESSAGE = 'The register of measures has no legal act: it answers nobody.';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ask_protection'), hashtext(me::text));
  IF (SELECT count(DISTINCT question) FROM field_protection_consultation
      WHERE asked_by = me AND asked_at > now() - interval '1 hour') >= 10 THEN
    INSERT INTO field_protection_consultation (id, case_id, question, asked_by, asked_at, motive, told)
      VALUES (gen_random_uuid(), NULL, asked, me, now(), why, 'LIMITED');
    RETURN QUERY SELECT 'LIMITED'::text, '{}'::text[];
    RETURN;
  END IF;
  WITH found AS MATERIALIZED (
    SELECT m.case_id, m.forbidden::text[] AS acts, m.case_id = ANY ((SELECT field_excluded())::uuid[]) AS excluded
    FROM field_protection_measure m
    WHERE whom <> '' AND (m.protected_identity = whom OR m.defendant_identity = whom)
      AND m.proof <> 'TOLD' AND m.from_day <= today AND (m.last_day IS NULL OR m.last_day >= today)
      AND (m.lifted_on IS NULL OR m.lifted_on > today)
  ), verdict AS (
    SELECT CASE WHEN bool_or(excluded) THEN 'EXCLUDED' WHEN count(*) > 0 THEN 'IN_FORCE' ELSE 'NOTHING' END AS told FROM found
  ), noted AS (
    INSERT INTO field_protection_consultation (id, case_id, question, asked_by, asked_at, motive, told)
    SELECT gen_random_uuid(), touched.case_id, asked, me, now(), why, verdict.told
    FROM verdict LEFT JOIN (SELECT DISTINCT case_id FROM found) touched ON true
  )
  SELECT verdict.told,
    CASE WHEN verdict.told = 'IN_FORCE'
      THEN (SELECT array_agg(DISTINCT act) FROM found, unnest(found.acts) AS act) ELSE '{}' END
  INTO answer, acts FROM verdict;
  RETURN QUERY SELECT CASE WHEN answer = 'EXCLUDED' THEN 'NOTHING' ELSE answer END, acts;
END $$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION ask_protection(text, text) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper;
SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION ask_protection(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_protection(text, text) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE field_protection_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_protection_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON field_protection_{table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON field_protection_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0012_positions"),
        ("field_protection", "0001_initial"),
        ("foundation_legal", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(ASK + "".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
