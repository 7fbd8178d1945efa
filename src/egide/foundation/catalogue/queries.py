"""Asking the catalogue: `get_…` for one entry, `list_…` for many.

Lives here: the functions the rest of the house calls, cached on the catalogue's folder. Not here: the shapes
(`entries`), the reading (`files`, `parsing`). Files are read once per process: restart to see an edited catalogue, or
call `forget()` in a test that edits one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from egide.core.units import UNKNOWN_UNIT, CountingUnit
from egide.foundation.catalogue import entries as e
from egide.foundation.catalogue import parsing
from egide.foundation.catalogue.entries.grids import Grid, OfficialProfile, ShortForm
from egide.foundation.catalogue.entries.inventory import Concept, Sheet
from egide.foundation.catalogue.entries.letters import Indicator, Letter
from egide.foundation.catalogue.entries.recording import Recording
from egide.foundation.catalogue.entries.refusals import RefusalLetter
from egide.foundation.catalogue.entries.secrecy import LiaisonForm, Sections
from egide.foundation.catalogue.errors import UnknownEntry
from egide.foundation.catalogue.files import read_csv, root, yaml_files
from egide.foundation.catalogue.parsing import grids, inventory, letters, recording, refusals, secrecy
from egide.methods.secrecy import Protocol, Table

UNKNOWN = "UNKNOWN"
TERRITORY_FILES = ("countries", "regions", "departements", "collectivities", "communes", "fictional")


@lru_cache(maxsize=64)
def _nomenclature(base: Path, code: str) -> e.Nomenclature:
    path = base / "nomenclatures" / f"{code}.yaml"
    if not path.exists():
        raise UnknownEntry("nomenclature", code, [found.stem for found in yaml_files(base, "nomenclatures")])
    entry: e.Nomenclature = parsing.read(path, parsing.nomenclature)
    return entry


@lru_cache(maxsize=32)
def _folder(base: Path, folder: str) -> Mapping[str, Any]:
    """Every entry of a folder whose files hold one entry each, by code."""
    build = _builders(base)[folder]
    return {path.stem: parsing.read(path, build) for path in yaml_files(base, folder)}


def _builders(base: Path) -> dict[str, Callable[[Any], Any]]:
    return {
        "sources": lambda plain: parsing.source(plain, lambda code: _nomenclature(base, code)),
        "crosswalks": lambda plain: parsing.crosswalk(plain, base / "crosswalks" / f"{plain['code']}.csv"),
        "disclosure": parsing.disclosure_profile,
        "retention": parsing.retention_rule,
        "indicators": letters.indicator,
        "letters": letters.letter,
        "grids": grids.grid_file,
        "secrecy": lambda plain: secrecy.table(
            plain,
            _law(base).values(),
            *(_nomenclature(base, f"share-{what}").codes for what in ("recipients", "purposes")),
        ),
        "protocols": secrecy.protocol,
        "liaison-forms": secrecy.liaison_form,
        "refusal-letters": refusals.refusal_letter,
        "recording": recording.recording,
        "inventory": inventory.sheet,
        "concepts": inventory.concept,
    }


def _one(folder: str, kind: str, code: str) -> Any:
    entries = _folder(root(), folder)
    if code not in entries:
        raise UnknownEntry(kind, code, entries)
    return entries[code]


def get_source(code: str) -> e.Source:
    """The source `code`. Raises UnknownEntry."""
    found: e.Source = _one("sources", "source", code)
    return found


def list_sources() -> list[e.Source]:
    """Every source, by code."""
    return list(_folder(root(), "sources").values())


def get_sheet(source: str) -> Sheet:
    """What the inventory says of a source beside its layouts. Raises UnknownEntry."""
    found: Sheet = _one("inventory", "inventory sheet", source)
    return found


def get_concept(code: str) -> Concept:
    """The concept `code`. Raises UnknownEntry."""
    found: Concept = _one("concepts", "concept", code)
    return found


def list_concepts() -> list[Concept]:
    """Every concept, by code."""
    return list(_folder(root(), "concepts").values())


def get_nomenclature(code: str) -> e.Nomenclature:
    """The nomenclature `code`. Raises UnknownEntry."""
    return _nomenclature(root(), code)


def list_nomenclatures() -> list[e.Nomenclature]:
    """Every nomenclature, by code."""
    base = root()
    return [_nomenclature(base, path.stem) for path in yaml_files(base, "nomenclatures")]


def get_crosswalk(code: str) -> e.Crosswalk:
    """The crosswalk `code` ("etat4001--iccs"). Raises UnknownEntry."""
    found: e.Crosswalk = _one("crosswalks", "crosswalk", code)
    return found


def get_profile(code: str) -> e.DisclosureProfile:
    """The disclosure profile `code`. Raises UnknownEntry."""
    found: e.DisclosureProfile = _one("disclosure", "disclosure profile", code)
    return found


def get_indicator(code: str) -> Indicator:
    """The indicator `code`. Raises UnknownEntry."""
    found: Indicator = _one("indicators", "indicator", code)
    return found


def list_indicators() -> list[Indicator]:
    """Every indicator, by code."""
    return list(_folder(root(), "indicators").values())


def get_letter(edition: int | str) -> Letter:
    """The letter of `edition` (a year). Raises UnknownEntry."""
    found: Letter = _one("letters", "letter", str(edition))
    return found


def list_letters() -> list[Letter]:
    """Every letter, oldest edition first."""
    return sorted(_folder(root(), "letters").values(), key=lambda letter: letter.edition)


def _grid_file(wanted: type[Any], kind: str, code: str) -> Any:
    found = {key: entry for key, entry in _folder(root(), "grids").items() if isinstance(entry, wanted)}
    if code not in found:
        raise UnknownEntry(kind, code, found)
    return found[code]


def get_grid(code: str) -> Grid:
    """The danger grid `code` ("danger"): words, tasks, clocks, and `method` for `danger.assess`. Raises UnknownEntry."""
    found: Grid = _grid_file(Grid, "grid", code)
    return found


def list_grids() -> list[Grid]:
    """Every danger grid, by code; the official profile and the short form are asked for by their own name."""
    return [entry for entry in _folder(root(), "grids").values() if isinstance(entry, Grid)]


def get_official_profile(code: str = "official-profile") -> OfficialProfile:
    """The reading profile of the official grid, by numbers only. Raises UnknownEntry."""
    found: OfficialProfile = _grid_file(OfficialProfile, "official profile", code)
    return found


def get_short_form(code: str = "short-form") -> ShortForm:
    """The short form of the first minutes. Raises UnknownEntry."""
    found: ShortForm = _grid_file(ShortForm, "short form", code)
    return found


def get_unit(code: str) -> CountingUnit:
    """The counting unit `code`; "UNKNOWN" gives a unit that never adds.

    Raises UnknownEntry; percent is a ratio (nomenclature "ratios"), not a counting unit.
    """
    if code == UNKNOWN:
        return UNKNOWN_UNIT(UNKNOWN)
    codes = get_nomenclature("counting-units").codes
    if code not in codes:
        raise UnknownEntry("counting unit", code, codes)
    entry = codes[code]
    return CountingUnit(entry.code, entry.label.fr, entry.label.en, entry.additive_over)


def get_unit_of(nomenclature: str, code: str) -> CountingUnit:
    """The unit in which one code of a nomenclature is counted: unit of ("etat4001", "46") is victim.

    A code whose unit is unknown gets an unknown unit of its own ("etat4001:1"): two of them never add. Raises
    UnknownEntry.
    """
    codes = get_nomenclature(nomenclature).codes
    if code not in codes:
        raise UnknownEntry(f"code of {nomenclature}", code, codes)
    unit = codes[code].unit
    return UNKNOWN_UNIT(f"{nomenclature}:{code}") if unit in (None, UNKNOWN) else get_unit(str(unit))


@lru_cache(maxsize=4)
def _territories(base: Path) -> Mapping[str, e.Territory]:
    found: dict[str, e.Territory] = {}
    for name in TERRITORY_FILES:
        path = base / "territories" / f"{name}.csv"
        if path.exists():
            found.update((row["code"], _territory(name, row)) for _line, row in read_csv(path))
    return found


def _territory(file: str, row: Mapping[str, str]) -> e.Territory:
    level = row.get("level") or {"regions": "region", "departements": "departement", "communes": "commune"}.get(
        file, ""
    )
    parent = row.get("parent") or row.get("departement") or row.get("region")
    return e.Territory(
        code=row["code"],
        name=row["name"],
        level=level or "collectivity",
        parent=parent or None,
        insee=row.get("insee") or row["code"],
        kind=row.get("kind") or None,
        valid_from=parsing.day(row.get("valid_from")),
        valid_to=parsing.day(row.get("valid_to")),
        fictional=row.get("fictional") == "true",
    )


def list_territories(level: str, *, fictional: bool = False) -> list[e.Territory]:
    """The territories of a level (country, region, departement, collectivity, commune), by code.

    Fictional ones are left out unless `fictional` is true: the 101 départements stay 101.
    """
    found = [item for item in _territories(root()).values() if item.level == level]
    return sorted((item for item in found if fictional or not item.fictional), key=lambda item: item.code)


def get_territory(code: str) -> e.Territory:
    """The territory `code` ("FR", "FR-METRO", "R11", "75", "75056", "990"). Raises UnknownEntry."""
    territories = _territories(root())
    if code not in territories:
        raise UnknownEntry(
            "territory", code, (known for known in territories if len(known) < 5 or code[:2] == known[:2])
        )
    return territories[code]


@lru_cache(maxsize=4)
def _law(base: Path) -> Mapping[str, e.LawArticle]:
    found: dict[str, e.LawArticle] = {}
    for path in yaml_files(base, "law"):
        found.update((article.code, article) for article in parsing.read(path, parsing.law_articles))
    return found


def get_law(code: str) -> e.LawArticle:
    """The article `code` ("loi-51-711-art-6"). Raises UnknownEntry."""
    articles = _law(root())
    if code not in articles:
        raise UnknownEntry("article of law", code, articles)
    return articles[code]


def list_law() -> list[e.LawArticle]:
    """Every article of law, by act then as written."""
    return list(_law(root()).values())


def get_article(article: str, on: date) -> e.LawArticle:
    """The version of an article in force on a day, by the name it keeps ("cp-226-14-danger-couple").

    Raises UnknownEntry for a name nobody knows, or when no version was in force that day.
    """
    versions = [each for each in list_law() if article == (each.article or each.code)]
    for each in versions:
        if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to):
            return each
    known = {each.article or each.code for each in list_law()} if not versions else {each.code for each in versions}
    raise UnknownEntry(f"article in force on {on}", article, known)


def get_secrecy_table(code: str = "sharing") -> Table:
    """The secrecy wizard's table with the law it reads, for `secrecy.decide`. Raises UnknownEntry."""
    found: Table = _one("secrecy", "secrecy table", code)
    return found


