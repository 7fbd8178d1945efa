"""Writes outside `actions.py`: only an action writes, because only an action checks who, when, and leaves a trace."""

import ast
import re
from collections.abc import Iterable

from tests.architecture.source import Source, calls

MODEL_WRITES = {
    "save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "adelete", "acreate", "aupdate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
SQL_WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+(ONLY\s+)?[\w.\"{}]+\s+SET\s+\S+\s*=|DELETE\s+FROM|TRUNCATE\s|MERGE\s+INTO|COPY\s+\S+\s+FROM)",
    re.I,
)
SQL_RIGHTS = re.compile(
    r"\b((GRANT|REVOKE)\s.+\s(ON|TO|FROM)\s|(CREATE|ALTER|DROP)\s+(ROLE|USER|POLICY|TABLE|DATABASE)\b|SET\s+(LOCAL\s+)?ROLE\b)",
    re.I,
)
RIGHTS_ROOM = "egide.foundation.wings"


def find_writes(sources: Iterable[Source]) -> list[str]:
    """Calls that write rows and statements that write tables, outside actions and migrations."""
    return [
        breach
        for source in sources
        if source.name != "actions" and not source.is_migration
        for breach in (*_model_writes(source), *_sql_writes(source))
    ]


def _model_writes(source: Source) -> Iterable[str]:
    for node, receiver, name in calls(source):
        if name in MODEL_WRITES or (name == "update" and _updates_rows(node, receiver)):
            yield f"{source.at(node)} `.{name}()` writes outside actions.py: call an action of the room"


def _updates_rows(node: ast.Call, receiver: str) -> bool:
    """A queryset is updated by keyword; a dictionary, a set or a hash is not, unless it is spelt dict.update(a=1)."""
    by_keyword = bool(node.keywords) and not node.args
    return by_keyword or ".objects" in receiver or receiver.endswith(("filter()", "exclude()", "all()"))


def _sql_writes(source: Source) -> Iterable[str]:
    for line, text in source.literals():
        if found := SQL_WRITES.search(text):
            yield f"{source.at(line)} `{found[0]}` writes outside actions.py: call an action of the room"


def find_rights(sources: Iterable[Source]) -> list[str]:
    """Statements about roles, rights and tables outside the walls' own room and the migrations."""
    return [
        f"{source.at(line)} `{found[0].strip()}` rebuilds a wall: only {RIGHTS_ROOM} and migrations do"
        for source in sources
        if not source.module.startswith(RIGHTS_ROOM) and not source.is_migration
        for line, text in source.literals()
        if (found := SQL_RIGHTS.search(text))
    ]
