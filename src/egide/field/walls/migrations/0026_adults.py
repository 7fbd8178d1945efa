"""The wall of reports about vulnerable adults: by file. Who receives one reads its sheet, never the report."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
WALL = f"""
ALTER TABLE field_adults_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_adults_report FORCE ROW LEVEL SECURITY;
CREATE POLICY team ON field_adults_report TO egide_field USING ({CASES}) WITH CHECK ({CASES});
CREATE POLICY keeper ON field_adults_report TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0025_appointments"), ("field_adults", "0001_initial")]
    operations = [migrations.RunSQL(WALL, migrations.RunSQL.noop)]
