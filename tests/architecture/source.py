"""The source as the checkers read it: files, syntax trees, literals. No rule lives here."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FORGOTTEN = {"__pycache__", ".mypy_cache", ".ruff_cache"}


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the checkout; a test may make one up."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree, parsed once."""
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name of the file, without its suffix."""
        return Path(self.path).with_suffix("").parts

    @property
    def name(self) -> str:
        """The name of the file, without its suffix."""
        return self.parts[-1]

    @property
    def module(self) -> str:
        """The dotted name, as an import would write it."""
        parts = self.parts[1:] if self.parts[0] == "src" else self.parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def is_test(self) -> bool:
        """Whether the file is a test or serves tests."""
        return "tests" in self.parts[:-1]

    @property
    def is_migration(self) -> bool:
        """Whether the file is a step of the database's history."""
        return "migrations" in self.parts[:-1]

    def at(self, node: ast.AST | int) -> str:
        """The place of a node, as an editor opens it."""
        return f"{self.path}:{node if isinstance(node, int) else getattr(node, 'lineno', 1)}"

    def docstrings(self) -> Iterator[ast.Constant]:
        """The strings that stand alone as a statement: they explain, they do nothing."""
        for node in ast.walk(self.tree):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield node.value

    def literals(self) -> Iterator[tuple[int, str]]:
        """The line and text of each string the program uses; an f-string comes whole, with {} for what is computed."""
        passed = {id(node) for node in self.docstrings()}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                passed.update(id(part) for part in ast.walk(node) if part is not node)
                parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
                yield node.lineno, "".join(str(part) for part in parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
                yield node.lineno, node.value

    def imports(self) -> Iterator[tuple[int, str]]:
        """The line and full dotted name of each thing imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        kept = len(self.module.split(".")) - node.level + (self.name == "__init__")
        return ".".join([*self.module.split(".")[:kept], *([node.module] if node.module else [])])


def read_sources(*folders: str) -> list[Source]:
    """Every Python file under the folders of the checkout, in order."""
    return [
        Source(str(path.relative_to(CHECKOUT)), path.read_text())
        for folder in folders
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
        if FORGOTTEN.isdisjoint(path.parts)
    ]


def read_product() -> list[Source]:
    """The files that run in production: `src` without its tests."""
    return [source for source in read_sources("src") if not source.is_test]


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or a chain of attributes, with () for what is called on the way; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def calls(source: Source) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call, with what it is called on and its own name: `a.objects`, `create`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            receiver, _, name = dotted(node.func).rpartition(".")
            yield node, receiver, name
