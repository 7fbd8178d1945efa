"""Make the roles and the database, once, before any migration, as the server's superuser. Running it again is harmless.

Roles are made only here and under a lock, because two GRANTs at the same time fail with "tuple concurrently updated".
"""

import psycopg
from psycopg import sql

from .plan import KEEPER, LOGIN, OWNER, WINGS

DATABASE = "egide"
# a statement that fails, the row that fails it, or the very message ("invalid input …") would write names into the server's
# log (X11); the client is told all the same
SILENT_LOG = {
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_LOCK = 4_100_2511  # any fixed number: one preparation at a time on a server


def prepare_server(*, host: str, superuser: str) -> None:
    """Create the owner, the login role, one role for each wing, the keeper, and the database `egide`.

    No role inherits another: the login role reaches a wing only by SET ROLE, one at a time. The keeper owns the functions
    that policies call; the owner may hand functions to it, nobody logs in as it.
    """
    with psycopg.connect(host=host, user=superuser, dbname="postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        members = {**{wing.role: LOGIN for wing in WINGS.values()}, KEEPER: OWNER}
        for role, options in [(OWNER, "LOGIN CREATEDB"), (LOGIN, "LOGIN"), *((role, "NOLOGIN") for role in members)]:
            if role not in known:
                create = sql.SQL("CREATE ROLE {} " + options + " NOINHERIT NOSUPERUSER NOBYPASSRLS")
                connection.execute(create.format(sql.Identifier(role)))
                if role in members:
                    grant = sql.SQL("GRANT {} TO {}")
                    connection.execute(grant.format(sql.Identifier(role), sql.Identifier(members[role])))
        for role in (OWNER, LOGIN):
            for setting, value in SILENT_LOG.items():
                silence = sql.SQL("ALTER ROLE {} SET {} = {}")
                connection.execute(silence.format(sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
    with psycopg.connect(host=host, user=superuser, dbname=DATABASE, autocommit=True) as connection:
        # PostgreSQL 15 gives a NOINHERIT owner nothing of its database's own schema
        connection.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {} WITH GRANT OPTION").format(sql.Identifier(OWNER)))
