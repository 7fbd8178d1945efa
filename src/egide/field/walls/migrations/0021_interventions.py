"""The walls of intervention notes: the facts to whoever wrote them, the content to the unit that receives them.

The officer reads the content of a note until the unit has received it, then only that it arrived, was received and was seen.
A version sent late from a second device is still taken in. The arrays of roles are those of catalogue/access/matrix.csv
(R09); a test compares them.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION my_notes(wanted text) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT n.id), '{}') FROM field_interventions_note n
  JOIN foundation_organisations_position p ON p.organisation_id = CASE wanted WHEN 'received' THEN n.recipient_id ELSE n.organisation_id END
  JOIN foundation_organisations_mandate m ON m.position_id = p.id
  WHERE m.account_id = field_subject() AND m.valid_from <= current_date AND m.valid_to > current_date
    AND (m.revoked_at IS NULL OR m.revoked_at > now())
    AND CASE wanted
      WHEN 'received' THEN p.roles::text[] && '{INVESTIGATOR}'
      WHEN 'written' THEN p.roles::text[] && '{MUNICIPAL_OFFICER}' AND n.written_by = field_subject()
      WHEN 'open' THEN p.roles::text[] && '{MUNICIPAL_OFFICER}' AND n.written_by = field_subject() AND n.received_at IS NULL
      ELSE false END
$$;
CREATE FUNCTION due_notes(latest date) RETURNS TABLE (note_id uuid, organisation_id uuid, kind text, held_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, n.organisation_id, o.kind::text, n.held_on FROM field_interventions_note n
  JOIN foundation_organisations_organisation o ON o.id = n.organisation_id
  WHERE n.held_on <= latest AND current_setting('egide.subject_kind', true) = 'job'
$$;
CREATE FUNCTION erase_notes(notes uuid[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  IF current_setting('egide.subject_kind', true) IS DISTINCT FROM 'job' THEN
    RAISE insufficient_privilege USING MESSAGE = 'A note is erased by a named job, never by an account.';
  END IF;
  DELETE FROM field_interventions_content c USING field_interventions_version v WHERE v.key = c.version_id AND v.note_id = ANY (notes);
  DELETE FROM field_interventions_version v WHERE v.note_id = ANY (notes);
  DELETE FROM field_interventions_note n WHERE n.id = ANY (notes);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""
DEFINERS = ("my_notes(text)", "due_notes(date)", "erase_notes(uuid[])")
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
NEW = f"{ACCOUNT} AND written_by = (SELECT field_subject()) AND organisation_id = ANY ((SELECT my_organisations())::uuid[])"


def _mine(column: str, *wanted: str) -> str:
    found = " OR ".join(f"{column} = ANY ((SELECT my_notes('{each}'))::uuid[])" for each in wanted)
    return f"{ACCOUNT} AND ({found})"


def _wall(table: str, reads: str, adds: str) -> str:
    return f"""
    ALTER TABLE field_interventions_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_interventions_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY reads ON field_interventions_{table} FOR SELECT TO egide_field USING ({reads});
    CREATE POLICY adds ON field_interventions_{table} FOR INSERT TO egide_field WITH CHECK ({adds});
    CREATE POLICY keeper ON field_interventions_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


READS = _mine("id", "written", "received")
RECEIVES = _mine("id", "received")
OF_VERSION = "version_id IN (SELECT v.key FROM field_interventions_version v WHERE {})"
POLICIES = (
    _wall("note", READS, NEW)
    + f"CREATE POLICY receives ON field_interventions_note FOR UPDATE TO egide_field USING ({RECEIVES}) WITH CHECK ({RECEIVES});"
    + _wall("version", _mine("note_id", "written", "received"), _mine("note_id", "written"))
    + _wall(
        "content",
        f"{ACCOUNT} AND " + OF_VERSION.format(_mine("v.note_id", "open", "received")),
        f"{ACCOUNT} AND " + OF_VERSION.format(_mine("v.note_id", "written")),
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0020_spotting"),
        ("field_interventions", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + POLICIES, migrations.RunSQL.noop)]
