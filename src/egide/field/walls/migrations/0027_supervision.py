"""The wall of supervision: a session is read and written by the account it belongs to, and by nobody else."""

from django.db import migrations

OWN = "account = (SELECT field_subject())"
WALL = f"""
ALTER TABLE field_supervision_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_supervision_session FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON field_supervision_session TO egide_field USING ({OWN}) WITH CHECK ({OWN});
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0026_adults"), ("field_supervision", "0001_initial")]
    operations = [migrations.RunSQL(WALL, migrations.RunSQL.noop)]
