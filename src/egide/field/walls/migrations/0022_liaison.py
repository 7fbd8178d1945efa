"""Liaison as a closed loop: no capacity, served, a second reminder, a lapse that is told to the whole team; a need that comes
back to do; copies recalled; and what an organisation with accounts received, told by functions that widen no table's wall.

The array of roles is that of catalogue/access/matrix.csv (R06, nominal or by section); a test compares them role by role.
"""

from django.db import migrations

LIVE = "'SENT', 'RECEIVED', 'ACCEPTED', 'CONTACT_MADE'"
FAILED = "'REFUSED', 'NO_CAPACITY', 'EXPIRED', 'WITHDRAWN'"
RECEIVES = "{ISCG,INVESTIGATOR,ASSOCIATION_WORKER,SHELTER_WORKER,CRIP_OFFICER,PROSECUTOR,SIAO_OPERATOR}"
NOBODY = "'00000000-0000-0000-0000-000000000000'"  # a change that no account of the house made
TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"
SAFELY = "SECURITY DEFINER SET search_path = public, pg_temp AS"

RECEIVED = f"""
CREATE FUNCTION my_received() RETURNS uuid[] LANGUAGE sql STABLE {SAFELY} $$
  SELECT coalesce(array_agg(r.id), '{{}}') FROM field_referrals_referral r
  WHERE r.recipient_id IN (
      SELECT p.organisation_id FROM foundation_organisations_mandate m
      JOIN foundation_organisations_position p ON p.id = m.position_id
      WHERE m.account_id = field_subject() AND m.valid_from <= {TODAY} AND m.valid_to > {TODAY}
        AND (m.revoked_at IS NULL OR m.revoked_at > now()) AND p.roles::text[] && '{RECEIVES}')
    AND r.state IN ({LIVE}) AND r.expires_at > now() AND r.case_id <> ALL ((SELECT field_excluded())::uuid[])
    AND EXISTS (SELECT FROM live_sections(r.id))
$$;
CREATE FUNCTION received_referrals() RETURNS TABLE (
  id uuid, case_id uuid, author text, service text, purpose text, state text, sent_at timestamptz, reply_wanted_by date)
LANGUAGE sql STABLE {SAFELY} $$
  SELECT r.id, r.case_id, o.name::text, r.service_name::text, r.purpose::text, r.state::text, r.sent_at, r.reply_wanted_by
  FROM field_referrals_referral r JOIN foundation_organisations_organisation o ON o.id = r.author_id
  WHERE r.id = ANY ((SELECT my_received())::uuid[])
$$;
CREATE FUNCTION received_person(wanted uuid) RETURNS TABLE (
  recipient text, fictional boolean, name text, channel text, address text, opens time, closes time, wording text)
LANGUAGE sql STABLE {SAFELY} $$
  SELECT k.name::text, o.fictional, trim(p.given_name || ' ' || p.family_name), c.channel::text, c.address::text, c.from_time, c.to_time,
    c.wording::text
  FROM field_referrals_referral r
  JOIN foundation_organisations_organisation o ON o.id = r.author_id
  JOIN foundation_organisations_organisation k ON k.id = r.recipient_id
  LEFT JOIN field_persons_person p ON p.id = r.person_id AND 'identity' IN (SELECT section FROM live_sections(r.id))
  LEFT JOIN field_persons_safecontact c ON c.person_id = r.person_id AND c.withdrawn_at IS NULL
    AND 'contact' IN (SELECT section FROM live_sections(r.id))
  WHERE r.id = wanted AND r.id = ANY ((SELECT my_received())::uuid[])
$$;
"""
# What a partner reads through its account is asked as through its link: the same two functions, one more way in.
READING = f"""
CREATE OR REPLACE FUNCTION referral_sections(wanted uuid) RETURNS TABLE (section text) LANGUAGE sql STABLE {SAFELY} $$
  SELECT s.section FROM live_sections(wanted) s
  WHERE wanted = (SELECT field_link()) OR s.case_id = ANY ((SELECT my_cases())::uuid[])
    OR wanted = ANY ((SELECT my_received())::uuid[])
$$;
CREATE OR REPLACE FUNCTION referral_bases(wanted uuid) RETURNS TABLE (article text, sections text[], since date, until date)
LANGUAGE sql STABLE {SAFELY} $$
  WITH asked AS (
    SELECT * FROM field_referrals_referral r
    WHERE r.id = wanted AND (r.id = (SELECT field_link()) OR r.case_id = ANY ((SELECT my_cases())::uuid[])
      OR r.id = ANY ((SELECT my_received())::uuid[]))
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


def _answer(opening: str, chosen: str) -> str:
    return f"""
{opening} RETURNS uuid LANGUAGE sql VOLATILE {SAFELY} $$
  WITH moved AS (
    UPDATE field_referrals_referral r SET
      state = becomes,
      received_at = coalesce(r.received_at, moment),
      answered_at = CASE WHEN becomes IN ('ACCEPTED', 'REFUSED', 'NO_CAPACITY') THEN moment ELSE r.answered_at END,
      contact_made_at = CASE WHEN becomes = 'CONTACT_MADE' THEN moment ELSE r.contact_made_at END,
      refusal_reason = CASE WHEN becomes = 'REFUSED' THEN reason ELSE r.refusal_reason END,
      outcome = CASE WHEN becomes = 'CLOSED' THEN 'served' ELSE r.outcome END,
      closed_at = CASE WHEN becomes = 'CLOSED' THEN moment ELSE r.closed_at END
    WHERE {chosen} AND r.state = was AND (was, becomes) IN (VALUES
      ('SENT', 'RECEIVED'), ('SENT', 'ACCEPTED'), ('SENT', 'REFUSED'), ('SENT', 'NO_CAPACITY'), ('RECEIVED', 'ACCEPTED'),
      ('RECEIVED', 'REFUSED'), ('RECEIVED', 'NO_CAPACITY'), ('ACCEPTED', 'CONTACT_MADE'), ('ACCEPTED', 'CLOSED'),
      ('CONTACT_MADE', 'CLOSED'))
    RETURNING r.id
  ), closed AS (
    UPDATE field_referrals_link l SET closed_at = now() FROM moved
    WHERE l.referral_id = moved.id AND l.closed_at IS NULL AND becomes IN ('REFUSED', 'NO_CAPACITY', 'CLOSED')
  )
  SELECT id FROM moved
