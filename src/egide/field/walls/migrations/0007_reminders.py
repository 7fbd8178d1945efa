"""A reminder also says who wrote the referral, so that the outbox can tell that account that something waits."""

from django.db import migrations

REMINDERS = """
SET LOCAL ROLE egide_keeper;
DROP FUNCTION remind_referrals(timestamptz);
RESET ROLE;
CREATE FUNCTION remind_referrals(moment timestamptz) RETURNS TABLE (referral uuid, case_id uuid, writer uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE field_referrals_referral r SET reminded_at = now()
  WHERE r.state IN ('SENT', 'RECEIVED') AND r.sent_at <= moment AND r.reminded_at IS NULL
    AND current_setting('egide.subject_kind', true) = 'job'
  RETURNING r.id, r.case_id, r.written_by
$$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION remind_referrals(timestamptz) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper;
SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION remind_referrals(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remind_referrals(timestamptz) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0006_closed_to_others")]
    operations = [migrations.RunSQL(REMINDERS, migrations.RunSQL.noop)]
