"""Joining two records of one person and separating them, in files that one may all open; and what an owner is told.

Rows are moved along the foreign keys that the database knows. A row that would stand twice is taken out whole and put back
when the join is undone.
"""

from django.db import migrations

POINTERS = """
    SELECT c.conrelid::regclass AS child, a.attname AS col, k.attname AS pk
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_index i ON i.indrelid = c.conrelid AND i.indisprimary
    JOIN pg_attribute k ON k.attrelid = c.conrelid AND k.attnum = i.indkey[0]
    WHERE c.contype = 'f' AND c.confrelid = 'field_persons_person'::regclass AND c.conrelid <> 'field_identity_join'::regclass
"""
FUNCTIONS = f"""
CREATE FUNCTION join_persons(kept uuid, absorbed uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  found text[];
  twice jsonb;
  moved jsonb := '[]';
BEGIN
  IF kept = absorbed OR NOT ARRAY[kept, absorbed] <@ (SELECT my_persons())::uuid[] THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM field_casefiles_role r WHERE r.person_id IN (kept, absorbed) AND r.case_id <> ALL ((SELECT my_cases())::uuid[])) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM field_casefiles_role a JOIN field_casefiles_role k ON k.case_id = a.case_id AND k.kind = a.kind
      WHERE a.person_id = absorbed AND k.person_id = kept AND a.concerned AND NOT k.concerned) THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]') INTO twice FROM field_casefiles_role a
    WHERE a.person_id = absorbed AND EXISTS (
      SELECT FROM field_casefiles_role k WHERE k.person_id = kept AND k.case_id = a.case_id AND k.kind = a.kind);
  DELETE FROM field_casefiles_role a WHERE a.id IN (SELECT (t->>'id')::uuid FROM jsonb_array_elements(twice) t);
  FOR link IN {POINTERS} LOOP
    EXECUTE format('SELECT array_agg(%I::text) FROM %s WHERE %I = $1', link.pk, link.child, link.col) INTO found USING absorbed;
    IF found IS NOT NULL THEN
      EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2', link.child, link.col, link.col) USING kept, absorbed;
      moved := moved || jsonb_build_object('table', link.child::text, 'column', link.col, 'key', link.pk, 'rows', to_jsonb(found));
    END IF;
  END LOOP;
  RETURN jsonb_build_object('moved', moved, 'taken_out', twice);
END $$;
CREATE FUNCTION separate_persons(wanted uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  j record;
  step jsonb;
BEGIN
  SELECT * INTO j FROM field_identity_join x WHERE x.id = wanted AND x.undone_at IS NULL
    AND x.person_id = ANY ((SELECT my_persons())::uuid[]);
  IF NOT FOUND OR EXISTS (SELECT FROM field_casefiles_role r
      WHERE r.person_id = j.person_id AND r.case_id <> ALL ((SELECT my_cases())::uuid[])) THEN
    RETURN NULL;
  END IF;
  FOR step IN SELECT * FROM jsonb_array_elements(j.moved->'moved') LOOP
    EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2 AND %I::text = ANY (ARRAY(SELECT jsonb_array_elements_text($3)))',
      (step->>'table')::regclass, step->>'column', step->>'column', step->>'key') USING j.absorbed_id, j.person_id, step->'rows';
  END LOOP;
  INSERT INTO field_casefiles_role SELECT r.* FROM jsonb_array_elements(j.moved->'taken_out') t,
    jsonb_populate_record(NULL::field_casefiles_role, t) r;
  RETURN '{{}}'::jsonb;
END $$;
CREATE FUNCTION my_collisions() RETURNS TABLE (case_id uuid, reference text, month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT mine.id, mine.reference::text, date_trunc('month', theirs.opened_on)::date
  FROM field_casefiles_casefile mine
  JOIN field_casefiles_role r ON r.case_id = mine.id AND r.concerned
  JOIN field_persons_person p ON p.id = r.person_id AND p.given_name <> '' AND p.family_name <> ''
  JOIN field_persons_person q ON q.name_key = p.name_key AND q.id <> p.id
  JOIN field_casefiles_role s ON s.person_id = q.id AND s.concerned
  JOIN field_casefiles_casefile theirs ON theirs.id = s.case_id
  WHERE mine.id = ANY ((SELECT my_cases())::uuid[]) AND mine.state <> 'CLOSED'
    AND theirs.id <> ALL ((SELECT my_cases())::uuid[]) AND theirs.id <> ALL ((SELECT field_excluded())::uuid[])
    AND theirs.state <> 'CLOSED' AND theirs.opened_on >= mine.opened_on AND theirs.category = mine.category
$$;
"""
STANDING = """
SET LOCAL ROLE egide_keeper;
ALTER FUNCTION standing_persons(uuid) RENAME TO persons_of_rows;
CREATE FUNCTION standing_persons(file uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH standing AS (SELECT unnest(persons_of_rows(file)) AS id)
  SELECT ARRAY(SELECT id FROM standing UNION SELECT j.absorbed_id FROM field_identity_join j JOIN standing s ON s.id = j.person_id)
$$;
RESET ROLE;
"""
SIGNATURES = ("join_persons(uuid, uuid)", "separate_persons(uuid)", "my_collisions()")
OWNERS = (
    "GRANT CREATE ON SCHEMA public TO egide_keeper;"
    + STANDING
    + "".join(f"ALTER FUNCTION {signature} OWNER TO egide_keeper;" for signature in SIGNATURES)
    + "REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO egide_owner WITH GRANT OPTION;"
        for signature in (*SIGNATURES, "standing_persons(uuid)", "persons_of_rows(uuid)")
    )
    + "RESET ROLE;"
)
PERSONS = "ANY ((SELECT my_persons())::uuid[])"
WALL = f"""
ALTER TABLE field_identity_join ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_identity_join FORCE ROW LEVEL SECURITY;
CREATE POLICY team ON field_identity_join TO egide_field USING (person_id = {PERSONS}) WITH CHECK (person_id = {PERSONS});
CREATE POLICY keeper ON field_identity_join TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0016_invented_country"),
        ("field_identity", "0001_initial"),
        ("field_persons", "0002_more_keys"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + WALL, migrations.RunSQL.noop)]
