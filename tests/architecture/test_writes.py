"""Only actions write rows, only the walls' own room gives rights; each rule is shown to bite."""

import pytest

from tests.architecture.source import Source, read_product
from tests.architecture.writes import find_rights, find_writes


def test_only_actions_write():
    assert find_writes(read_product()) == []


WRITES = [
    "release.save()",
    "release.save(update_fields=['state'])",
    "Release.objects.create(edition=2022)",
    "Release.objects.filter(edition=2022).delete()",
    "Release.objects.filter(edition=2022).update(state='PUBLISHED')",
    "Release.objects.update(**values)",
    "Figure.objects.bulk_create(figures)",
    "Mandate.objects.get_or_create(account=account)",
    "await release.asave()",
    "cursor.execute('INSERT INTO statistics_publication_release VALUES (1)')",
    "cursor.execute(f'''update {table}\n set state = 1''')",
    "cursor.execute('DELETE FROM ' + table)",
    "cursor.execute('TRUNCATE statistics_publication_release')",
]


@pytest.mark.parametrize("statement", WRITES)
@pytest.mark.parametrize(
    "path", ["web/public/home", "statistics/publication/queries", "jobs/management/commands/deliver"]
)
def test_a_write_outside_actions_is_red(path, statement):
    source = Source(f"src/egide/{path}.py", f'"""What."""\n\n\nasync def f():\n    {statement}\n')
    assert [breach.partition(" ")[0] for breach in find_writes([source])] == [f"{source.path}:5"]


@pytest.mark.parametrize("path", ["statistics/publication/actions", "statistics/publication/migrations/0009_repair"])
@pytest.mark.parametrize("statement", [statement for statement in WRITES if "await" not in statement])
def test_a_write_in_an_action_or_a_migration_is_not(path, statement):
    assert find_writes([Source(f"src/egide/{path}.py", statement)]) == []


INNOCENT = [
    "codes.update(other)",
    "digest.update(b'x')",
    "wording.update()",
    "'Update the set of codes'",
    "'BEFORE UPDATE OR DELETE'",
]


@pytest.mark.parametrize("innocent", INNOCENT)
def test_what_writes_no_row_is_not_accused(innocent):
    assert find_writes([Source("src/egide/web/x.py", f"a = {innocent}")]) == []


def test_only_the_walls_own_room_gives_rights():
    assert find_rights(read_product()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON field_persons_person TO egide_app",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "CREATE ROLE egide_mine",
        "SET LOCAL ROLE egide_field",
        "set role none",
        "DROP POLICY own_rows ON field_persons_person",
        "ALTER TABLE field_persons_person DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_right_given_elsewhere_is_red(statement):
    text = f"cursor.execute({statement!r})"
    assert find_rights([Source("src/egide/statistics/collection/actions.py", text)])
    assert find_rights([Source("src/egide/foundation/wings/grants.py", text)]) == []
    assert find_rights([Source("src/egide/field/walls/migrations/0001_initial.py", text)]) == []
