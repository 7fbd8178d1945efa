"""The walls of complaints: by file, like every row of the work; her page and a station's counts by two functions.

Her page is read by one function that takes an address and a code and gives steps: no name, no file, no station. A station's
counts are given by month, those from one to four hidden here, to whoever runs that station.
"""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("complaint", "attempt", "escalation", "statusupdate", "moment", "statuslink")
FUNCTIONS = """
CREATE FUNCTION open_status_link(token text, code text) RETURNS TABLE (case_id uuid, state text, steps text[], days date[])
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH tried AS (
    UPDATE field_complaints_statuslink l SET
      attempts = CASE WHEN l.code_hash = code THEN 0 ELSE l.attempts + 1 END,
      closed_at = CASE WHEN l.code_hash <> code AND l.attempts >= 9 THEN now() END
    WHERE l.token_hash = token AND l.closed_at IS NULL AND l.expires_at > now()
    RETURNING l.complaint_id, l.code_hash = code AS opened
  )
  SELECT c.case_id, c.state::text,
    array(SELECT u.step::text FROM field_complaints_statusupdate u WHERE u.complaint_id = c.id ORDER BY u.known_on, u.noted_at),
    array(SELECT u.known_on FROM field_complaints_statusupdate u WHERE u.complaint_id = c.id ORDER BY u.known_on, u.noted_at)
  FROM tried JOIN field_complaints_complaint c ON c.id = tried.complaint_id WHERE tried.opened
$$;
CREATE FUNCTION station_complaints(today date) RETURNS TABLE (month date, taken bigint, statements bigint, refusals bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH mine AS (
    SELECT DISTINCT p.organisation_id FROM foundation_organisations_mandate m
    JOIN foundation_organisations_position p ON p.id = m.position_id
    WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
      AND (m.revoked_at IS NULL OR m.revoked_at > now()) AND 'STATION_HEAD' = ANY (p.roles)
  ), counted AS (
    SELECT date_trunc('month', a.tried_on)::date AS month,
      count(*) FILTER (WHERE a.outcome = 'TAKEN') AS taken,
      count(*) FILTER (WHERE a.outcome = 'STATEMENT') AS statements,
      count(*) FILTER (WHERE a.outcome = 'REFUSED') AS refusals
    FROM field_complaints_attempt a JOIN mine ON mine.organisation_id = a.station_id
    WHERE a.tried_on < date_trunc('month', today) AND a.tried_on >= date_trunc('month', today) - interval '12 months'
    GROUP BY 1
  )
  SELECT c.month, CASE WHEN c.taken NOT BETWEEN 1 AND 4 THEN c.taken END,
    CASE WHEN c.statements NOT BETWEEN 1 AND 4 THEN c.statements END,
    CASE WHEN c.refusals NOT BETWEEN 1 AND 4 THEN c.refusals END
  FROM counted c ORDER BY c.month DESC
$$;
"""
DEFINERS = ("open_status_link(text, text)", "station_complaints(date)")
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


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE field_complaints_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_complaints_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON field_complaints_{table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON field_complaints_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0018_across"),
        ("field_complaints", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + "".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
