"""The walls of assessments and of the needs board: by case, as every row of the work."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("field_assessments_dangerassessment", "field_needs_need", "field_needs_needchange")


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON {table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [
        ("field_walls", "0001_policies"),
        ("field_assessments", "0001_initial"),
        ("field_needs", "0001_initial"),
    ]
    operations = [migrations.RunSQL("".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