$$;
"""


ANSWERING = _answer(
    "CREATE OR REPLACE FUNCTION answer_referral_link(was text, becomes text, reason text, moment timestamptz)",
    "r.id = (SELECT field_link())",
) + _answer(
    "CREATE FUNCTION answer_received(wanted uuid, was text, becomes text, reason text, moment timestamptz)",
    "r.id = wanted AND wanted = ANY ((SELECT my_received())::uuid[])",
)
# Whoever calls it, it only makes the board say what the referrals already say.
FOLLOWING = f"""
CREATE FUNCTION reopen_needs(wanted uuid[], moment timestamptz) RETURNS TABLE (case_id uuid, domain text)
LANGUAGE sql VOLATILE {SAFELY} $$
  WITH ended AS (
    SELECT DISTINCT r.case_id, r.domain FROM field_referrals_referral r
    WHERE r.id = ANY (wanted) AND r.domain <> '' AND (r.state IN ({FAILED}) OR (r.state = 'CLOSED' AND r.outcome <> 'served'))
      AND NOT EXISTS (SELECT FROM field_referrals_referral o
        WHERE o.case_id = r.case_id AND o.domain = r.domain AND o.state IN ({LIVE}))
  ), moved AS (
    UPDATE field_needs_need n SET state = 'RED', partner = '', changed_at = moment, changed_by = coalesce(field_subject(), {NOBODY})
    FROM ended e WHERE n.case_id = e.case_id AND n.domain = e.domain AND n.state = 'RED_SENT'
    RETURNING n.case_id, n.domain::text AS domain, n.changed_by
  ), told AS (
    INSERT INTO field_needs_needchange (id, case_id, domain, before, after, changed_at, changed_by)
    SELECT gen_random_uuid(), m.case_id, m.domain, 'RED_SENT', 'RED', moment, m.changed_by FROM moved m
  )
  SELECT m.case_id, m.domain FROM moved m
