"""Canaries: one row in every table that hangs on a file or a person, with a word of its own in every text column.

Only in a database that is thrown away: checks are dropped and foreign keys sleep while the rows are planted.
"""

from itertools import count
from uuid import uuid4

ROOTS = ("field_casefiles_casefile", "field_persons_person")
LONG_AGO = {"timestamp with time zone": "2020-01-02 10:00+00", "date": "2020-01-02", "time without time zone": "10:00"}
MARK = "ZQ7X"
FKS = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.conrelid::regclass::text LIKE 'field\\_%'
"""
CHECKS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE contype = 'c' AND conrelid::regclass::text LIKE 'field\\_%'
"""
COLUMNS = """
SELECT column_name, data_type, udt_name, coalesce(character_maximum_length, nullif(a.atttypmod, -1) - 4), is_identity = 'YES'
FROM information_schema.columns JOIN pg_attribute a ON a.attrelid = table_name::text::regclass AND a.attname = column_name
WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position
"""


def hanging(connection, roots=ROOTS):
    """Every table of the field that is reached from a file or a person by foreign keys, and the keys themselves."""
    keys = connection.execute(FKS).fetchall()
    reached, grew = set(roots), True
    while grew:
        grew = {child for child, _column, target in keys if target in reached} - reached
        reached |= grew
    return reached, {(child, column): target for child, column, target in keys}


class Planter:
    """Plants, and remembers which columns were too narrow for a word."""

    def __init__(self, connection):
        self.connection, self.numbers, self.narrow = connection, count(), []
        self.tables, self.keys = hanging(connection)

    def plant(self, case, person, organisation):
        """Plant one row in each table about `case` and `person`."""
        connection = self.connection
        for table, name in connection.execute(CHECKS).fetchall():
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        connection.execute("SET session_replication_role = replica")
        ids = {table: str(uuid4()) for table in self.tables} | {ROOTS[0]: str(case), ROOTS[1]: str(person)}
        for table in sorted(self.tables - set(ROOTS)):
            told = {name: self._value(table, name, ids, organisation, *kind) for name, *kind in self._columns(table)}
            told = {name: value for name, value in told.items() if value is not None}
            names, marks = ", ".join(f'"{name}"' for name in told), ", ".join(["%s"] * len(told))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(told.values()))
        for table in ROOTS:
            told = {name: self._word(table, name, *kind) for name, *kind in self._columns(table) if name != "state"}
            told = {name: value for name, value in told.items() if value is not None}
            sets = ", ".join(f'"{name}" = %s' for name in told)
            connection.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*told.values(), ids[table]])
        connection.commit()

    def _columns(self, table):
        return self.connection.execute(COLUMNS, [table]).fetchall()

    def _value(self, table, name, ids, organisation, kind, inner, width, identity):
        target = self.keys.get((table, name))
        if target is not None:
            return ids.get(target) or (str(organisation) if target.startswith("foundation") else str(uuid4()))
        if identity:
            return None
        if kind == "uuid":
            return ids[table] if name == "id" else str(uuid4())
        if (word := self._word(table, name, kind, inner, width, identity)) is not None:
            return word
        if kind in LONG_AGO:
            return LONG_AGO[kind]
        if kind == "boolean":
            return False
        return 1 if kind in ("integer", "bigint", "smallint", "double precision", "numeric") else None

    def _word(self, table, name, kind, inner, width, _identity):
        word = f"{MARK}{next(self.numbers):03}"
        if kind in ("character varying", "text"):
            if width is not None and width < len(word):
                self.narrow.append(f"{table}.{name}")
                return "x"
            return word
        if kind == "ARRAY" and inner in ("_varchar", "_text"):
            return [word[:width]]
        if kind == "jsonb":
            return f'{{"said": "{word}"}}'
        return word.encode() if kind == "bytea" else None