def list_protocols() -> list[Protocol]:
    """Every local protocol, by code, open or not: `secrecy.decide` reads the day."""
    return list(_folder(root(), "protocols").values())


def get_sections() -> Sections:
    """The sections of consent, and the items of forms with the section of each."""
    return secrecy.sections(get_nomenclature("sections"))


def get_liaison_form(code: str = "liaison-sheet") -> LiaisonForm:
    """The liaison form `code`. Raises UnknownEntry."""
    found: LiaisonForm = _one("liaison-forms", "liaison form", code)
    return found


def list_liaison_forms() -> list[LiaisonForm]:
    """Every liaison form, by code."""
    return list(_folder(root(), "liaison-forms").values())


def get_retention_rule(code: str) -> e.RetentionRule:
    """The retention clock `code`. Raises UnknownEntry."""
    found: e.RetentionRule = _one("retention", "retention rule", code)
    return found


def get_refusal_letter(code: str) -> RefusalLetter:
    """The letter after a refusal `code` ("prosecutor"). Raises UnknownEntry."""
    found: RefusalLetter = _one("refusal-letters", "refusal letter", code)
    return found


def get_recording(code: str) -> Recording:
    """The calendar of recording `code` ("france"). Raises UnknownEntry."""
    found: Recording = _one("recording", "calendar of recording", code)
    return found


def list_refusal_letters() -> list[RefusalLetter]:
    """Every letter after a refusal, by code."""
    return list(_folder(root(), "refusal-letters").values())


def list_retention_rules() -> list[e.RetentionRule]:
    """Every retention clock, by code."""
    return list(_folder(root(), "retention").values())


def forget() -> None:
    """Forget what was read, so that an edited catalogue is read again."""
    for cached in (_nomenclature, _folder, _territories, _law):
        cached.cache_clear()
