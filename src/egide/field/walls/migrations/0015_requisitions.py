"""The walls of requisitions: by file, as all that hangs on it. The desk is that of whoever follows the file."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("field_requisitions_requisition", "field_requisitions_item")


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON {table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON {table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0014_shelter"), ("field_requisitions", "0001_initial")]
    operations = [migrations.RunSQL("".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