$$;
CREATE FUNCTION recall_copies(whom uuid, partner uuid, moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid)
LANGUAGE sql VOLATILE {SAFELY} $$
  WITH recalled AS (
    UPDATE field_referrals_copy c SET recalled_at = moment FROM field_referrals_referral r
    WHERE r.id = c.referral_id AND r.person_id = whom AND r.recipient_id = partner AND c.recalled_at IS NULL
      AND whom = ANY ((SELECT my_persons())::uuid[])
      AND EXISTS (SELECT FROM unnest(c.sections) AS s(section) WHERE s.section NOT IN (SELECT section FROM live_sections(r.id)))
    RETURNING c.referral_id, c.case_id
  )
  SELECT DISTINCT referral_id, recalled.case_id FROM recalled
$$;
CREATE FUNCTION remind_referrals_again(moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid, writer uuid)
LANGUAGE sql VOLATILE {SAFELY} $$
  UPDATE field_referrals_referral r SET reminded_again_at = now()
  WHERE r.state IN ('SENT', 'RECEIVED') AND r.sent_at <= moment AND r.reminded_at IS NOT NULL AND r.reminded_again_at IS NULL
    AND current_setting('egide.subject_kind', true) = 'job'
  RETURNING r.id, r.case_id, r.written_by
$$;
SET LOCAL ROLE egide_keeper;
DROP FUNCTION lapse_referrals(timestamptz);
RESET ROLE;
CREATE FUNCTION lapse_referrals(moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid, team uuid[])
LANGUAGE sql VOLATILE {SAFELY} $$
  WITH moved AS (
    UPDATE field_referrals_referral r SET state = 'EXPIRED', closed_at = moment
    WHERE r.state IN ('SENT', 'RECEIVED') AND r.expires_at <= moment
      AND current_setting('egide.subject_kind', true) = 'job'
    RETURNING r.id, r.case_id
  ), closed AS (
    UPDATE field_referrals_link l SET closed_at = now() FROM moved WHERE l.referral_id = moved.id AND l.closed_at IS NULL
  )
  SELECT moved.id, moved.case_id, ARRAY(
    SELECT t.account FROM field_casefiles_teammember t
    WHERE t.case_id = moved.case_id AND t.since <= now() AND (t.until IS NULL OR t.until > now())) FROM moved
$$;
"""

NEW = (
    "my_received()",
    "received_referrals()",
    "received_person(uuid)",
    "answer_received(uuid, text, text, text, timestamptz)",
    "reopen_needs(uuid[], timestamptz)",
    "recall_copies(uuid, uuid, timestamptz)",
    "remind_referrals_again(timestamptz)",
    "lapse_referrals(timestamptz)",
)
OWNERS = (
    "".join(f"ALTER FUNCTION {function} OWNER TO egide_keeper;" for function in NEW)
    + "REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO egide_owner WITH GRANT OPTION;"
        for function in NEW
    )
    + "RESET ROLE;"
)
# A function that the keeper owns is replaced by the keeper alone.
KEPT = "GRANT CREATE ON SCHEMA public TO egide_keeper;"
AS_KEEPER = f"SET LOCAL ROLE egide_keeper; {READING} {ANSWERING.split('CREATE FUNCTION')[0]} RESET ROLE;"
CREATED = RECEIVED + "CREATE FUNCTION" + ANSWERING.split("CREATE FUNCTION")[1] + FOLLOWING
COPIES = """
ALTER TABLE field_referrals_copy ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_referrals_copy FORCE ROW LEVEL SECURITY;
CREATE POLICY team ON field_referrals_copy TO egide_field USING (case_id = ANY ((SELECT my_cases())::uuid[]))
  WITH CHECK (case_id = ANY ((SELECT my_cases())::uuid[]));
CREATE POLICY keeper ON field_referrals_copy TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0021_interventions"),
        ("field_referrals", "0002_liaison"),
        ("field_needs", "0001_initial"),
    ]
    operations = [migrations.RunSQL(KEPT + CREATED + AS_KEEPER + OWNERS + COPIES, migrations.RunSQL.noop)]
