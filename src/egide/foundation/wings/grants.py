"""Lay the grants: after each migration every right is taken back and given again from what the rooms declare.

Nothing is granted by default and nothing on a table that no room declares, so a forgotten table is a closed table.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from .plan import KEEPER, LOGIN, WINGS, wing_of_table
from .rooms import ALL, READ, RoomConfig

FRAMEWORK = {  # what the web's own machinery needs before it has entered any wing
    "django_session": ALL,
    "axes_accessattempt": ALL,
    "axes_accesslog": ALL,
    "axes_accessfailurelog": ALL,
    "axes_accessattemptexpiration": ALL,
    "django_content_type": READ,
}


ERASE = "SELECT, DELETE"  # what is kept about someone can be erased, by functions of the keeper only (X11)


def personal_tables() -> Iterator[tuple[str, list[str]]]:
    """Every table of a room that holds names, with its columns that point to a person: two records of one may be joined."""
    for room in apps.get_app_configs():
        for model in room.get_models() if isinstance(room, RoomConfig) else ():
            wing = wing_of_table(model._meta.db_table)
            if wing and wing.names:
                fields = [field for field in model._meta.local_fields if field.related_model is not None]
                pointers: list[str] = [
                    str(field.column) for field in fields if getattr(field.related_model, "__name__", "") == "Person"
                ]
                yield model._meta.db_table, pointers


def role_of(code: str) -> str:
    """The database role of a code used in a room's `rights`: a wing's code, "app" for the login role, or "keeper"."""
    return {"app": LOGIN, "keeper": KEEPER}.get(code) or WINGS[code].role


def declared_rights() -> Iterator[tuple[str, str, str]]:
    """Yield (table, role, rights) for each right that a room declares."""
    for room in apps.get_app_configs():
        for model_name, rights in room.rights.items() if isinstance(room, RoomConfig) else ():
            table = room.get_model(model_name)._meta.db_table
            everyone = dict.fromkeys(WINGS, rights["*"]) if "*" in rights else {}
            for code, right in {**everyone, **{c: r for c, r in rights.items() if c != "*"}}.items():
                yield table, role_of(code), right
    for table, pointers in personal_tables():
        yield table, KEEPER, ERASE
        if pointers:
            yield table, KEEPER, f"UPDATE ({', '.join(pointers)})"
    for table, right in FRAMEWORK.items():
        yield table, LOGIN, right


def declared_functions() -> Iterator[tuple[str, str]]:
    """Yield (function signature, role) for each function that a room opens to a role."""
    for room in apps.get_app_configs():
        for signature, codes in room.functions.items() if isinstance(room, RoomConfig) else ():
            for code in ("app", *WINGS) if "*" in codes else codes:
                yield signature, role_of(code)


def lay_grants() -> None:
    """Take back every right of the login role and of the wings, then give what is declared, in one transaction."""
    from django.db import transaction

    quote = connection.ops.quote_name
    roles = ", ".join(quote(role) for role in (LOGIN, KEEPER, *(wing.role for wing in WINGS.values())))
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        cursor.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {roles}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
        for table, role, right in declared_rights():
            if table in existing:
                cursor.execute(f"GRANT {right} ON {quote(table)} TO {quote(role)}")
                if "INSERT" in right:
                    _grant_sequences(cursor, table, role)
        for signature, role in declared_functions():
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {quote(role)}")


def _grant_sequences(cursor: CursorWrapper, table: str, role: str) -> None:
    quote = connection.ops.quote_name
    for sequence in connection.introspection.get_sequences(cursor, table):
        cursor.execute(f"GRANT USAGE ON SEQUENCE {quote(sequence['name'])} TO {quote(role)}")
