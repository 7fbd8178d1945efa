"""The walls of shelters. A keeper sees its own house; a worker, her own requests; everyone else, a board without addresses.

`my_addresses` is the one way to an address: those of my organisation's houses, and those of a request that I myself made, in a file
that I may open, while it is confirmed or arrived (AT-83). `shelter_board` says of each place what it is and whether it is free
tonight, never why not; it answers thirty times an hour. `hold_place` locks the place, looks whether it is free, and holds it for
two hours; a hold lapses by the clock, so that nothing has to run at night.
"""

from django.db import migrations

LIVE = "(r.state IN ('CONFIRMED', 'ARRIVED') OR (r.state = 'HELD' AND r.held_until > now()))"
FUNCTIONS = f"""
CREATE FUNCTION my_places() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(p.id), '{{}}') FROM field_shelter_place p JOIN field_shelter_shelter s ON s.id = p.shelter_id
  WHERE s.organisation_id = ANY ((SELECT my_organisations())::uuid[])
$$;
CREATE FUNCTION my_incoming() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(r.id), '{{}}') FROM field_shelter_request r
  WHERE r.place_id = ANY ((SELECT my_places())::uuid[]) AND r.case_id <> ALL ((SELECT field_excluded())::uuid[])
$$;
CREATE FUNCTION my_addresses() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(s.id), '{{}}') FROM field_shelter_shelter s
  WHERE s.organisation_id = ANY ((SELECT my_organisations())::uuid[])
    OR s.id IN (SELECT p.shelter_id FROM field_shelter_request r JOIN field_shelter_place p ON p.id = r.place_id
      WHERE r.asked_by = field_subject() AND r.state IN ('CONFIRMED', 'ARRIVED')
        AND r.case_id = ANY ((SELECT my_cases())::uuid[]))
$$;
CREATE FUNCTION shelter_of(wanted uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.shelter_id FROM field_shelter_request r JOIN field_shelter_place p ON p.id = r.place_id
  WHERE r.id = wanted AND r.asked_by = field_subject() AND p.shelter_id = ANY ((SELECT my_addresses())::uuid[])
    AND r.state IN ('CONFIRMED', 'ARRIVED')
$$;
CREATE FUNCTION shelter_board() RETURNS TABLE (place uuid, shelter text, kind text, band text, beds smallint, children boolean,
  step_free boolean, pets boolean, free boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE me uuid := field_subject();
BEGIN
  IF me IS NULL OR cardinality(my_organisations()) = 0 THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('shelter_board'), hashtext(me::text));
  IF (SELECT count(*) FROM field_shelter_look WHERE account = me AND looked_at > now() - interval '1 hour') >= 30 THEN
    RETURN;
  END IF;
  INSERT INTO field_shelter_look (id, account, looked_at) VALUES (gen_random_uuid(), me, now());
  RETURN QUERY SELECT p.id, s.name::text, p.kind::text, s.band::text, p.beds, p.children, p.step_free, p.pets,
    p.tonight AND NOT EXISTS (SELECT FROM field_shelter_request r WHERE r.place_id = p.id AND {LIVE})
  FROM field_shelter_place p JOIN field_shelter_shelter s ON s.id = p.shelter_id ORDER BY s.name, p.label;
END $$;
CREATE FUNCTION hold_place(wanted uuid, file uuid, request uuid, said text, grown smallint, young smallint, flat boolean, animal boolean,
  moment timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  me uuid := field_subject();
  found record;
BEGIN
  IF me IS NULL OR NOT file = ANY (my_cases()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'A place is asked for a file that one may open.';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('hold_place'), hashtext(me::text));
  SELECT p.* INTO found FROM field_shelter_place p WHERE p.id = wanted FOR UPDATE;
  IF found.id IS NULL OR NOT found.tonight
      OR EXISTS (SELECT FROM field_shelter_request r WHERE r.place_id = wanted AND {LIVE}) THEN RETURN 'not-free'; END IF;
  IF grown + young > found.beds THEN RETURN 'too-small'; END IF;
  IF young > 0 AND NOT found.children THEN RETURN 'no-children'; END IF;
  IF flat AND NOT found.step_free THEN RETURN 'not-step-free'; END IF;
  IF animal AND NOT found.pets THEN RETURN 'no-pets'; END IF;
  IF (SELECT count(*) FROM field_shelter_request r WHERE r.asked_by = me AND r.state = 'HELD' AND r.held_until > now()) >= 3 THEN
    RETURN 'too-many-holds';
  END IF;
  INSERT INTO field_shelter_request (id, case_id, place_id, number, adults, children, step_free, pets, state, asked_by, asked_at,
    held_until, reason)
  VALUES (request, file, wanted, said, grown, young, flat, animal, 'HELD', me, now(), now() + interval '2 hours', '');
  RETURN '';
END $$;
"""
CONFIRMING = """
CREATE FUNCTION only_the_house_confirms() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at OR (NEW.state = 'CONFIRMED' AND OLD.state <> 'CONFIRMED')
      OR (NEW.state = 'ARRIVED' AND OLD.state NOT IN ('CONFIRMED', 'ARRIVED')))
      AND NOT NEW.place_id = ANY (my_places()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'Only the house confirms a request: its address depends on it.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_the_house_confirms BEFORE UPDATE ON field_shelter_request
  FOR EACH ROW EXECUTE FUNCTION only_the_house_confirms();
"""
DEFINERS = (
    "my_places()",
    "my_incoming()",
    "my_addresses()",
    "shelter_of(uuid)",
    "shelter_board()",
    "hold_place(uuid, uuid, uuid, text, smallint, smallint, boolean, boolean, timestamptz)",
)
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
SOMEONE = "(SELECT field_subject()) IS NOT NULL"
HOUSE = f"{SOMEONE} AND organisation_id = ANY ((SELECT my_organisations())::uuid[])"
INCOMING = f"{SOMEONE} AND id = ANY ((SELECT my_incoming())::uuid[])"
CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"


