"""The embargo as a rule of the database: the public's role reads published releases, their figures and files, nothing else."""

from django.db import migrations

SUBJECT = "nullif(current_setting('egide.subject_kind', true), '') IS NOT NULL"
TABLES = ("release", "figure", "artefact")


def _policies(table: str) -> str:
    name = f"statistics_publication_{table}"
    published = (
        "state = 'PUBLISHED'" if table == "release" else "release_id IN (SELECT id FROM statistics_publication_release)"
    )
    return f"""
    ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
    CREATE POLICY statistics_works ON {name} TO egide_statistics USING ({SUBJECT}) WITH CHECK ({SUBJECT});
    CREATE POLICY public_reads_published ON {name} FOR SELECT TO egide_public USING ({SUBJECT} AND {published});
    """


def _undo(table: str) -> str:
    name = f"statistics_publication_{table}"
    return f"""
    DROP POLICY statistics_works ON {name};
    DROP POLICY public_reads_published ON {name};
    ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {name} DISABLE ROW LEVEL SECURITY;
    """


class Migration(migrations.Migration):
    dependencies = [("statistics_publication", "0001_initial")]
    operations = [migrations.RunSQL("".join(map(_policies, TABLES)), "".join(map(_undo, reversed(TABLES))))]
