"""The walls of reviews, tasks, notes and forms filled alone, and the functions by which a verified link fills one form.

Whoever fills a form alone reads no table: four functions open it, say where it stands and keep what is told. What was kept
never comes back by the link, so that a link found in a history tells nothing.
"""

from django.db import migrations

OPENS = "interval '2 hours'"

FUNCTIONS = f"""
CREATE FUNCTION field_alone() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id FROM field_assessments_aloneform f
  WHERE f.id = CASE WHEN current_setting('egide.subject_kind', true) = 'link'
      THEN nullif(current_setting('egide.subject', true), '')::uuid END
    AND f.closed_at IS NULL AND f.finished_at IS NULL AND f.open_until > now() AND f.expires_at > now()
$$;
CREATE FUNCTION open_alone(token text, code text) RETURNS TABLE (form uuid, case_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH tried AS (
    UPDATE field_assessments_aloneform f SET
      attempts = CASE WHEN f.code_hash = code THEN 0 ELSE f.attempts + 1 END,
      open_until = CASE WHEN f.code_hash = code THEN now() + {OPENS} ELSE f.open_until END,
      closed_at = CASE WHEN f.code_hash <> code AND f.attempts >= 4 THEN now() END
    WHERE f.token_hash = token AND f.code_hash <> '' AND f.closed_at IS NULL AND f.finished_at IS NULL AND f.expires_at > now()
    RETURNING f.id, f.case_id, f.code_hash = code AS opened
  )
  SELECT tried.id, tried.case_id FROM tried WHERE opened
$$;
CREATE FUNCTION alone_stands() RETURNS TABLE (case_id uuid, grid text, route text, private text, answered text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.case_id, f.grid::text, f.route::text, f.private::text, ARRAY(SELECT jsonb_object_keys(f.answers))
  FROM field_assessments_aloneform f WHERE f.id = (SELECT field_alone())
$$;
CREATE FUNCTION keep_alone(said_private text, told jsonb, finish boolean, moment timestamptz) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE field_assessments_aloneform f SET
    private = CASE WHEN said_private <> '' THEN said_private ELSE f.private END,
    answers = f.answers || told,
    saved_at = moment,
    open_until = now() + {OPENS},
    finished_at = CASE WHEN finish THEN moment END,
    closed_at = CASE WHEN finish THEN moment END
  WHERE f.id = (SELECT field_alone())
  RETURNING f.case_id
$$;
"""

DEFINERS = (
    "field_alone()", "open_alone(text, text)", "alone_stands()", "keep_alone(text, jsonb, boolean, timestamptz)",
)  # fmt: skip
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
TABLES = ("review", "task", "aloneform", "shortnote", "officialreading")


def _wall(table: str) -> str:
    condition = "case_id = ANY ((SELECT my_cases())::uuid[])"
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON {table} TO egide_field USING ({condition}) WITH CHECK ({condition});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0008_reception"), ("field_assessments", "0002_following")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS + OWNERS + "".join(_wall(f"field_assessments_{table}") for table in TABLES),
            migrations.RunSQL.noop,
        )
    ]
