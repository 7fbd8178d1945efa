"""A file opens to a position, not to a person: the team's wall and the shared sections ask the role of a mandate of today (X16).

Until here a team member whose mandate had ended, or an account of a recipient whose position sees numbers only (a mayor, an
administrator), was stopped by the pages and actions alone. The two lists are those of catalogue/access/matrix.csv; a test of this
room goes red when they part.
"""

from django.db import migrations

FOLLOWING = ("ASSOCIATION_WORKER", "ISCG")  # N on R01
READING = ("ASSOCIATION_WORKER", "COORDINATOR", "INVESTIGATOR", "ISCG", "SHELTER_WORKER")  # N or S on R02


def _array(roles: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(f"'{role}'" for role in roles) + "]"


FUNCTIONS = f"""
CREATE FUNCTION my_seats(wanted text[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT p.organisation_id), '{{}}') FROM foundation_organisations_mandate m
  JOIN foundation_organisations_position p ON p.id = m.position_id
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now()) AND p.roles::text[] && wanted
$$;
CREATE OR REPLACE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(case_id), '{{}}') FROM field_casefiles_teammember
  WHERE account = field_subject() AND since <= now() AND (until IS NULL OR until > now())
    AND cardinality((SELECT my_seats({_array(FOLLOWING)}))) > 0
    AND case_id <> ALL ((SELECT field_excluded())::uuid[])
$$;
CREATE OR REPLACE FUNCTION shared_sections() RETURNS TABLE (case_id uuid, section text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT r.case_id, s.section FROM (
    SELECT person_id, unnest(sections) AS section FROM field_consents_consent
    WHERE recipient_id = ANY ((SELECT my_seats({_array(READING)}))::uuid[]) AND withdrawn_at IS NULL
      AND given_on <= current_date AND expires_on > current_date
    UNION
    SELECT person_id, unnest(sections) FROM field_consents_ground
    WHERE recipient_id = ANY ((SELECT my_seats({_array(READING)}))::uuid[])
      AND decided_at <= now() AND expires_on > current_date
  ) s JOIN field_casefiles_role r ON r.person_id = s.person_id AND r.concerned
  WHERE r.case_id <> ALL ((SELECT field_excluded())::uuid[])
$$;
"""
KEPT = (
    "GRANT CREATE ON SCHEMA public TO egide_keeper; SET LOCAL ROLE egide_keeper;"
    + FUNCTIONS
    + "REVOKE EXECUTE ON FUNCTION my_seats(text[]) FROM PUBLIC;"
    + "GRANT EXECUTE ON FUNCTION my_seats(text[]) TO egide_owner WITH GRANT OPTION;"
    + "RESET ROLE; REVOKE CREATE ON SCHEMA public FROM egide_keeper;"
)


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0011_erasure")]
    operations = [migrations.RunSQL(KEPT, migrations.RunSQL.noop)]
