"""What is held or was sent about something erased is erased too; the identifiers say which files to remove."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION outbox_erase(identifiers text[]) RETURNS TABLE (message uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM foundation_outbox_message m
  WHERE m.about::text[] && (
      SELECT array_agg(kind || ':' || i) FROM unnest(identifiers) i, unnest(ARRAY['case', 'person', 'consent', 'referral']) kind)
    AND current_setting('egide.subject_kind', true) = 'job'
  RETURNING m.id
$$;
GRANT CREATE ON SCHEMA public TO egide_keeper;
ALTER FUNCTION outbox_erase(text[]) OWNER TO egide_keeper;
REVOKE CREATE ON SCHEMA public FROM egide_keeper;
SET LOCAL ROLE egide_keeper;
REVOKE EXECUTE ON FUNCTION outbox_erase(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outbox_erase(text[]) TO egide_owner WITH GRANT OPTION;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation_outbox", "0002_one_way_out")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
