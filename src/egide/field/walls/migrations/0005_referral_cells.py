"""The referrals that may leave the field as counts, by the body that refers: police, municipal police, others (Z01, Z16).

The unit tells the three apart, so that nobody can add them: indicators v to vii count the national police and the
gendarmerie only. A number handed over is no referral. A referral counts in the period in which it was offered, under the
furthest step known today: offered, accepted by the person, contact made with the service. A station is named only where
it is itself the author; what a social worker wrote down on its behalf is counted without it.
"""

from django.db import migrations

CELLS = """
CREATE FUNCTION referral_cells(first_day date, last_day date) RETURNS TABLE (
  measure text, unit text, territory text, period text, author text, station text, audience text, outcome text,
  fictional boolean, value bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF current_setting('egide.subject_kind', true) IS DISTINCT FROM 'job' THEN
    RAISE insufficient_privilege USING MESSAGE = 'The cells of the field are given to a named job, never to an account.';
  END IF;
  RETURN QUERY
  WITH spans AS MATERIALIZED (SELECT * FROM whole_spans(first_day, last_day)),
  sent AS (
    SELECT CASE WHEN r.author_body IN ('national-police', 'gendarmerie') THEN 'police'
        WHEN r.author_body = 'municipal-police' THEN 'municipal' ELSE 'service' END AS side,
      departement_of(c.commune) AS territory, s.period, s.yearly, r.author_body::text AS author,
      CASE WHEN a.kind = r.author_body THEN a.code::text ELSE 'unstated' END AS station, r.audience::text,
      CASE WHEN r.contact_made_at IS NOT NULL OR r.outcome = 'served' THEN 'contact-made'
        WHEN r.agreed = 'YES' THEN 'accepted' ELSE 'offered' END AS outcome,
      o.fictional
    FROM field_referrals_referral r
    JOIN field_casefiles_casefile c ON c.id = r.case_id
    JOIN foundation_organisations_organisation o ON o.id = c.organisation_id
    JOIN foundation_organisations_organisation a ON a.id = r.author_id
    JOIN spans s ON r.offered_on >= s.opens AND r.offered_on < s.closes
    WHERE r.mode = 'ACCOMPANIED'
  )
  SELECT s.side || '-referrals', s.side || '-referral', s.territory, s.period, s.author,
    CASE WHEN s.yearly AND s.side <> 'service' THEN s.station END, CASE WHEN s.yearly THEN s.audience END,
    CASE WHEN s.yearly THEN s.outcome END, s.fictional, count(*)
  FROM sent s GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
END $$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION referral_cells(date, date) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper;
SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION referral_cells(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referral_cells(date, date) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0004_referrals"), ("foundation_organisations", "0001_initial")]
    operations = [migrations.RunSQL(CELLS, migrations.RunSQL.noop)]
