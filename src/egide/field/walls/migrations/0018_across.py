"""The wall of exports, by organisation; and what the data protection officer reads of a month, without any name of a person."""

from django.db import migrations

OFFICES = """
CREATE FUNCTION my_offices() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT p.organisation_id), '{}') FROM foundation_organisations_mandate m
  JOIN foundation_organisations_position p ON p.id = m.position_id AND 'DPO' = ANY (p.roles)
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now())
$$;
CREATE FUNCTION officer_shares(opens date, closes date)
RETURNS TABLE (day date, article text, recipient text, sections text[], account text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (g.decided_at AT TIME ZONE 'Europe/Paris')::date, g.article::text, o.name::text, g.sections::text[], g.decided_by::text
  FROM field_consents_ground g JOIN foundation_organisations_organisation o ON o.id = g.recipient_id
  WHERE g.decided_at >= opens::timestamp AT TIME ZONE 'Europe/Paris' AND g.decided_at < closes::timestamp AT TIME ZONE 'Europe/Paris'
    AND EXISTS (SELECT FROM foundation_organisations_mandate m JOIN foundation_organisations_position p ON p.id = m.position_id
      WHERE m.account_id = g.decided_by AND p.organisation_id = ANY ((SELECT my_offices())::uuid[]))
  ORDER BY 1, 2, 5
$$;
CREATE FUNCTION officer_deeds(opens date, closes date) RETURNS TABLE (what text, account text, code text, times bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH staff AS (
    SELECT DISTINCT m.account_id::text AS id FROM foundation_organisations_mandate m
    JOIN foundation_organisations_position p ON p.id = m.position_id WHERE p.organisation_id = ANY ((SELECT my_offices())::uuid[])
  ), deeds AS (
    SELECT e.* FROM foundation_audit_event e JOIN staff s ON s.id = e.actor
    WHERE e.at >= opens::timestamp AT TIME ZONE 'Europe/Paris' AND e.at < closes::timestamp AT TIME ZONE 'Europe/Paris'
  )
  SELECT 'refused', d.actor::text, d.code::text, count(*) FROM deeds d
    WHERE d.code = 'REFUSED' OR d.code LIKE '%\\_ATTEMPTED' GROUP BY 2, 3
  UNION ALL
  SELECT 'consulted', d.actor::text, d.code::text, count(*) FROM deeds d
    WHERE d.subject_kind = 'case' AND d.code IN ('CASE_READ', 'CASE_CONSULTED', 'REFERRAL_READ') AND EXISTS (
      SELECT FROM field_casefiles_role r JOIN field_consents_ground g ON g.person_id = r.person_id
      WHERE r.case_id = d.subject_id::uuid AND r.concerned AND g.decided_at <= d.at AND g.expires_on > d.at::date)
    GROUP BY 2, 3
  ORDER BY 1, 4 DESC, 2
$$;
"""
SIGNATURES = ("my_offices()", "officer_shares(date, date)", "officer_deeds(date, date)")
OWNERS = (
    "GRANT CREATE ON SCHEMA public TO egide_keeper;"
    + "".join(f"ALTER FUNCTION {signature} OWNER TO egide_keeper;" for signature in SIGNATURES)
    + "REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO egide_owner WITH GRANT OPTION;"
        for signature in SIGNATURES
    )
    + "RESET ROLE;"
)
MINE = "organisation_id = ANY ((SELECT my_organisations())::uuid[]) AND (SELECT field_subject()) IS NOT NULL"
WALL = f"""
ALTER TABLE field_exports_export ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_exports_export FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON field_exports_export TO egide_field USING ({MINE}) WITH CHECK ({MINE});
CREATE POLICY keeper ON field_exports_export TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0017_identity"), ("field_exports", "0001_initial")]
    operations = [migrations.RunSQL(OFFICES + OWNERS + WALL, migrations.RunSQL.noop)]
