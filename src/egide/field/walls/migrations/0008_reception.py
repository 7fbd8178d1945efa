"""The walls of the reception: by station, for those who hold a part in it; the screen and the midnight purge by two functions.

Tickets are read by those who receive, counts also by who runs the station. The arrays of roles are those of
catalogue/access/matrix.csv (R33); a test compares them role by role.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION my_stations(wanted text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT s.id), '{}') FROM field_reception_station s
  JOIN foundation_organisations_position p ON p.organisation_id = s.organisation_id
  JOIN foundation_organisations_mandate m ON m.position_id = p.id
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now()) AND p.roles::text[] && wanted
$$;
CREATE FUNCTION purge_tickets(today date) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM field_reception_ticket t WHERE t.day < today
      AND (current_setting('egide.subject_kind', true) = 'job'
        OR t.station_id = ANY ((SELECT my_stations('{RECEPTION_OFFICER,ISCG,INVESTIGATOR}'))::uuid[]))
    RETURNING t.station_id, t.day, t.seen_at, t.state
  ), unseen AS (
    UPDATE field_reception_tally y SET left_unseen = y.left_unseen + n.people FROM (
      SELECT station_id, day, count(*) AS people FROM gone WHERE seen_at IS NULL AND state <> 'LEFT' GROUP BY station_id, day
    ) n WHERE y.station_id = n.station_id AND y.day = n.day
  )
  SELECT count(*) FROM gone
$$;
CREATE FUNCTION screen_numbers(token text, today date) RETURNS TABLE (number smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.number FROM field_reception_ticket t JOIN field_reception_station s ON s.id = t.station_id
  WHERE s.screen_hash = token AND t.day = today AND t.state = 'CALLED' ORDER BY t.called_at DESC LIMIT 6
$$;
"""
DEFINERS = ("my_stations(text[])", "purge_tickets(date)", "screen_numbers(text, date)")
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
RECEIVE, ALL = "{RECEPTION_OFFICER,ISCG,INVESTIGATOR}", "{RECEPTION_OFFICER,ISCG,INVESTIGATOR,STATION_HEAD}"


def _wall(table: str, condition: str) -> str:
    condition = f"{ACCOUNT} AND {condition}"
    return f"""
    ALTER TABLE field_reception_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_reception_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY staff ON field_reception_{table} TO egide_field USING ({condition}) WITH CHECK ({condition});
    CREATE POLICY keeper ON field_reception_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


def _of(roles: str) -> str:
    return f"station_id = ANY ((SELECT my_stations('{roles}'))::uuid[])"


POLICIES = (
    _wall("station", "organisation_id = ANY ((SELECT my_organisations())::uuid[])")
    + _wall("ticket", _of(RECEIVE))
    + "".join(_wall(table, _of(ALL)) for table in ("dot", "room", "tally", "dotday", "delay"))
)


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0007_reminders"),
        ("field_reception", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + POLICIES, migrations.RunSQL.noop)]
