"""The French words of the house, without a system's gettext: extract, update, compile, check.

Lives here: reading every sentence marked for translation in src/egide and keeping one catalogue of French. Not here:
the translations (web/locale). English is the sentence itself, so it has no catalogue.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from egide.core.typography import set_in_french

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "web/locale/fr/LC_MESSAGES/django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = """# The French of Égide. Written by `egide update_messages`, translated by hand.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


def extract() -> Catalog:
    """Every sentence marked in the code and the templates of src/egide, tests and migrations left out."""
    found = Catalog(locale="fr")
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]):
        if {"tests", "migrations"}.isdisjoint(path.relative_to(ROOT).parts):
            for message, context in _sentences(path):
                found.add(message, context=context)
    return found


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """The French catalogue as it stands; an empty one before the first update."""
    if not path.exists():
        return Catalog(locale="fr")
    with open(path, "rb") as file:
        return read_po(file, locale="fr")


def update(path: Path = CATALOGUE) -> Catalog:
    """Add the new sentences, drop those no longer said, keep every translation, and write the catalogue."""
    catalogue = read_catalogue(path)
    catalogue.update(extract(), no_fuzzy_matching=True)
    for message in catalogue:
        message.user_comments, message.auto_comments = [], []
        if message.string:  # a new sentence has none yet
            message.string = _set(message.string)
    text = BytesIO()
    write_po(text, catalogue, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, HEADER.encode() + text.getvalue())
    return read_catalogue(path)


def _set(words: Any) -> Any:
    """French as a printer sets it, whatever the keyboard of whoever translated; a gap stays a gap."""
    if isinstance(words, list | tuple):
        return tuple(map(_set, words))
    return set_in_french(words) if words else words


def compile_french(path: Path = CATALOGUE) -> Path:
    """Write the compiled catalogue beside the written one; it is not kept in the repository."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(path))
    _replace(path.with_suffix(".mo"), compiled.getvalue())
    return path.with_suffix(".mo")


def faults(path: Path = CATALOGUE) -> list[str]:
    """What is wrong with the catalogue, one sentence each: untranslated, in doubt, no longer said, or broken."""
    catalogue, said = read_catalogue(path), extract()
    known = {_key(message): message for message in catalogue if message.id}
    needed = {_key(message) for message in said if message.id}
    wrong = [f"Not in the catalogue: {_shown(key)}" for key in needed - set(known)]
    wrong += [f"No longer said: {_shown(key)}" for key in set(known) - needed]
    wrong += [f"No longer said: {message.id!r}" for message in catalogue.obsolete.values()]
    for key in needed & set(known):
        wrong += [f"{fault}: {_shown(key)}" for fault in _message_faults(known[key], catalogue)]
    return sorted(wrong)


def _message_faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    words = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if not all(words):
        yield "No French"
    if message.fuzzy:
        yield "French in doubt"
    for error in message.check(catalogue):
        yield f"French that does not fit ({error})"


def _sentences(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        blanked = templatize(source, origin=str(path))  # all but the sentences becomes letters, indented at random
        source = "\n".join(line.strip() for line in blanked.splitlines())
    options = {"encoding": "utf-8"}
    for _line, function, messages, _comments in extract_python(BytesIO(source.encode()), list(KEYWORDS), [], options):
        parts = [
            part for part in (messages if isinstance(messages, tuple | list) else (messages,)) if isinstance(part, str)
        ]
        if not parts or not function:
            continue
        context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
        if "ngettext" in function or "npgettext" in function:
            yield (parts[0], parts[1]), context
        elif parts and parts[0]:
            yield parts[0], context


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _shown(key: tuple[str | None, str]) -> str:
    return f"“{key[1]}”"


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader sees the old file or the new one."""
    if path.exists() and path.read_bytes() == content:
        return
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)
