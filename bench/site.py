"""A house for the benches: a fresh database and an empty folder of their own, taken away afterwards.

What lives here: the ground they are measured on. Not here: what is measured, nor a test's fixtures (conftest.py).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from egide.project import postgres

FOLDER = Path(__file__).resolve().parent.parent / "var/bench"


@contextmanager
def fresh_house(name: str) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty demonstration: a database without tables, a folder of its own."""
    started = postgres.start()
    database, folder = f"egide_bench_{name}", FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _recreate(database)
    try:
        yield {
            **os.environ, "EGIDE_MODE": "demonstration", "EGIDE_VAR": str(folder), "EGIDE_STORE": str(folder / "store"),
            "EGIDE_DB_NAME": database, "EGIDE_DB_USER": "egide_app",
        }  # fmt: skip
    finally:
        _drop(database)
        shutil.rmtree(folder, ignore_errors=True)
        if started:
            postgres.stop()


def _recreate(database: str) -> None:
    _drop(database)
    with _owner() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _drop(database: str) -> None:
    with _owner() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _owner() -> psycopg.Connection[tuple[object, ...]]:
    host = os.environ.get("EGIDE_DB_HOST", str(postgres.socket_dir()))
    return psycopg.connect(host=host, user="egide_owner", dbname="postgres", autocommit=True)
