"""Everyone adds to the trail through a function; nobody, the owner's own code included, changes it by mistake."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION audit_record(code text, outside_actor text, kind text, identifier text, at timestamptz, key uuid, detail bytea)
RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO foundation_audit_event (at, code, wing, actor_kind, actor, subject_kind, subject_id, key_id, detail)
  VALUES (at, code,
    coalesce(nullif(current_setting('role', true), 'none'), ''),
    coalesce(nullif(current_setting('egide.subject_kind', true), ''), 'outside'),
    coalesce(nullif(current_setting('egide.subject', true), ''), outside_actor),
    kind, identifier, key, detail)
  RETURNING id
$$;
CREATE FUNCTION audit_subject_key(kind text, identifier text, fresh bytea)
RETURNS TABLE (id uuid, wrapped bytea) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO foundation_audit_subjectkey (id, subject_kind, subject_id, wrapped)
  VALUES (gen_random_uuid(), kind, identifier, fresh) ON CONFLICT (subject_kind, subject_id)
  DO UPDATE SET wrapped = coalesce(foundation_audit_subjectkey.wrapped, excluded.wrapped);
  RETURN QUERY SELECT k.id, k.wrapped FROM foundation_audit_subjectkey k WHERE k.subject_kind = kind AND k.subject_id = identifier;
END $$;
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is append only: % on % is refused.', tg_op, tg_table_name;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation_audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation_audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON foundation_audit_sealedevent
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""

UNDO = """
DROP TRIGGER append_only ON foundation_audit_event;
DROP TRIGGER append_only ON foundation_audit_seal;
DROP TRIGGER append_only ON foundation_audit_sealedevent;
DROP FUNCTION audit_is_append_only();
DROP FUNCTION audit_subject_key(text, text, bytea);
DROP FUNCTION audit_record(text, text, text, text, timestamptz, uuid, bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation_audit", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
