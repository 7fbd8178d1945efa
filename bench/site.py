"""A house for the benches: a fresh database and an empty folder of their own, taken away afterwards.

What lives here: the ground they are measured on. Not here: what is measured, nor a test's fixtures (conftest.py).
"""

import os
import shutil
import subprocess
import sys
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


@contextmanager
def field_house(name: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a migrated database whose field is open; kept for the next run when EGIDE_BENCH_KEEP is set."""
    keep, folder, database = bool(os.environ.get("EGIDE_BENCH_KEEP")), FOLDER / name, f"egide_bench_{name}"
    environment = {
        **os.environ, "EGIDE_MODE": "demonstration", "EGIDE_VAR": str(folder), "EGIDE_STORE": str(folder / "store"),
        "EGIDE_DB_NAME": database, "EGIDE_DB_USER": "egide_app",
    }  # fmt: skip
    started = postgres.start()
    try:
        if not (keep and (folder / "load/seeded.json").exists()):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            _recreate(database)
        _open_field(environment)  # a kept database follows the migrations; the rest is written once
        yield environment
    finally:
        if not keep:
            _drop(database)
            shutil.rmtree(folder, ignore_errors=True)
        if started:
            postgres.stop()


def _open_field(environment: dict[str, str]) -> None:
    record = {
        "--controller": "Organisme fictif", "--act": "Arrêté fictif", "--dpia": "AIPD fictive", "--dpia-date": "2026-01-01",
        "--dpo": "Délégué fictif", "--retention": "aggregate-deliveries",
    }  # fmt: skip
    words = [word for pair in record.items() for word in pair]
    for user, command in (
        ("egide_owner", ["migrate", "-v0", "--skip-checks"]),
        ("egide_app", ["update_messages", "--compile"]),
        ("egide_app", ["register_processing", "field", "--fictional", *words]),
        ("egide_app", ["activate", "field"]),
    ):
        asked = [sys.executable, "-m", "egide.project.manage", *command]
        subprocess.run(asked, env={**environment, "EGIDE_DB_USER": user}, check=True, stdout=subprocess.DEVNULL)


def _recreate(database: str) -> None:
    _drop(database)
    with owner_of("postgres") as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _drop(database: str) -> None:
    with owner_of("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def owner_of(database: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the owner of the tables."""
    host = os.environ.get("EGIDE_DB_HOST", str(postgres.socket_dir()))
    return psycopg.connect(host=host, user="egide_owner", dbname=database, autocommit=True)
