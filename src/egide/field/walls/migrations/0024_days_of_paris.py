"""The walls count days as Paris does, whatever the time zone of whoever asks: an agreement ends at midnight there."""

from django.db import migrations

FUNCTIONS = """
DO $$ DECLARE found record;
BEGIN
  FOR found IN
    SELECT p.oid::regprocedure AS signature, r.rolname AS owner FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosrc ~* 'current_date' AND r.rolname LIKE 'egide%'
  LOOP
    EXECUTE format('SET LOCAL ROLE %I', found.owner);
    EXECUTE format('ALTER FUNCTION %s SET timezone = ''Europe/Paris''', found.signature);
    RESET ROLE;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0023_my_year")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