def _wall(table: str, policies: str) -> str:
    name = f"field_shelter_{table}"
    return f"""
    ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
    CREATE POLICY keeper ON {name} TO egide_keeper USING (true) WITH CHECK (true);
    {policies.format(name=name)}
    """


POLICIES = (
    _wall("shelter", f"CREATE POLICY house ON {{name}} TO egide_field USING ({HOUSE}) WITH CHECK ({HOUSE});")
    + _wall(
        "address",
        f"""CREATE POLICY told ON {{name}} FOR SELECT TO egide_field
          USING ({SOMEONE} AND shelter_id = ANY ((SELECT my_addresses())::uuid[]));
        CREATE POLICY house ON {{name}} TO egide_field
          USING ({SOMEONE} AND shelter_id IN (SELECT id FROM field_shelter_shelter))
          WITH CHECK ({SOMEONE} AND shelter_id IN (SELECT id FROM field_shelter_shelter));""",
    )
    + _wall(
        "place",
        f"""CREATE POLICY house ON {{name}} TO egide_field
          USING ({SOMEONE} AND shelter_id IN (SELECT id FROM field_shelter_shelter))
          WITH CHECK ({SOMEONE} AND shelter_id IN (SELECT id FROM field_shelter_shelter));""",
    )
    + _wall(
        "request",
        f"""CREATE POLICY team ON {{name}} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
        CREATE POLICY house ON {{name}} TO egide_field
          USING ({INCOMING}) WITH CHECK ({INCOMING});""",
    )
    + _wall("look", "CREATE POLICY own ON {name} TO egide_field USING (account = (SELECT field_subject()));")
    + "".join(
        _wall(table, f"CREATE POLICY team ON {{name}} TO egide_field USING ({CASES}) WITH CHECK ({CASES});")
        for table in ("exitstep", "escort")
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0013_protection"),
        ("field_shelter", "0001_initial"),
        ("foundation_organisations", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTIONS + CONFIRMING + OWNERS + POLICIES, migrations.RunSQL.noop)]
