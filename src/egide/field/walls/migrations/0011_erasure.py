"""How long a file has been silent, and how everything that hangs on it is erased (X11).

`erase_from` follows the foreign keys that the database itself knows, so that a room added later is erased with the others. It
takes rows of the file that is erased and no other: a row elsewhere that still points here stops the whole erasure, loudly.
Only a named job may ask, and only for a closed file.
"""

from django.db import migrations

CLOCK = """
CREATE FUNCTION case_clocks(files uuid[]) RETURNS TABLE (case_id uuid, organisation_id uuid, kind text, closed boolean, last_contact date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.organisation_id, o.kind::text, c.state = 'CLOSED', greatest(c.opened_on, c.closed_on,
    (SELECT max((held_at AT TIME ZONE 'Europe/Paris')::date) FROM field_casefiles_interview i WHERE i.case_id = c.id),
    (SELECT max((done_at AT TIME ZONE 'Europe/Paris')::date) FROM field_casefiles_action a WHERE a.case_id = c.id),
    (SELECT max((written_at AT TIME ZONE 'Europe/Paris')::date) FROM field_casefiles_entry e WHERE e.case_id = c.id),
    (SELECT max(greatest(left_on, returned_on)) FROM field_casefiles_episode p WHERE p.case_id = c.id))
  FROM field_casefiles_casefile c JOIN foundation_organisations_organisation o ON o.id = c.organisation_id
  WHERE c.id = ANY (files)
$$;
CREATE FUNCTION case_clock(file uuid) RETURNS TABLE (last_contact date, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.last_contact, k.kind FROM case_clocks(ARRAY[file]) k WHERE file = ANY ((SELECT my_cases())::uuid[])
$$;
CREATE FUNCTION due_cases(latest date) RETURNS TABLE (case_id uuid, organisation_id uuid, kind text, closed boolean, last_contact date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.* FROM case_clocks((
    SELECT array_agg(id) FROM field_casefiles_casefile
    WHERE opened_on <= latest AND (closed_on IS NULL OR closed_on <= latest)
      AND current_setting('egide.subject_kind', true) = 'job'
  )) k WHERE k.last_contact <= latest
$$;
"""

ERASE = """
CREATE FUNCTION erase_from(target regclass, identifiers text[], file uuid, above regclass[]) RETURNS TABLE (source text, identifier text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  below text[];
  key record;
BEGIN
  IF coalesce(cardinality(identifiers), 0) = 0 THEN RETURN; END IF;
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col, format_type(a.atttypid, NULL) AS coltype, k.attname AS pk,
      EXISTS (SELECT FROM pg_attribute f WHERE f.attrelid = c.conrelid AND f.attname = 'case_id' AND a.attname <> 'case_id') AS filed
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_index i ON i.indrelid = c.conrelid AND i.indisprimary
    JOIN pg_attribute k ON k.attrelid = c.conrelid AND k.attnum = i.indkey[0]
    WHERE c.contype = 'f' AND c.confrelid = target AND c.conrelid <> target AND c.conrelid <> ALL (above)
  LOOP
    EXECUTE format('SELECT array_agg(%I::text) FROM %s WHERE %I = ANY ($1::%s[])', link.pk, link.child, link.col, link.coltype)
      || CASE WHEN link.filed THEN ' AND case_id = $2' ELSE '' END
      INTO below USING identifiers, file;
    RETURN QUERY SELECT e.source, e.identifier FROM erase_from(link.child, below, file, above || target) e;
  END LOOP;
  SELECT k.attname AS name, format_type(k.atttypid, NULL) AS type INTO key
  FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
  WHERE i.indrelid = target AND i.indisprimary;
  RETURN QUERY EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1::%s[]) RETURNING %L::text, %I::text',
    target, key.name, key.type, target::text, key.name) USING identifiers;
END $$;
CREATE FUNCTION standing_persons(file uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  found uuid[];
  persons uuid[] := '{}';
BEGIN
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'field_persons_person'::regclass
      AND EXISTS (SELECT FROM pg_attribute f WHERE f.attrelid = c.conrelid AND f.attname = 'case_id')
  LOOP
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM %s WHERE case_id = $1 AND %I IS NOT NULL', link.col, link.child, link.col)
      INTO found USING file;
    persons := persons || coalesce(found, '{}');
  END LOOP;
  RETURN ARRAY(SELECT DISTINCT unnest(persons));
END $$;
CREATE FUNCTION erase_case(file uuid) RETURNS TABLE (source text, identifier text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  link record;
  left_over uuid[];
  kept uuid[];
BEGIN
  IF current_setting('egide.subject_kind', true) IS DISTINCT FROM 'job' THEN
    RAISE insufficient_privilege USING MESSAGE = 'A file is erased by a named job, never by an account.';
  END IF;
  PERFORM FROM field_casefiles_casefile c WHERE c.id = file AND c.state = 'CLOSED' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  left_over := standing_persons(file);
  RETURN QUERY SELECT e.source, e.identifier FROM erase_from('field_casefiles_casefile', ARRAY[file::text], file, '{}') e;
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'field_persons_person'::regclass
      AND EXISTS (SELECT FROM pg_attribute f WHERE f.attrelid = c.conrelid AND f.attname = 'case_id')
  LOOP
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM %s WHERE %I = ANY ($1)', link.col, link.child, link.col)
      INTO kept USING left_over;
    left_over := ARRAY(SELECT unnest(left_over) EXCEPT SELECT unnest(kept));
  END LOOP;
  RETURN QUERY SELECT e.source, e.identifier FROM erase_from('field_persons_person', left_over::text[], file, '{}') e;
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
END $$;
"""
SIGNATURES = (
    "case_clocks(uuid[])",
    "case_clock(uuid)",
    "due_cases(date)",
    "erase_from(regclass, text[], uuid, regclass[])",
    "standing_persons(uuid)",
    "erase_case(uuid)",
)
OWNERS = (
    "GRANT CREATE ON SCHEMA public TO egide_keeper;"
    + "".join(f"ALTER FUNCTION {signature} OWNER TO egide_keeper;" for signature in SIGNATURES)
    + "REVOKE CREATE ON SCHEMA public FROM egide_keeper; SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO egide_owner WITH GRANT OPTION;"
        for signature in SIGNATURES
    )
    + "RESET ROLE;"
)


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0010_directory"), ("foundation_organisations", "0001_initial")]
    operations = [migrations.RunSQL(CLOCK + ERASE + OWNERS, migrations.RunSQL.noop)]
