"""Read the database's own catalogue and list every breach in the walls, whoever made it and by whatever road.

It works on any DB-API connection of the owner, so that a test can break a wall inside a transaction and see it named.
"""

from typing import Any

from .grants import declared_functions, declared_rights
from .plan import KEEPER, LOGIN, WINGS, wing_of_table

_RIGHTS = """
SELECT c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND a.grantee <> c.relowner
"""
_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
  (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""
_POLICIES = """
SELECT tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
WHERE schemaname = 'public' AND roles <> '{egide_keeper}'
"""
_VIEWS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')
"""
_DEFINERS = """
SELECT p.proname, p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prosecdef
"""


SUBJECT_WORDS = ("egide.subject", "field_subject(", "my_cases(", "my_persons(", "shared_sections(")


def list_breaches(connection: Any) -> list[str]:
    """Return one sentence for each breach: a table without its wall, a right nobody declared, a view, a foreign definer."""
    return [
        *_unwalled_tables(connection),
        *_blind_policies(connection),
        *_undeclared_rights(connection),
        *_side_doors(connection),
    ]


def _unwalled_tables(connection: Any) -> list[str]:
    breaches = []
    for table, forced, policies in connection.execute(_TABLES).fetchall():
        try:
            wing = wing_of_table(table)
        except ValueError:
            breaches.append(f"{table} belongs to no wing")
            continue
        if wing and wing.names and not forced:
            breaches.append(f"{table} does not force row-level security")
        if wing and wing.names and not policies:
            breaches.append(f"{table} has no policy")
    return breaches


def _blind_policies(connection: Any) -> list[str]:
    return [
        f"policy {policy} of {table} does not look at the subject"
        for table, policy, condition in connection.execute(_POLICIES).fetchall()
        if not any(word in condition for word in SUBJECT_WORDS)
    ]


def _undeclared_rights(connection: Any) -> list[str]:
    declared = {
        (table, role, right.strip().split()[0]) for table, role, rights in declared_rights() for right in _split(rights)
    }
    watched = {LOGIN, KEEPER, "PUBLIC", *(wing.role for wing in WINGS.values())}
    return [
        f"{role} may {right} {table}, which no room declares"
        for table, role, right in connection.execute(_RIGHTS).fetchall()
        if role in watched and (table, role, right) not in declared and not _own_wing(table, role)
    ]


def _own_wing(table: str, role: str) -> bool:
    """A right inside one's own wing is that wing's business; the trail's is not."""
    try:
        wing = wing_of_table(table)
    except ValueError:
        return False
    return wing is not None and wing.role == role and wing.code != "foundation"


def _split(rights: str) -> list[str]:
    """The rights of a GRANT on the whole table; a right on columns does not show in the table's list."""
    parts: list[str] = []
    depth, current = 0, ""
    for letter in rights:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts, current = [*parts, current], ""
        else:
            current += letter
    return [part for part in [*parts, current] if "(" not in part]


def _side_doors(connection: Any) -> list[str]:
    known = {signature.split("(")[0] for signature, _role in declared_functions()}
    views = [f"view {name} passes around row-level security" for (name,) in connection.execute(_VIEWS).fetchall()]
    definers = [
        f"function {name} runs with its owner's rights and no room declares it"
        for name, _signature in connection.execute(_DEFINERS).fetchall()
        if name not in known
    ]
    return views + definers
