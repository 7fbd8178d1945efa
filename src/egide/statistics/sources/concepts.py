"""What may be compared between two definitions of a concept: read from their relation, their unit and their nature.

Lives here: the rule, and the concept as a page shows it. Not here: the relations, which an expert writes (catalogue/concepts).
"""

from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from egide.foundation.catalogue import Concept, Definition, Source, Text, get_source, get_unit
from egide.foundation.catalogue import get_concept as _get
from egide.foundation.catalogue import list_concepts as _list

MIRROR = {"exact": "exact", "broader": "narrower", "narrower": "broader", "none": "none"}


@dataclass(frozen=True)
class DefinitionView:
    """One producer's definition, in words."""

    id: str
    label: Text
    source: str
    source_label: Text
    producer: Text
    words: Text
    unit: Text
    population: Text
    nature: str


@dataclass(frozen=True)
class RelationView:
    """How the first definition stands to the second, and what may be done with their figures.

    `comparable`: the levels may be set side by side as one thing; `verdict` says it, with the reasons.
    """

    of: DefinitionView
    to: DefinitionView
    kind: str
    why: Text
    comparable: bool
    verdict: str


@dataclass(frozen=True)
class ConceptView:
    """A concept: its definitions, and a verdict for each two of them."""

    code: str
    label: Text
    definitions: tuple[DefinitionView, ...]
    relations: tuple[RelationView, ...]


def list_concepts() -> list[ConceptView]:
    """Every concept, by code."""
    return [_view(concept) for concept in _list()]


def get_concept(code: str) -> ConceptView:
    """One concept. Raises UnknownEntry."""
    return _view(_get(code))


def _view(concept: Concept) -> ConceptView:
    shown = {each.id: _definition(each) for each in concept.definitions}
    kinds = {(each.of, each.to): (each.kind, each.why) for each in concept.relations}
    relations = []
    for a, b in combinations(concept.definitions, 2):
        kind, why = kinds.get((a.id, b.id)) or _mirrored(kinds[b.id, a.id])
        comparable, verdict = compare(kind, a, b)
        relations.append(RelationView(shown[a.id], shown[b.id], kind, why, comparable, verdict))
    return ConceptView(concept.code, concept.label, tuple(shown.values()), tuple(relations))


def _mirrored(told: tuple[str, Text]) -> tuple[str, Text]:
    return MIRROR[told[0]], told[1]


def compare(kind: str, a: Definition, b: Definition) -> tuple[bool, str]:
    """Whether the levels of two definitions may be compared, and the sentence that says what may be done.

    Only the same thing, counted in the same unit, in the same way: a survey and a record never add nor divide (AT-72).
    """
    if a.nature != b.nature:
        return False, _("A survey and records: never added, never divided one by the other.")
    if kind == "none":
        return False, _("Nothing may be compared: neither levels, nor changes, nor a ratio.")
    unknown = [each for each in (a, b) if each.unit == "UNKNOWN"]
    if unknown:
        return False, _("The unit of one of them is not established: levels are not compared.")
    if a.unit != b.unit:
        return False, _("They do not count the same unit: levels are not compared.")
    if kind == "exact":
        return True, _("Levels and changes may be compared.")
    return False, _("One contains the other: levels are not compared, and their difference counts nothing known.")


def _definition(each: Definition) -> DefinitionView:
    source: Source = get_source(each.source)
    unit = get_unit(each.unit) if each.unit != "UNKNOWN" else None
    words = Text(unit.label_fr, unit.label_en) if unit else Text("unité non établie", "unit not established")
    return DefinitionView(
        each.id,
        each.label,
        source.code,
        source.label,
        source.producer.label,
        each.words,
        words,
        each.population,
        each.nature,
    )
