"""Wings queue and drop through functions; the messages themselves are read by a named job of the foundation only."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION outbox_queue(id uuid, key text, channel text, account uuid, sealed bytea, about text[], opens time, closes time,
  queued timestamptz, leaves timestamptz, expires timestamptz)
RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO foundation_outbox_message AS m (id, key, channel, account, sealed, about, from_time, to_time, state, queued_at,
    not_before, expires_at, attempts, reason)
  VALUES (id, key, channel, account, sealed, about, opens, closes, 'HELD', queued, leaves, expires, 0, '')
  ON CONFLICT (key) DO NOTHING RETURNING m.id
$$;
CREATE FUNCTION outbox_drop(topic text, why text, moment timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH dropped AS (
    UPDATE foundation_outbox_message m SET state = 'DROPPED', settled_at = moment, reason = why, sealed = NULL
    WHERE m.state = 'HELD' AND topic = ANY (m.about) RETURNING m.id
  ) SELECT count(*) FROM dropped
$$;
CREATE FUNCTION outbox_about(topic text) RETURNS TABLE (channel text, state text, queued_at timestamptz, not_before timestamptz,
  settled_at timestamptz, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.channel::text, m.state::text, m.queued_at, m.not_before, m.settled_at, m.reason::text
  FROM foundation_outbox_message m WHERE ARRAY[topic] <@ m.about::text[] ORDER BY m.queued_at DESC, m.id
$$;
CREATE INDEX messages_by_topic ON foundation_outbox_message USING gin (about);
"""
SIGNATURES = (
    "outbox_queue(uuid, text, text, uuid, bytea, text[], time, time, timestamptz, timestamptz, timestamptz)",
    "outbox_drop(text, text, timestamptz)",
    "outbox_about(text)",
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
WALL = """
ALTER TABLE foundation_outbox_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE foundation_outbox_message FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON foundation_outbox_message TO egide_foundation
  USING ((SELECT current_setting('egide.subject_kind', true)) = 'job')
  WITH CHECK ((SELECT current_setting('egide.subject_kind', true)) = 'job');
CREATE POLICY keeper ON foundation_outbox_message TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation_outbox", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS + OWNERS + WALL, migrations.RunSQL.noop)]
