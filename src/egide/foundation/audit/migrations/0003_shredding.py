"""A job of a wing that erases shreds the keys of what it erased: details close, the chain still verifies (Z14)."""

from django.db import migrations, models

SHRED = """
CREATE FUNCTION audit_shred(identifiers text[]) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH shredded AS (
    UPDATE foundation_audit_subjectkey SET wrapped = NULL
    WHERE wrapped IS NOT NULL AND current_setting('egide.subject_kind', true) = 'job'
      AND (subject_id = ANY (identifiers) OR (subject_kind = 'page' AND (regexp_match(subject_id, '[0-9a-f-]{36}'))[1] = ANY (identifiers)))
    RETURNING 1
  ) SELECT count(*) FROM shredded
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation_audit", "0002_append_only"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="subjectkey",
            index=models.Index(fields=["subject_id"], name="audit_key_by_subject"),
        ),
        migrations.RunSQL(SHRED, "DROP FUNCTION audit_shred(text[])"),
    ]
