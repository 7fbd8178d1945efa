"""The walls below Python, attacked by raw SQL as each role of the web."""

from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from egide.foundation.wings.entering import PUBLIC, AlreadyInside, Subject, entering
from egide.foundation.wings.plan import LOGIN, OWNER, WINGS, wing_of_table
from egide.foundation.wings.scan import list_breaches

WING_CODES = sorted(WINGS)
ATTACKS = [
    "UPDATE {t} SET {c} = {c}",
    "DELETE FROM {t}",
    "TRUNCATE {t}",
    "DROP TABLE {t}",
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
]
TARGETS = [
    ("foundation_accounts_account", "name"),
    ("foundation_audit_event", "code"),
    ("foundation_organisations_mandate", "valid_to"),
    ("foundation_legal_processingrecord", "act"),
]


def rows(statement: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def tables() -> list[str]:
    return [row[0] for row in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            rows(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


@pytest.mark.django_db
def test_the_web_connects_as_a_role_that_owns_nothing_and_inherits_nothing():
    assert rows("SELECT current_user") == [(LOGIN,)]
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolinherit, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows(f"SELECT count(*) FROM pg_tables WHERE tableowner = '{LOGIN}'") == [(0,)]


@pytest.mark.django_db
def test_outside_a_wing_no_table_of_a_wing_can_be_read():
    for table in tables():
        wing = wing_of_table(table)
        if wing and wing.code != "foundation":
            assert refused(f'SELECT * FROM "{table}" LIMIT 1'), table


@pytest.mark.django_db
@pytest.mark.parametrize("code", WING_CODES)
def test_a_wing_reads_no_other_wing_and_no_session_or_secret(code):
    with entering(code, Subject.job("attack")):
        for table in tables():
            owner = wing_of_table(table)
            foreign = owner is None or (
                owner.code != code and owner.code != "foundation" and not _published(code, table)
            )
            if foreign:
                assert refused(f'SELECT * FROM "{table}" LIMIT 1'), f"{code} reads {table}"


def _published(code: str, table: str) -> bool:
    """What everyone may read: the letters, and what a change of definition broke."""
    return code == "public" and table.startswith(("statistics_publication_", "statistics_sources_definitionchange"))


@pytest.mark.django_db
@pytest.mark.parametrize("code", [c for c in WING_CODES if c != "foundation"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_wing_writes_foundation_or_rebuilds_a_table(code, attack):
    with entering(code, Subject.job("attack")):
        for table, column in TARGETS:
            with pytest.raises(DatabaseError), transaction.atomic():
                rows(attack.format(t=table, c=column))


@pytest.mark.django_db
def test_a_request_enters_exactly_one_wing():
    with (
        entering("statistics", Subject.job("test")),
        pytest.raises(AlreadyInside),
        entering("field", Subject.job("test")),
    ):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["success", "failure"])
def test_role_and_subject_are_laid_down_on_the_way_out(ending):
    try:
        with entering("statistics", Subject.job("test")):
            assert rows("SELECT current_user, current_setting('egide.subject')") == [("egide_statistics", "test")]
            if ending == "failure":
                raise RuntimeError
    except RuntimeError:
        pass
    assert rows("SELECT current_user, current_setting('egide.subject', true)") == [(LOGIN, "")]


@pytest.mark.django_db
def test_without_a_subject_the_tables_of_publication_answer_nothing():
    with entering("statistics", Subject.job("test")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('egide.subject_kind', '', true)")
        assert rows("SELECT count(*) FROM statistics_publication_release") == [(0,)]


def test_the_built_house_has_no_breach(owner, db):
    assert list_breaches(owner) == []


DUMMY = """
CREATE TABLE field_dummy (id int, account uuid);
ALTER TABLE field_dummy ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_dummy FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON field_dummy TO egide_field USING (account = nullif(current_setting('egide.subject', true), '')::uuid);
GRANT SELECT ON field_dummy TO egide_field;
"""


def test_a_well_walled_dummy_of_the_field_is_no_breach(owner, db):
    owner.execute(DUMMY)
    assert list_breaches(owner) == []


@pytest.mark.parametrize(
    ("mischief", "named"),
    [
        ("ALTER TABLE field_dummy NO FORCE ROW LEVEL SECURITY", "field_dummy does not force row-level security"),
        ("ALTER TABLE field_dummy DISABLE ROW LEVEL SECURITY", "field_dummy does not force row-level security"),
        ("DROP POLICY own_rows ON field_dummy", "field_dummy has no policy"),
        (
            "CREATE POLICY open_bar ON field_dummy USING (true)",
            "policy open_bar of field_dummy does not look at the subject",
        ),
        ("GRANT SELECT ON field_dummy TO egide_statistics", "egide_statistics may SELECT field_dummy"),
        ("GRANT SELECT ON field_dummy TO PUBLIC", "PUBLIC may SELECT field_dummy"),
        (
            "GRANT UPDATE ON foundation_audit_event TO egide_foundation",
            "egide_foundation may UPDATE foundation_audit_event",
        ),
        (
            "GRANT DELETE ON statistics_collection_delivery TO egide_app",
            "egide_app may DELETE statistics_collection_delivery",
        ),
        ("CREATE TABLE orphan (id int)", "orphan belongs to no wing"),
        ("CREATE VIEW peep AS SELECT * FROM field_dummy", "view peep"),
        ("CREATE FUNCTION leak() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", "function leak"),
    ],
)
def test_each_wall_is_red_when_broken_on_purpose(owner, db, mischief, named):
    owner.execute(DUMMY)
    owner.execute(mischief)
    assert any(named in breach for breach in list_breaches(owner)), list_breaches(owner)


def test_the_dummy_of_the_field_shows_its_rows_to_their_subject_only(own_database, owner):
    mine, other = UUID(int=1), UUID(int=2)
    owner.execute(DUMMY)
    owner.execute("ALTER TABLE field_dummy NO FORCE ROW LEVEL SECURITY")
    owner.execute("INSERT INTO field_dummy VALUES (1, %s), (2, %s)", [mine, other])
    owner.execute("ALTER TABLE field_dummy FORCE ROW LEVEL SECURITY")
    assert owner.execute("SELECT count(*) FROM field_dummy").fetchone() == (0,), "the owner itself is walled"
    owner.commit()
    with entering("field", Subject.account(mine)):
        assert rows("SELECT id FROM field_dummy") == [(1,)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('egide.subject', '', true)")
        assert rows("SELECT id FROM field_dummy") == []
    assert refused("SELECT id FROM field_dummy")


@pytest.mark.django_db
def test_the_public_enters_without_an_account():
    with entering("public", PUBLIC):
        assert rows("SELECT current_user") == [("egide_public",)]


@pytest.mark.django_db
def test_the_owner_enters_no_wing(owner):
    assert owner.execute("SELECT current_user").fetchone() == (OWNER,)
    with pytest.raises(Exception, match="permission denied"):
        owner.execute("SET ROLE egide_field")


@pytest.mark.django_db
def test_each_role_can_do_what_its_room_declares(owner):
    from egide.foundation.wings.grants import declared_rights

    for table, role, rights in declared_rights():
        for right in rights.split(","):
            if "(" not in rights:
                allowed = owner.execute(
                    "SELECT has_table_privilege(%s, %s, %s)", [role, table, right.strip()]
                ).fetchone()
                assert allowed == (True,), (table, role, right)
