"""The counts of one's own year: what this account opened, heard and did, even in files it no longer follows.

Leaving a team must not take work away from a worker's year. Numbers only, of the asking account only: they tell nothing of a
file that its worker did not do there.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION my_year(first_day date, last_day date) RETURNS TABLE (
  measure text, dimension text, code text, fictional boolean, value bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH opened AS (
    SELECT c.id, c.category::text AS category, c.origin::text AS origin, c.reasons, o.fictional
    FROM field_casefiles_casefile c JOIN foundation_organisations_organisation o ON o.id = c.organisation_id
    WHERE c.opened_by = field_subject() AND c.opened_on BETWEEN first_day AND last_day
  ),
  heard AS (
    SELECT i.person_id, p.sex::text AS sex, o.fictional
    FROM field_casefiles_interview i JOIN field_casefiles_casefile c ON c.id = i.case_id
    JOIN foundation_organisations_organisation o ON o.id = c.organisation_id JOIN field_persons_person p ON p.id = i.person_id
    WHERE i.held_by = field_subject() AND (i.held_at AT TIME ZONE 'Europe/Paris')::date BETWEEN first_day AND last_day
  ),
  done AS (
    SELECT a.kind::text AS kind, o.fictional
    FROM field_casefiles_action a JOIN field_casefiles_casefile c ON c.id = a.case_id
    JOIN foundation_organisations_organisation o ON o.id = c.organisation_id
    WHERE a.done_by = field_subject() AND (a.done_at AT TIME ZONE 'Europe/Paris')::date BETWEEN first_day AND last_day
  )
  SELECT 'new-cases', 'category', category, fictional, count(*) FROM opened GROUP BY 3, 4
  UNION ALL SELECT 'case-origins', 'origin', origin, fictional, count(*) FROM opened GROUP BY 3, 4
  UNION ALL SELECT 'case-reasons', 'reason', r.named, fictional, count(*)
    FROM opened, LATERAL (SELECT DISTINCT unnest(reasons)::text AS named) r GROUP BY 3, 4
  UNION ALL SELECT 'interviews', 'sex', sex, fictional, count(*) FROM heard GROUP BY 3, 4
  UNION ALL SELECT 'persons-received', 'sex', sex, fictional, count(DISTINCT person_id) FROM heard GROUP BY 3, 4
  UNION ALL SELECT 'actions', 'action', kind, fictional, count(*) FROM done GROUP BY 3, 4
$$;
"""
KEPT = """
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION my_year(date, date) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION my_year(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_year(date, date) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0022_liaison")]
    operations = [migrations.RunSQL(FUNCTION + KEPT, migrations.RunSQL.noop)]
