"""The walls of statements for the court: by file, like every row of the work."""

from django.db import migrations

CASES = "case_id = ANY ((SELECT my_cases())::uuid[])"
TABLES = ("attestation",)


def _wall(table: str) -> str:
    return f"""
    ALTER TABLE field_attestations_{table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE field_attestations_{table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY team ON field_attestations_{table} TO egide_field USING ({CASES}) WITH CHECK ({CASES});
    CREATE POLICY keeper ON field_attestations_{table} TO egide_keeper USING (true) WITH CHECK (true);
    """


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0028_children"), ("field_attestations", "0001_initial")]
    operations = [migrations.RunSQL("".join(map(_wall, TABLES)), migrations.RunSQL.noop)]
