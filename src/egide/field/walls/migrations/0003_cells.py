"""The counts that may leave the field, tabulated inside it: cells, never a row, an identifier or a pseudonym (Z01).

`field_cells` belongs to the keeper because it counts files that its caller may not see; it answers a job only, so that no
account can subtract two answers and learn of one file. A year is crossed finely, a month coarsely: what is not needed to
publish does not leave. The territory is that of the commune where the person concerned lives, "unstated" where none is.

Days are those of Paris, as everywhere in the house; the database itself runs in universal time.
"""

from django.db import migrations

DEPARTEMENT = """
CREATE FUNCTION departement_of(commune text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN commune ~ '^(97[1-8]|98[4-9]|990)[0-9]{2}$' THEN left(commune, 3)
    WHEN commune ~ '^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])[0-9]{3}$' THEN left(commune, 2)
    ELSE 'unstated' END
$$;
"""

SPANS = """
CREATE FUNCTION whole_spans(first_day date, last_day date) RETURNS TABLE (period text, opens date, closes date, yearly boolean)
LANGUAGE sql IMMUTABLE AS $$
  SELECT to_char(s, 'YYYY'), s::date, (s + interval '1 year')::date, true
  FROM generate_series(date_trunc('year', first_day::timestamp), last_day::timestamp, interval '1 year') s
  WHERE s >= first_day AND s + interval '1 year' <= last_day + 1
  UNION ALL
  SELECT to_char(s, 'YYYY-MM'), s::date, (s + interval '1 month')::date, false
  FROM generate_series(date_trunc('month', first_day::timestamp), last_day::timestamp, interval '1 month') s
  WHERE s >= first_day AND s + interval '1 month' <= last_day + 1
$$;
"""

