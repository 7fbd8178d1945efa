"""Passages from one wing to another that an import does not show: table names, labels of models, templates, relations."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.architecture.layers import Orders, may_use
from tests.architecture.source import CHECKOUT, Source, calls

WINGS = ("field", "programmes", "investigation", "vigilance", "statistics", "foundation")
TABLE = re.compile(rf"\b({'|'.join(WINGS)})_[a-z0-9]+_[a-z0-9_]+\b")
LABEL = re.compile(rf"^({'|'.join(WINGS)})_[a-z0-9]+(\.|$)")
DYNAMIC = {"import_module", "__import__", "import_string", "exec", "eval", "spec_from_file_location"}


def wing_of(module: str) -> str:
    """The wing a module lives in, by its dotted name; "" for those that belong to none."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in WINGS else ""


def find_foreign_tables(sources: Iterable[Source]) -> list[str]:
    """Names of another wing's tables in the strings of a program. A policy, in a migration, may look at the foundation's."""
    return [
        f"{source.at(line)} names the table {found[0]} of {found[1]}: ask that wing's queries, or deliver through bridge"
        for source in sources
        for line, text in source.literals()
        for found in TABLE.finditer(text)
        if found[1] != wing_of(source.module) and not (source.is_migration and found[1] == "foundation")
    ]


def find_back_doors(sources: Iterable[Source]) -> list[str]:
    """Another wing's models fetched by their label, and imports made at run time: both pass around the contracts."""
    breaches = []
    for source in sources:
        for node, _receiver, name in calls(source):
            if name in DYNAMIC:
                breaches.append(f"{source.at(node)} `{name}` imports or runs what the import contracts cannot see")
            label = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            found = LABEL.match(label) if name == "get_model" and isinstance(label, str) else None
            if found and found[1] != wing_of(source.module):
                breaches.append(
                    f"{source.at(node)} fetches a model of {found[1]} by its label: ask that wing's queries"
                )
    return breaches


@dataclass(frozen=True)
class Relation:
    """A field of a model that points to another model, by the rooms both live in."""

    room: str
    field: str
    target: str


def list_relations(models: Iterable[Any]) -> Iterator[Relation]:
    """Every foreign key, one-to-one and many-to-many field, string or not, of the models that are rooms of ours."""
    for model in models:
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.is_relation and field.related_model is not None:
                room, target = model._meta.app_config.name, field.related_model._meta.app_config.name
                if room.startswith("egide."):
                    yield Relation(room, f"{model.__name__}.{field.name}", target)


def find_foreign_keys(relations: Iterable[Relation], orders: Orders) -> list[str]:
    """Relations that leave their wing, or climb from a room to one above it."""
    return [
        f"{relation.room}: {relation.field} points to {relation.target}; keep an identifier, or turn the relation round"
        for relation in relations
        if relation.target.startswith("egide.") and not may_use(relation.room, relation.target, orders)
    ]


@dataclass(frozen=True)
class Page:
    """One template: its path from the checkout, its text, the name it is called by."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """The name it is included by: what follows `templates/`."""
        return self.path.rpartition("templates/")[2]

    @property
    def room(self) -> str:
        """The dotted name of the room that owns it: the page's audience, the components, or the room it lies in."""
        above = self.path.partition("/templates/")[0].removeprefix("src/").replace("/", ".")
        return f"egide.web.{self.name.partition('/')[0]}" if above.startswith("egide.web") else above


def read_pages() -> list[Page]:
    """Every template of the house."""
    paths = sorted(path for path in (CHECKOUT / "src").rglob("templates/**/*") if path.is_file())
    return [Page(str(path.relative_to(CHECKOUT)), path.read_text()) for path in paths]


INCLUSION = re.compile(r"\{%-?\s*(?:include|extends)\s+(\S+)")
TEMPLATE_NAME = re.compile(r"^[\w{}]+/[\w/{}-]+\.(html|css|txt|typ)$")


def find_foreign_templates(pages: Iterable[Page], sources: Iterable[Source], orders: Orders) -> list[str]:
    """Templates that are included, extended or drawn by a room which may not know theirs, or that do not exist."""
    pages = list(pages)
    owners = {page.name: page.room for page in pages} | {page.name.partition("/")[0]: page.room for page in pages}
    uses = [
        *((page.path, page.room, asked) for page in pages for asked in INCLUSION.findall(page.text)),
        *((source.at(line), source.module, f'"{text}"') for source in sources for line, text in _template_names(source)),
    ]  # fmt: skip
    return [breach for place, user, asked in uses if (breach := _judge(place, user, asked, owners, orders))]


def _template_names(source: Source) -> Iterator[tuple[int, str]]:
    return ((line, text) for line, text in source.literals() if TEMPLATE_NAME.match(text))


def _judge(place: str, user: str, asked: str, owners: Mapping[str, str], orders: Orders) -> str:
    if asked[0] not in "\"'":
        return f"{place} includes a template by a variable ({asked}): nobody can check whose it is"
    name = asked.strip("\"'")
    owner = owners.get(name.partition("/")[0] if "{" in name else name)
    if owner is None:
        return f"{place} asks for the template {name}, which does not exist"
    return "" if may_use(user, owner, orders) else f"{place} draws {name} of {owner}, a room it may not know"


def find_borrowed_components(pages: Iterable[Page], components: Iterable[str]) -> list[str]:
    """Templates outside the web that use its components, which stand above every room."""
    words = "|".join(sorted(map(re.escape, components)))
    pattern = re.compile(rf"\{{%-?\s*({words})\b[^%]*%\}}|\|\s*({words})\b")
    return [
        f"{page.path} uses the component `{found[1] or found[2]}` of the web, which stands above it"
        for page in pages
        if not page.room.startswith("egide.web") and Path(page.path).suffix == ".html"
        for found in pattern.finditer(page.text)
    ]
