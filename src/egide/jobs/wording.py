"""The words of the house, without a system's gettext: extract, update, compile, check.

Lives here: reading every sentence marked for translation in src/egide and keeping one catalogue for each language: French says
everything, the safety languages say the safety pages and nothing else. Not here: the translations (web/locale), nor which
pages these are (web.languages). English is the sentence itself, so it has no catalogue.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from egide.core.typography import set_in_french
from egide.foundation.catalogue import get_nomenclature

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "web/locale"
CATALOGUE = LOCALE / "fr/LC_MESSAGES/django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
DRAWN = ("shell", "breadcrumb", "help_numbers", "entry", "field", "pointmap", "position")
SAFETY_SOURCES = (
    "web/public/help_now.py", "web/public/directory/*.py", "web/templates/public/help_now.*", "web/templates/public/directory/*.html",
    *(f"web/themes/neutral/templates/components/{name}.*" for name in DRAWN),
)  # fmt: skip
# said on the safety pages by files that say much else
SAFETY_SENTENCES = (
    "free of charge", "paid", "unknown", "less than 30 km", "30 to 80 km", "more than 80 km", "There is no such service.",
    "This page does not exist", "Check the spelling of the address, or start from one of these pages.",
    "Go to the home page", "Something broke on our side",
    "The page could not be made. It is not your doing, and what you were sending was not recorded.",
    "Try again in a few minutes. If it comes back, tell the team the address of this page and the hour.",
    "This form has expired",
    "The form came back without the key that proves it left from this site. Nothing was recorded.",
    "Go back, reload the page and send the form again. If your browser refuses cookies, allow them here.",
)  # fmt: skip
SAFETY_LISTS = ("service-audiences", "service-themes", "service-access")  # their labels, from the English


@dataclass(frozen=True)
class Language:
    """A language that has a catalogue: its English name, its plural (nplurals and rule), whether it says the safety pages alone."""

    name: str
    plural: str
    only_safety: bool = False


LANGUAGES = {
    "fr": Language("French", "nplurals=2; plural=(n > 1);"),
    "ar": Language(
        "Arabic",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        only_safety=True,
    ),
    "uk": Language(
        "Ukrainian",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
        only_safety=True,
    ),
}
FIRST_LINE = "# The {name} of Égide. Written by `egide update_messages`, translated by hand.\n"
TO_VERIFY = "# to_verify: no native speaker has read these sentences yet. Safety pages only.\n"
HEADER = """msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def catalogue_of(language: str) -> Path:
    """Where the sentences of a language are kept."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def extract(language: str = "fr") -> Catalog:
    """Every sentence a language has to say; tests and migrations say none."""
    found, safety = Catalog(locale="fr"), LANGUAGES[language].only_safety
    if safety:
        paths = [path for source in SAFETY_SOURCES for path in sorted(ROOT.glob(source))]
        for sentence in (*SAFETY_SENTENCES, *_labels()):
            found.add(sentence)
    else:
        paths = sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")])
    for path in paths:
        if {"tests", "migrations"}.isdisjoint(path.relative_to(ROOT).parts):
            for message, context in _sentences(path):
                found.add(message, context=context)
    return found


def _labels() -> Iterator[str]:
    for name in SAFETY_LISTS:
        for entry in get_nomenclature(name).codes.values():
            yield entry.label.en


def read_catalogue(path: Path = CATALOGUE, language: str = "fr") -> Catalog:
    """The catalogue of a language as it stands; an empty one before the first update."""
    content = path.read_bytes() if path.exists() else _header(language).encode()
    return read_po(BytesIO(content), locale=language)


def _header(language: str) -> str:
    told = LANGUAGES[language]
    first = FIRST_LINE.format(name=told.name) + (TO_VERIFY if told.only_safety else "")
    return first + HEADER.format(code=language, plural=told.plural)


def update(path: Path = CATALOGUE, language: str = "fr") -> Catalog:
    """Add the new sentences, drop those no longer said, keep every translation, and write the catalogue."""
    catalogue = read_catalogue(path, language)
    catalogue.update(extract(language), no_fuzzy_matching=True)
    for message in catalogue:
        message.user_comments, message.auto_comments = [], []
        if message.string and language == "fr":  # a new sentence has none yet
            message.string = _set(message.string)
    text = BytesIO()
    write_po(text, catalogue, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, _header(language).encode() + text.getvalue())
    return read_catalogue(path, language)


def _set(words: Any) -> Any:
    """French as a printer sets it, whatever the keyboard of whoever translated; a gap stays a gap."""
    if isinstance(words, list | tuple):
        return tuple(map(_set, words))
    return set_in_french(words) if words else words


def compile_words(path: Path = CATALOGUE, language: str = "fr") -> Path:
    """Write the compiled catalogue beside the written one; it is not kept in the repository."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(path, language))
    _replace(path.with_suffix(".mo"), compiled.getvalue())
    return path.with_suffix(".mo")


def faults(path: Path = CATALOGUE, language: str = "fr") -> list[str]:
    """What is wrong with a catalogue, one sentence each: untranslated, in doubt, no longer said, or broken."""
    catalogue, said, name = read_catalogue(path, language), extract(language), LANGUAGES[language].name
    known = {_key(message): message for message in catalogue if message.id}
    needed = {_key(message) for message in said if message.id}
    wrong = [f"Not in the catalogue: {_shown(key)}" for key in needed - set(known)]
    wrong += [f"No longer said: {_shown(key)}" for key in set(known) - needed]
    wrong += [f"No longer said: {message.id!r}" for message in catalogue.obsolete.values()]
    for key in needed & set(known):
        wrong += [f"{fault}: {_shown(key)}" for fault in _message_faults(known[key], catalogue, name)]
    if language != "fr":  # a sentence of the safety pages is a sentence of the house
        everything = {_key(message) for message in extract() if message.id}
        wrong += [f"Nobody says: “{each}”" for each in SAFETY_SENTENCES if (None, each) not in everything]
    return sorted(wrong)


def _message_faults(message: Message, catalogue: Catalog, language: str) -> Iterator[str]:
    words = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if not all(words):
        yield f"No {language}"
    if message.fuzzy:
        yield f"{language} in doubt"
    for error in message.check(catalogue):
        yield f"{language} that does not fit ({error})"


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
