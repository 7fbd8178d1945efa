"""Checks of one file by itself: is it YAML, does it keep to its JSON schema, are its dates in order, is it well named.

Lives here: what needs no other file. Not here: references between files (`checking.sources`, `checking.letters`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import FOLDERS, Document, YamlPath, read_yaml, schema

LANGUAGES = {"fr": "French", "en": "English"}
NAMED_AFTER = {"letter": "edition", "law": None, "territories": None}


def read_or_explain(base: Path, path: Path) -> Document | Problem:
    """The document at `path`, or the problem that keeps it from being read."""
    file = path.relative_to(base).as_posix()
    try:
        return read_yaml(path)
    except UnicodeDecodeError:
        return Problem(file, 1, "the file is not in UTF-8", "save it in the UTF-8 encoding")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem or error.context}"
        return Problem(
            file, line, what, "look at the indentation, the quotes and the colons of this line and the one above"
        )
    except yaml.YAMLError as error:
        return Problem(file, 1, f"this is not YAML: {error}", "remove the characters that are not text")


def check_document(base: Path, document: Document) -> Iterator[Problem]:
    """Every problem of one readable file taken alone."""
    file = document.path.relative_to(base).as_posix()
    kind = FOLDERS[document.path.parent.name]
    for key, line in document.repeated:
        yield Problem(file, line, f"the key {key!r} is written twice in the same place", "keep one of the two")
    errors = sorted(validator(base, kind).iter_errors(document.content), key=lambda error: list(map(str, error.path)))
    for error in errors:
        yield _word(file, document, error)
    if not errors:
        yield from _check_name(file, document, kind)
        yield from _check_dates(file, document, document.content, ())


def validator(base: Path, kind: str) -> Draft202012Validator:
    """The validator of one kind of entry, with the shared definitions of common.schema.json."""
    common = Resource.from_contents(schema(base, "common"))
    registry: Registry[Any] = Registry().with_resource("common.schema.json", common)
    return Draft202012Validator(schema(base, kind), registry=registry)


def _word(file: str, document: Document, error: Any) -> Problem:
    if error.validator == "anyOf" and error.context:
        inner = [found for found in error.context if found.validator != "type"]
        if inner and not error.schema.get("description"):
            return _word(file, document, inner[0])
    where: YamlPath = tuple(error.absolute_path)
    name = _name(where)
    wordings = {"required": _missing, "additionalProperties": _unknown_key, "type": _wrong_type}
    if error.validator in wordings:
        what, remedy, where = wordings[str(error.validator)](error, name, where)
    elif error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        what, remedy = f"{name} is {error.instance!r}", choose_from(allowed, str(error.instance))
    elif error.validator == "pattern" and not str(error.instance).strip():
        what, remedy = f"{name} is empty", "write it"
    else:
        what, remedy = f"{name} does not fit: {error.message[:160]}", _description(error)
    return Problem(file, document.line(where), what, remedy)


def _name(where: YamlPath) -> str:
    parts = [str(part + 1) if isinstance(part, int) else part for part in where]
    return " › ".join(parts) if parts else "the file"


def _description(error: Any) -> str:
    said = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"write {said}" if said else "see the kind's schema in catalogue/schemas"


def _missing(error: Any, name: str, where: YamlPath) -> tuple[str, str, YamlPath]:
    key = next((key for key in error.validator_value if key not in error.instance), "?")
    if key in LANGUAGES:
        return f"{name} has no {LANGUAGES[key]} text", f"add `{key}:` with the {LANGUAGES[key]} text", where
    if key == "not_published":
        return "an indicator without a source must say what is printed", "add `not_published: {fr: …, en: …}`", where
    return f"{name} lacks the key {key!r}", f"add `{key}:`", where


def _unknown_key(error: Any, name: str, where: YamlPath) -> tuple[str, str, YamlPath]:
    allowed = error.schema.get("properties", {})
    key = next((key for key in error.instance if key not in allowed), "?")
    return f"{name} has a key {key!r} nobody reads", choose_from(allowed, key), (*where, key)


def _wrong_type(error: Any, name: str, where: YamlPath) -> tuple[str, str, YamlPath]:
    wanted = error.validator_value
    if wanted == "string" and isinstance(error.instance, int | float):
        return f"{name} is the number {error.instance}, a text is wanted", f'put quotes: "{error.instance}"', where
    if error.instance is None:
        return f"{name} is empty", "write it, or remove the key", where
    return f"{name} is not of the kind {wanted}", _description(error), where


def _check_name(file: str, document: Document, kind: str) -> Iterator[Problem]:
    key = NAMED_AFTER.get(kind, "code")
    if key and str(document.content[key]) != document.path.stem:
        what = f"the {key} {document.content[key]!r} is not the name of the file"
        yield Problem(
            file, document.line((key,)), what, f"call the file {document.content[key]}.yaml, or change the {key}"
        )


def _check_dates(file: str, document: Document, node: Any, where: YamlPath) -> Iterator[Problem]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _check_dates(file, document, item, (*where, index))
    if not isinstance(node, dict):
        return
    found: dict[str, date] = {}
    for key in ("valid_from", "valid_to", "last_checked", "vintage_date", "dated"):
        if isinstance(node.get(key), str):
            try:
                found[key] = date.fromisoformat(node[key])
            except ValueError:
                what = f"{key} {node[key]!r} is no date of the calendar"
                yield Problem(file, document.line((*where, key)), what, "write year-month-day, such as 2026-01-31")
    if "valid_from" in found and "valid_to" in found and found["valid_to"] < found["valid_from"]:
        what = f"valid_to {found['valid_to']} comes before valid_from {found['valid_from']}"
        yield Problem(file, document.line((*where, "valid_to")), what, "put the two dates in order")
    for key, value in node.items():
        yield from _check_dates(file, document, value, (*where, key))
