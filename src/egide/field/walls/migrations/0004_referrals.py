"""The walls of the directory and of referrals, and the functions by which a verified link reads one sheet, no more.

A link is a subject like an account. It reads the one referral it opens, and of its file the entries of the sections that
the referral carries AND that a consent or a ground in force covers for the recipient, asked again at each statement. The
recipient's own row is moved by functions that name what they change; the link has no right to write anything else.
"""

from django.db import migrations

LIVE = "'SENT', 'RECEIVED', 'ACCEPTED', 'CONTACT_MADE'"
TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"

READING = f"""
CREATE FUNCTION live_sections(wanted uuid) RETURNS TABLE (case_id uuid, person_id uuid, section text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.case_id, r.person_id, s.section::text FROM field_referrals_referral r CROSS JOIN LATERAL unnest(r.sections) AS s(section)
  WHERE r.id = wanted
    AND EXISTS (SELECT FROM field_casefiles_role o WHERE o.case_id = r.case_id AND o.person_id = r.person_id AND o.concerned)
    AND NOT EXISTS (SELECT FROM field_casefiles_exclusion x
      WHERE x.case_id = r.case_id AND x.organisation_id = r.recipient_id AND x.lifted_at IS NULL)
    AND (EXISTS (SELECT FROM field_consents_consent c
        WHERE c.person_id = r.person_id AND c.recipient_id = r.recipient_id AND c.purpose = r.purpose
          AND s.section = ANY (c.sections) AND c.withdrawn_at IS NULL AND c.given_on <= {TODAY} AND c.expires_on > {TODAY})
      OR EXISTS (SELECT FROM field_consents_ground g
        WHERE g.person_id = r.person_id AND g.recipient_id = r.recipient_id
          AND s.section = ANY (g.sections) AND g.decided_at <= now() AND g.expires_on > {TODAY}))
$$;
CREATE FUNCTION field_link() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.referral_id FROM field_referrals_link l JOIN field_referrals_referral r ON r.id = l.referral_id
  WHERE l.referral_id = CASE WHEN current_setting('egide.subject_kind', true) = 'link'
      THEN nullif(current_setting('egide.subject', true), '')::uuid END
    AND l.closed_at IS NULL AND l.open_until > now() AND l.expires_at > now() AND r.state IN ({LIVE})
    AND EXISTS (SELECT FROM live_sections(l.referral_id))
$$;
CREATE FUNCTION linked_sections() RETURNS TABLE (case_id uuid, section text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.case_id, s.section FROM live_sections((SELECT field_link())) s
$$;
CREATE FUNCTION linked_persons(wanted text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT s.person_id), '{{}}') FROM live_sections((SELECT field_link())) s WHERE s.section = ANY (wanted)
$$;
CREATE FUNCTION referral_sections(wanted uuid) RETURNS TABLE (section text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.section FROM live_sections(wanted) s
  WHERE wanted = (SELECT field_link()) OR s.case_id = ANY ((SELECT my_cases())::uuid[])
$$;
CREATE FUNCTION referral_bases(wanted uuid) RETURNS TABLE (article text, sections text[], since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asked AS (
    SELECT * FROM field_referrals_referral r
    WHERE r.id = wanted AND (r.id = (SELECT field_link()) OR r.case_id = ANY ((SELECT my_cases())::uuid[]))
  )
  SELECT ''::text, c.sections::text[], c.given_on, c.expires_on FROM asked r JOIN field_consents_consent c
    ON c.person_id = r.person_id AND c.recipient_id = r.recipient_id AND c.purpose = r.purpose AND c.sections && r.sections
      AND c.withdrawn_at IS NULL AND c.given_on <= {TODAY} AND c.expires_on > {TODAY}
  UNION ALL
  SELECT g.article::text, g.sections::text[], (g.decided_at AT TIME ZONE 'Europe/Paris')::date, g.expires_on
    FROM asked r JOIN field_consents_ground g
    ON g.person_id = r.person_id AND g.recipient_id = r.recipient_id AND g.sections && r.sections
      AND g.decided_at <= now() AND g.expires_on > {TODAY}
$$;
"""

