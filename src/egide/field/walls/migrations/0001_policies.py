"""Every policy of the field, and the functions they call.

A policy compares with an array fetched once for the statement, `= ANY ((SELECT my_cases())::uuid[])`: on five million rows
that is a few milliseconds where a function called for each row takes half a minute. The functions belong to the keeper, a
role nobody can log in as, because they must read the teams that their caller may not see.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION field_subject() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('egide.subject_kind', true) = 'account'
    THEN nullif(current_setting('egide.subject', true), '')::uuid END
$$;
CREATE FUNCTION my_organisations() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT p.organisation_id), '{}') FROM foundation_organisations_mandate m
  JOIN foundation_organisations_position p ON p.id = m.position_id
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now())
$$;
CREATE FUNCTION field_excluded() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(case_id), '{}') FROM field_casefiles_exclusion
  WHERE lifted_at IS NULL AND (account = field_subject() OR organisation_id = ANY ((SELECT my_organisations())::uuid[]))
$$;
CREATE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(case_id), '{}') FROM field_casefiles_teammember
  WHERE account = field_subject() AND since <= now() AND (until IS NULL OR until > now())
    AND case_id <> ALL ((SELECT field_excluded())::uuid[])
$$;
CREATE FUNCTION my_persons() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT person_id), '{}') FROM field_casefiles_role
  WHERE case_id = ANY ((SELECT my_cases())::uuid[])
$$;
CREATE FUNCTION shared_sections() RETURNS TABLE (case_id uuid, section text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT r.case_id, s.section FROM (
    SELECT person_id, unnest(sections) AS section FROM field_consents_consent
    WHERE recipient_id = ANY ((SELECT my_organisations())::uuid[]) AND withdrawn_at IS NULL
      AND given_on <= current_date AND expires_on > current_date
    UNION
    SELECT person_id, unnest(sections) FROM field_consents_ground
    WHERE recipient_id = ANY ((SELECT my_organisations())::uuid[])
      AND decided_at <= now() AND expires_on > current_date
  ) s JOIN field_casefiles_role r ON r.person_id = s.person_id AND r.concerned
  WHERE r.case_id <> ALL ((SELECT field_excluded())::uuid[])
$$;
CREATE FUNCTION open_case(id uuid, reference text, organisation uuid, account uuid, category text, origin text, day date)
RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO field_casefiles_casefile (id, reference, organisation_id, category, origin, reasons, violence_forms, commune, state,
    complaint, opened_on, opened_by, closure_reason)
  SELECT id, reference, organisation, category, origin, '{}', '{}', '', 'SIGNALLED', 'NOT_ASKED', day, account, ''
  WHERE account = field_subject() AND organisation = ANY ((SELECT my_organisations())::uuid[]);
  INSERT INTO field_casefiles_teammember (id, case_id, account, since)
  SELECT gen_random_uuid(), id, account, now() WHERE account = field_subject() AND organisation = ANY ((SELECT my_organisations())::uuid[]);
  SELECT id
$$;
CREATE FUNCTION case_trace(file uuid) RETURNS TABLE (at timestamptz, code text, actor_kind text, actor text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT at, code, actor_kind, actor FROM foundation_audit_event
  WHERE subject_kind = 'case' AND subject_id = file::text AND file = ANY ((SELECT my_cases())::uuid[]) ORDER BY id
$$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
"""

DEFINERS = (
    "my_organisations()",
    "field_excluded()",
    "my_cases()",
    "my_persons()",
    "shared_sections()",
    "open_case(uuid, text, uuid, uuid, text, text, date)",
    "case_trace(uuid)",
)
BY_CASE = ("teammember", "exclusion", "role", "episode", "interview", "action", "entry")
BY_PERSON = ("persons_safecontact", "consents_consent", "consents_ground")


def _wall(table: str, condition: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON {table} TO egide_field USING ({condition}) WITH CHECK ({condition});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


CASES, PERSONS = "ANY ((SELECT my_cases())::uuid[])", "ANY ((SELECT my_persons())::uuid[])"
POLICIES = (
    _wall("field_casefiles_casefile", f"id = {CASES}")
    + "".join(_wall(f"field_casefiles_{table}", f"case_id = {CASES}") for table in BY_CASE)
    + _wall("field_persons_person", f"id = {PERSONS}")
    + "".join(_wall(f"field_{table}", f"person_id = {PERSONS}") for table in BY_PERSON)
    + """
    CREATE POLICY newcomer ON field_persons_person FOR INSERT TO egide_field
      WITH CHECK (field_subject() IS NOT NULL);
    CREATE POLICY consented ON field_casefiles_entry FOR SELECT TO egide_field
      USING ((case_id, section) IN (SELECT case_id, section FROM shared_sections()));
    """
)
OWNERS = "".join(f"ALTER FUNCTION {function} OWNER TO egide_keeper;" for function in DEFINERS)


class Migration(migrations.Migration):
    dependencies = [
        ("field_persons", "0001_initial"),
        ("field_consents", "0001_initial"),
        ("field_casefiles", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
        ("foundation_audit", "0002_append_only"),
    ]
    operations = [
        migrations.RunSQL(
            FUNCTIONS + OWNERS + "REVOKE CREATE ON SCHEMA public FROM egide_keeper;" + POLICIES, migrations.RunSQL.noop
        )
    ]
