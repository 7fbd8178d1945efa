"""The département of a commune of the invented country: its codes have a letter, or 0, after 99."""

from django.db import migrations

DEPARTEMENT = """
CREATE OR REPLACE FUNCTION departement_of(commune text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN commune ~ '^(97[1-8]|98[4-9]|99[0A-Z])[0-9]{2}$' THEN left(commune, 3)
    WHEN commune ~ '^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])[0-9]{3}$' THEN left(commune, 2)
    ELSE 'unstated' END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0015_requisitions")]
    operations = [migrations.RunSQL(DEPARTEMENT, migrations.RunSQL.noop)]
