"""The wall of appointments: by file."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
WALL = f"""
ALTER TABLE field_appointments_appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_appointments_appointment FORCE ROW LEVEL SECURITY;
CREATE POLICY team ON field_appointments_appointment TO egide_field USING ({CASES}) WITH CHECK ({CASES});
CREATE POLICY keeper ON field_appointments_appointment TO egide_keeper USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0024_days_of_paris"), ("field_appointments", "0001_initial")]
    operations = [migrations.RunSQL(WALL, migrations.RunSQL.noop)]
