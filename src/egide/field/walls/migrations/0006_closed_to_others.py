"""The functions of the first walls are called by the field only, and what partners read is found by the index of the files.

They belong to the keeper, so the owner alone could not take back what PostgreSQL gives to PUBLIC when a function is made.
"""

from django.db import migrations

FUNCTIONS = (
    "my_organisations()",
    "field_excluded()",
    "my_cases()",
    "my_persons()",
    "shared_sections()",
    "open_case(uuid, text, uuid, uuid, text, text, date)",
    "case_trace(uuid)",
)
CLOSED = (
    "SET LOCAL ROLE egide_keeper;"
    + "".join(
        f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO egide_owner WITH GRANT OPTION;"
        for function in FUNCTIONS
    )
    + "RESET ROLE;"
)
BY_INDEX = """
ALTER POLICY consented ON field_casefiles_entry USING (
  case_id = ANY ((SELECT array_agg(case_id) FROM shared_sections())::uuid[])
  AND (case_id, section) IN (SELECT case_id, section FROM shared_sections())
);
"""


class Migration(migrations.Migration):
    dependencies = [("field_walls", "0005_referral_cells")]
    operations = [migrations.RunSQL(CLOSED + BY_INDEX, migrations.RunSQL.noop)]
