"""The wall of spotting: an organisation sees and raises its own count, and no other."""

from django.db import migrations

OWN = "(SELECT field_subject()) IS NOT NULL AND organisation_id = ANY ((SELECT my_organisations())::uuid[])"
WALL = f"""
ALTER TABLE field_spotting_offercount ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_spotting_offercount FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON field_spotting_offercount TO egide_field USING ({OWN}) WITH CHECK ({OWN});
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0019_complaints"), ("field_spotting", "0001_initial")]
    operations = [migrations.RunSQL(WALL, migrations.RunSQL.noop)]