WRITING = f"""
CREATE FUNCTION open_referral_link(token text, code text) RETURNS TABLE (referral uuid, case_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH tried AS (
    UPDATE field_referrals_link l SET
      attempts = l.attempts + 1,
      open_until = CASE WHEN l.code_hash = code THEN now() + interval '8 hours' ELSE l.open_until END,
      closed_at = CASE WHEN l.code_hash <> code AND l.attempts >= 4 THEN now() END,
      code_hash = CASE WHEN l.code_hash = code THEN '' ELSE l.code_hash END
    FROM field_referrals_referral r
    WHERE l.token_hash = token AND l.code_hash <> '' AND l.closed_at IS NULL AND l.expires_at > now()
      AND r.id = l.referral_id AND r.state IN ({LIVE}) AND EXISTS (SELECT FROM live_sections(l.referral_id))
    RETURNING l.referral_id, l.case_id, l.code_hash = '' AS opened
  )
  SELECT tried.referral_id, tried.case_id FROM tried WHERE opened
$$;
CREATE FUNCTION answer_referral_link(was text, becomes text, reason text, moment timestamptz) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH moved AS (
    UPDATE field_referrals_referral r SET
      state = becomes,
      received_at = coalesce(r.received_at, moment),
      answered_at = CASE WHEN becomes IN ('ACCEPTED', 'REFUSED') THEN moment ELSE r.answered_at END,
      contact_made_at = CASE WHEN becomes = 'CONTACT_MADE' THEN moment ELSE r.contact_made_at END,
      refusal_reason = CASE WHEN becomes = 'REFUSED' THEN reason ELSE r.refusal_reason END
    WHERE r.id = (SELECT field_link()) AND r.state = was AND (was, becomes) IN (VALUES
      ('SENT', 'RECEIVED'), ('SENT', 'ACCEPTED'), ('SENT', 'REFUSED'), ('RECEIVED', 'ACCEPTED'), ('RECEIVED', 'REFUSED'),
      ('ACCEPTED', 'CONTACT_MADE'))
    RETURNING r.id
  ), closed AS (
    UPDATE field_referrals_link l SET closed_at = now() FROM moved WHERE l.referral_id = moved.id AND becomes = 'REFUSED'
  )
  SELECT id FROM moved
$$;
CREATE FUNCTION close_uncovered_referrals(whom uuid, partner uuid, moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH moved AS (
    UPDATE field_referrals_referral r SET state = 'WITHDRAWN', closed_at = moment
    WHERE r.person_id = whom AND r.recipient_id = partner AND r.state IN ({LIVE}) AND whom = ANY ((SELECT my_persons())::uuid[])
      AND EXISTS (SELECT FROM unnest(r.sections) AS s(section)
        WHERE s.section NOT IN (SELECT section FROM live_sections(r.id)))
    RETURNING r.id, r.case_id
  ), closed AS (
    UPDATE field_referrals_link l SET closed_at = now() FROM moved WHERE l.referral_id = moved.id AND l.closed_at IS NULL
  )
  SELECT id, moved.case_id FROM moved
$$;
CREATE FUNCTION lapse_referrals(moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH moved AS (
    UPDATE field_referrals_referral r SET state = 'EXPIRED', closed_at = moment
    WHERE r.state IN ('SENT', 'RECEIVED') AND r.expires_at <= moment
      AND current_setting('egide.subject_kind', true) = 'job'
    RETURNING r.id, r.case_id
  ), closed AS (
    UPDATE field_referrals_link l SET closed_at = now() FROM moved WHERE l.referral_id = moved.id AND l.closed_at IS NULL
  )
  SELECT id, moved.case_id FROM moved
$$;
CREATE FUNCTION remind_referrals(moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE field_referrals_referral r SET reminded_at = now()
  WHERE r.state IN ('SENT', 'RECEIVED') AND r.sent_at <= moment AND r.reminded_at IS NULL
    AND current_setting('egide.subject_kind', true) = 'job'
  RETURNING r.id, r.case_id
$$;
"""

DEFINERS = (
    "live_sections(uuid)",
    "field_link()",
    "linked_sections()",
    "linked_persons(text[])",
    "referral_sections(uuid)",
    "referral_bases(uuid)",
    "open_referral_link(text, text)",
    "answer_referral_link(text, text, text, timestamptz)",
    "close_uncovered_referrals(uuid, uuid, timestamptz)",
    "lapse_referrals(timestamptz)",
    "remind_referrals(timestamptz)",
)
# A function handed to the keeper keeps the right that PUBLIC has by default, and the owner alone cannot take it back: the
# keeper does, and lets the owner lay the grants that the rooms declare.
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


def _wall(table: str, name: str, condition: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {name} ON {table} TO egide_field USING ({condition}) WITH CHECK ({condition});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


def _by_link(table: str, condition: str) -> str:
    asked = "(SELECT current_setting('egide.subject_kind', true)) = 'link'"
    return f"CREATE POLICY by_link ON {table} FOR SELECT TO egide_field USING ({asked} AND {condition});"


ACCOUNT = "(SELECT field_subject()) IS NOT NULL"
CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
LINKED_ENTRIES = (  # the first half lets an index find the file, the second chooses its sections
    "case_id = ANY ((SELECT array_agg(case_id) FROM linked_sections())::uuid[])"
    " AND (case_id, section) IN (SELECT case_id, section FROM linked_sections())"
)
POLICIES = (
    _wall("field_directory_service", "accounts", ACCOUNT)
    + _wall("field_directory_opening", "accounts", ACCOUNT)
    + _wall("field_referrals_referral", "team", CASES)
    + _wall("field_referrals_link", "team", CASES)
    + _by_link("field_referrals_referral", "id = (SELECT field_link())")
    + _by_link("field_casefiles_entry", LINKED_ENTRIES)
    + _by_link("field_persons_person", "id = ANY ((SELECT linked_persons('{identity}'))::uuid[])")
    + _by_link("field_persons_safecontact", "person_id = ANY ((SELECT linked_persons('{contact}'))::uuid[])")
)


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0003_cells"),
        ("field_directory", "0001_initial"),
        ("field_referrals", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(READING + WRITING + OWNERS + POLICIES, migrations.RunSQL.noop)]
