"""The walls of children: by file, like every row of the work."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("child", "word")


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE field_children_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_children_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON field_children_{table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON field_children_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0027_supervision"), ("field_children", "0001_initial")]
    operations = [migrations.RunSQL("".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