CELLS = """
CREATE FUNCTION field_cells(first_day date, last_day date) RETURNS TABLE (
  measure text, unit text, territory text, period text, category text, sex text, age text, origin text, reason text,
  action text, fictional boolean, value bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF current_setting('egide.subject_kind', true) IS DISTINCT FROM 'job' THEN
    RAISE insufficient_privilege USING MESSAGE = 'The cells of the field are given to a named job, never to an account.';
  END IF;
  RETURN QUERY
  WITH spans AS MATERIALIZED (SELECT * FROM whole_spans(first_day, last_day)),
  files AS MATERIALIZED (
    SELECT c.id, departement_of(c.commune) AS territory, o.fictional, c.category::text, c.origin::text, c.reasons,
      c.organisation_id, c.opened_on, c.opened_by
    FROM field_casefiles_casefile c JOIN foundation_organisations_organisation o ON o.id = c.organisation_id
  ),
  opened AS (
    SELECT f.*, s.period, s.yearly, coalesce(p.sex, 'U')::text AS sex, coalesce(p.age_band, 'U')::text AS age
    FROM files f JOIN spans s ON f.opened_on >= s.opens AND f.opened_on < s.closes
    LEFT JOIN LATERAL (
      SELECT sex, age_band FROM field_casefiles_role r JOIN field_persons_person p ON p.id = r.person_id
      WHERE r.case_id = f.id AND r.concerned ORDER BY r.id LIMIT 1
    ) p ON true
  ),
  met AS MATERIALIZED (
    SELECT f.id, f.territory, f.fictional, f.organisation_id, i.person_id, i.held_by, p.sex::text, p.age_band::text AS age,
      (i.held_at AT TIME ZONE 'Europe/Paris')::date AS day
    FROM field_casefiles_interview i JOIN files f ON f.id = i.case_id JOIN field_persons_person p ON p.id = i.person_id
    WHERE i.held_at >= first_day::timestamp AT TIME ZONE 'Europe/Paris'
      AND i.held_at < (last_day + 1)::timestamp AT TIME ZONE 'Europe/Paris'
  ),
  heard AS (
    SELECT met.*, s.period, s.yearly FROM met JOIN spans s ON day >= s.opens AND day < s.closes
  ),
  deeds AS MATERIALIZED (
    SELECT f.territory, f.fictional, f.organisation_id, a.kind::text, a.done_by, (a.done_at AT TIME ZONE 'Europe/Paris')::date AS day
    FROM field_casefiles_action a JOIN files f ON f.id = a.case_id
    WHERE a.done_at >= first_day::timestamp AT TIME ZONE 'Europe/Paris'
      AND a.done_at < (last_day + 1)::timestamp AT TIME ZONE 'Europe/Paris'
  ),
  done AS (
    SELECT deeds.*, s.period FROM deeds JOIN spans s ON day >= s.opens AND day < s.closes
  ),
  works AS (
    SELECT organisation_id, territory, fictional, done_by AS account, day FROM deeds
    UNION ALL SELECT organisation_id, territory, fictional, held_by, day FROM met
    UNION ALL SELECT organisation_id, territory, fictional, opened_by, opened_on FROM files
  ),
  seats AS (  -- a post stands where most of its work is; on a tie, in the first territory
    SELECT DISTINCT ON (s.period, p.id) s.period, w.territory, w.fictional
    FROM works w JOIN spans s ON w.day >= s.opens AND w.day < s.closes AND s.yearly
    JOIN foundation_organisations_mandate m ON m.account_id = w.account AND w.day >= m.valid_from AND w.day < m.valid_to
      AND (m.revoked_at IS NULL OR w.day <= (m.revoked_at AT TIME ZONE 'Europe/Paris')::date)
    JOIN foundation_organisations_position p ON p.id = m.position_id AND p.organisation_id = w.organisation_id
    GROUP BY s.period, p.id, w.territory, w.fictional
    ORDER BY s.period, p.id, count(*) DESC, w.territory
  )
  SELECT 'new-cases', 'case-file', o.territory, o.period, o.category, CASE WHEN o.yearly THEN o.sex END,
    CASE WHEN o.yearly THEN o.age END, NULL::text, NULL::text, NULL::text, o.fictional, count(*)
    FROM opened o GROUP BY 3, 4, 5, 6, 7, 11
  UNION ALL
  SELECT 'case-origins', 'case-file', o.territory, o.period, NULL, NULL, NULL, o.origin, NULL, NULL, o.fictional, count(*)
    FROM opened o GROUP BY 3, 4, 8, 11
  UNION ALL
  SELECT 'case-reasons', 'case-reason', o.territory, o.period, NULL, NULL, NULL, NULL, named::text, NULL, o.fictional, count(*)
    FROM opened o, LATERAL (SELECT DISTINCT unnest(o.reasons) AS named) r GROUP BY 3, 4, 9, 11
  UNION ALL
  SELECT 'interviews', 'interview', h.territory, h.period, NULL, CASE WHEN h.yearly THEN h.sex END,
    CASE WHEN h.yearly THEN h.age END, NULL, NULL, NULL, h.fictional, count(*)
    FROM heard h GROUP BY 3, 4, 6, 7, 11
  UNION ALL
  SELECT 'persons-received', 'person', h.territory, h.period, NULL, CASE WHEN h.yearly THEN h.sex END,
    CASE WHEN h.yearly THEN h.age END, NULL, NULL, NULL, h.fictional, count(DISTINCT h.person_id)
    FROM heard h GROUP BY 3, 4, 6, 7, 11
  UNION ALL
  SELECT 'actions', 'action', d.territory, d.period, NULL, NULL, NULL, NULL, NULL, d.kind, d.fictional, count(*)
    FROM done d GROUP BY 3, 4, 10, 11
  UNION ALL
  SELECT 'posts', 'post', s.territory, s.period, NULL, NULL, NULL, NULL, NULL, NULL, s.fictional, count(*)
    FROM seats s GROUP BY 3, 4, 11;
END $$;
"""

# Rights on a function are given by its owner: a REVOKE by anyone else does nothing and says nothing. The keeper therefore shuts
# it to everyone and lets the owner of the house, who lays the grants after each migration, open it to the field.
OWNERS = """
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION field_cells(date, date) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper;
REVOKE EXECUTE ON FUNCTION departement_of(text), whole_spans(date, date) FROM PUBLIC;
SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION field_cells(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION field_cells(date, date) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0002_work"), ("foundation_organisations", "0001_initial")]
    operations = [migrations.RunSQL(DEPARTEMENT + SPANS + CELLS + OWNERS, migrations.RunSQL.noop)]
