"""The shape of the files: what they are called, how long they are, what they say they are for."""

import ast
from collections.abc import Iterable

from tests.architecture.source import CHECKOUT, FORGOTTEN, Source

DRAWERS = {"utils", "util", "helpers", "helper", "common", "mixins", "mixin", "misc", "tools", "stuff"}
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 800, 50


def find_drawers(paths: Iterable[str]) -> list[str]:
    """Files and folders named after nothing in particular, where everything ends up."""
    return sorted({
        f"{path}: no room is called `{part}`; name it after what lives there"
        for path in paths
        for part in path.removesuffix(".py").split("/")
        if part in DRAWERS
    })  # fmt: skip


def find_silent_modules(sources: Iterable[Source]) -> list[str]:
    """Modules that do not say what they are for. An empty file has nothing to say, a migration is dated history."""
    return [
        f"{source.path}: say in a docstring what lives here and what does not"
        for source in sources
        if source.text.strip() and not source.is_migration and not ast.get_docstring(source.tree)
    ]


def find_long_files(sources: Iterable[Source]) -> list[str]:
    """Files that nobody reads in one sitting."""
    breaches = []
    for source in sources:
        lines, limit = len(source.text.splitlines()), LONGEST_TEST_FILE if source.is_test else LONGEST_FILE
        if lines > limit:
            breaches.append(f"{source.path}: {lines} lines, and {limit} are allowed; split it by what changes together")
    return breaches


def find_long_functions(sources: Iterable[Source]) -> list[str]:
    """Functions that do more than one thing. A migration's are dated history."""
    return [
        f"{source.at(node)} `{node.name}` has {lines} lines, and {LONGEST_FUNCTION} are allowed"
        for source in sources
        if not source.is_migration
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def find_hidden_folders(paths: Iterable[str]) -> list[str]:
    """Folders of Python without `__init__.py`: the import contracts would not see them. Tests are shown to them apart."""
    files = set(paths)
    folders = {path.rpartition("/")[0] for path in files if path.startswith("src/egide/")}
    return sorted(
        f"{folder}: add __init__.py with what lives here, else the import contracts do not see this folder"
        for folder in folders
        if not folder.endswith("/tests") and f"{folder}/__init__.py" not in files
    )


def list_paths(*folders: str) -> list[str]:
    """The path of each Python file under the folders of the checkout."""
    return [
        str(path.relative_to(CHECKOUT))
        for folder in folders
        for path in (CHECKOUT / folder).rglob("*.py")
        if FORGOTTEN.isdisjoint(path.parts)
    ]
