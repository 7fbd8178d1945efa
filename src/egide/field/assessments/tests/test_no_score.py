"""X06, trap 22: no score, rank, sum or probability of a person exists: not in the database, the models, nor the catalogue.

A word is looked for as a whole part of a name (danger_score, scoreOf, TOTAL_POINTS), so that "support" or "rankle" pass.
"""

import dataclasses
import inspect
import re

import pytest
import yaml
from django.apps import apps

from egide.foundation.catalogue.files import root
from egide.methods import danger

WORDS = {
    "score", "scores", "scoring", "points", "total", "totals", "subtotal", "sum", "rank", "ranks", "ranking",
    "ranked", "rating", "probability", "likelihood", "odds", "risk", "weight", "weights", "weighting", "percentile",
    "quantile", "prediction", "predicted", "severity", "dangerousness", "percent", "grade", "average",
}  # fmt: skip
# Names about things that are not persons: each is written whole, or nearly, and says why.
ABOUT_THINGS = {
    r"(constraint )?field_directory(_opening[._]|\.Opening\.)rank(_\w+)?": "which rule of opening hours wins over another",
}
FILES = {"grids", "needs", "protocols", "spotting", "liaison-forms"}
LIST_OF_RISKS = "a set of factors is called risk; a grade is a word of the grid (owned, shown), never a number"
SHOWN_WORDS = {"risk": LIST_OF_RISKS, "grade": LIST_OF_RISKS, "grades": LIST_OF_RISKS}


def parts(name):
    """The words of a name, whether written_so, writtenSo, written-so or WRITTEN_SO."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    return {word.lower() for word in re.split(r"[^A-Za-z]+", spaced) if word}


def forbidden(names):
    return sorted(name for name in names if parts(name) & WORDS)


def about_a_thing(name):
    return any(re.fullmatch(pattern, name) for pattern in ABOUT_THINGS)


def test_the_scan_finds_what_it_looks_for():
    assert forbidden(["danger_score", "riskLevel", "TOTAL_POINTS", "case_id", "support", "supporting_points"]) == [
        "TOTAL_POINTS", "danger_score", "riskLevel", "supporting_points",
    ]  # fmt: skip


@pytest.mark.django_db
def test_no_table_view_column_function_or_constraint_of_the_field_is_a_score(owner):
    """X06: everything that the database names about the field's persons, generated names included."""
    found = owner.execute(
        """
        SELECT table_name || '.' || column_name FROM information_schema.columns
          WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
            AND table_name ~ '^(field|programmes|investigation|vigilance)_'
        UNION SELECT matviewname || '.' || a.attname FROM pg_matviews v
          JOIN pg_attribute a ON a.attrelid = format('%I.%I', v.schemaname, v.matviewname)::regclass AND a.attnum > 0
        UNION SELECT 'view ' || table_name FROM information_schema.views WHERE table_schema = 'public'
        UNION SELECT 'type ' || typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public'
          AND typname ~ '^_?(field|programmes|investigation|vigilance)_'
        UNION SELECT 'function ' || proname || ' ' || coalesce(array_to_string(proargnames, ' '), '')
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
        UNION SELECT 'constraint ' || conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
          WHERE r.relname ~ '^(field|programmes|investigation|vigilance)_'
        UNION SELECT relname FROM pg_class WHERE relkind = 'i' AND relname ~ '^(field|programmes|investigation|vigilance)_'
        """
    ).fetchall()
    names = [name for (name,) in found]
    assert any(name.startswith("field_assessments_dangerassessment.") for name in names)
    assert [name for name in forbidden(names) if not about_a_thing(name)] == []


def test_no_model_field_property_or_method_of_the_field_is_a_score():
    models = [model for model in apps.get_models() if model._meta.app_label.startswith("field_")]
    assert models
    named = {
        f"{model._meta.label}.{name}"
        for model in models
        for name in [*(field.name for field in model._meta.get_fields()), *(n for n in vars(model) if n[0] != "_")]
    }
    assert [name for name in forbidden(named) if not about_a_thing(name)] == []


def test_nothing_the_method_of_danger_hands_out_is_a_score_or_a_number():
    """A level is a word: no attribute of what `assess` gives back is a number, so nothing can be sorted by it."""
    shapes = [shape for _, shape in inspect.getmembers(danger, dataclasses.is_dataclass)]
    named = {f"{shape.__name__}.{field.name}" for shape in shapes for field in dataclasses.fields(shape)}
    assert [name for name in forbidden(named) if parts(name) & WORDS - SHOWN_WORDS.keys()] == []
    results = (
        danger.Assessment,
        danger.FiredRule,
        danger.Given,
        danger.ProfileReading,
        danger.ShortReading,
        danger.Comparison,
    )
    for shape in results:
        assert not [
            f.name for f in dataclasses.fields(shape) if re.search(r"\b(int|float|Decimal|Fraction)\b", str(f.type))
        ]
    assert not any(isinstance(level.value, int | float) for level in danger.Level)


def keys_of(value):
    if isinstance(value, dict):
        for key, inside in value.items():
            yield str(key)
            yield from keys_of(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys_of(inside)


def test_no_key_of_the_catalogue_of_grids_gives_points():
    folder = root()
    paths = [path for name in FILES if (folder / name).is_dir() for path in (folder / name).rglob("*.yaml")]
    assert any(path.name == "danger.yaml" for path in paths)
    for path in paths:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        wrong = [key for key in forbidden(set(keys_of(content))) if parts(key) & WORDS - SHOWN_WORDS.keys()]
        assert wrong == [], path.name
        assert not [key for key in keys_of(content) if key in ("value", "coefficient", "threshold", "cut_off")], (
            path.name
        )
