"""F3: from nominal to statistics there is one outlet, and it passes tables; and no figure of the country comes out of case files."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

import egide
from egide.bridge.cells import MEASURES, SOURCE, make_cell, write_csv
from egide.core.count import NotAdditive
from egide.core.missing import Missing
from egide.foundation.catalogue import (
    get_indicator,
    get_source,
    get_territory,
    get_unit,
    list_indicators,
    list_letters,
    list_territories,
)
from egide.foundation.wings.entering import Subject, entering
from egide.foundation.wings.plan import WINGS
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.sources.codes import read_territory
from egide.statistics.tabulation.tabulate import tabulate_indicator

ROOT = Path(egide.__file__).parent
FIELD_TABLES = sorted(
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if model._meta.db_table.startswith("field_")
)


def modules_importing(wing) -> Iterator[str]:
    """The modules, by the room or wing they are in, that import a wing."""
    for path in ROOT.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(f"{name}.".startswith(f"egide.{wing}.") for name in names):
                yield path.relative_to(ROOT).parts[0]


def test_statistics_know_neither_the_field_nor_the_bridge():
    """F3: no code of the statistics reaches case files; only the bridge and what stands above it know both wings."""
    assert "statistics" not in set(modules_importing("field")) | set(modules_importing("bridge"))
    assert "field" not in set(modules_importing("statistics")) | set(modules_importing("bridge"))
    assert set(modules_importing("bridge")) <= {"jobs", "web", "project", "bridge"}


def test_the_bridge_itself_reads_no_model_of_the_field():
    assert "bridge" not in set(modules_importing("field"))


@pytest.mark.django_db
@pytest.mark.parametrize("table", FIELD_TABLES)
def test_the_statistics_wing_cannot_read_a_table_of_the_field(table):
    """F3: not one row, not one column, by any subject."""
    for subject in (Subject.job("extract_field"), Subject("account")):
        with (
            entering("statistics", subject),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.django_db
def test_no_right_on_a_table_of_the_field_is_held_outside_it(owner):
    others = [wing.role for wing in WINGS.values() if wing.code != "field"] + ["egide_app", "public"]
    for table in FIELD_TABLES:
        for role in others:
            held = owner.execute(
                "SELECT has_any_column_privilege(%s, %s::regclass, 'SELECT, INSERT, UPDATE')", [role, table]
            )
            assert held.fetchone() == (False,), (role, table)


# --- no national figure


def test_no_unit_of_casework_adds_up_over_territories():
    """F3, 0.1: what cannot be added over territories cannot become a figure of France."""
    for measure in MEASURES.values():
        assert "territory" not in get_unit(measure.unit).additive_over


def test_no_national_code_can_be_delivered_from_casework():
    column = next(column for column in get_source(SOURCE).columns if column.role == "territory")
    for level in ("country", "region"):
        for territory in list_territories(level):
            assert read_territory(territory.code, column) is None
    assert read_territory("990", column) == "990"


def test_every_figure_of_a_letter_drawn_from_casework_is_of_an_invented_territory():
    """F3, AT-76: in every edition; and every other figure draws on a producer's delivery or on nothing."""
    ours = {indicator.code for indicator in list_indicators() if indicator.source == SOURCE}
    assert ours
    called = [
        (call.indicator, call.territory)
        for letter in list_letters()
        for call in (*letter.figures.values(), *(table for section in letter.sections for table in section.tables))
    ]
    assert ours <= {indicator for indicator, _territory in called}
    for indicator, territory in called:
        assert indicator not in ours or get_territory(territory).fictional, (indicator, territory)


def test_no_indicator_of_casework_counts_victims_or_suspects():
    """0.1: the number of victims in France is never a count of our own files."""
    for indicator in list_indicators():
        if indicator.source == SOURCE:
            assert indicator.unit in {measure.unit for measure in MEASURES.values()}
    assert {"victim", "suspect", "killed", "convicted"}.isdisjoint(measure.unit for measure in MEASURES.values())


@pytest.mark.django_db
def test_even_delivered_by_every_departement_it_gives_no_figure_of_france(inside_statistics, tmp_path, now):
    """F3: with one cell from each of the 101 départements, each unit refuses the country, and each région, and says why."""
    codes = {"category": "VICTIM", "sex": "F", "age": "Y25-34"}
    referred = {"author": "gendarmerie", "station": "b", "audience": "VICTIM", "outcome": "offered"}
    cells = [
        cell
        for territory in list_territories("departement")
        for cell in (
            make_cell("new-cases", territory.code, "2022", codes, False, 7),
            make_cell("persons-received", territory.code, "2022", {"sex": "F", "age": "Y25-34"}, False, 7),
            make_cell("police-referrals", territory.code, "2022", referred, False, 7),
        )
    ]
    path = tmp_path / "egide-field.csv"
    path.write_bytes(write_csv(cells))
    delivery = receive_delivery(path=path, filename=path.name, source=SOURCE, vintage=now.date(), by=None, now=now)
    assert delivery.verdict == "ACCEPTED"
    for measure in ("new-cases", "persons-received", "police-referrals"):
        indicator = replace(
            get_indicator("val-degide-police-referrals"), unit=MEASURES[measure].unit, where={"measure": (measure,)}
        )
        assert tabulate_indicator(indicator, period="2022", territory="77").cell().value == 7
        for wide in ("FR", "FR-METRO", "R11"):
            with pytest.raises(NotAdditive):
                tabulate_indicator(indicator, period="2022", territory=wide)


@pytest.mark.django_db
def test_the_number_of_victims_in_france_is_not_measurable_here(inside_statistics):
    """X04: asked of casework, it is not a zero and not unknown: it is not measurable, and the source says why."""
    asked = replace(get_indicator("val-degide-police-referrals"), where={"concept": ("victims-in-france",)})
    table = tabulate_indicator(asked, period="2022", territory="FR")
    assert table.cell().absence is Missing.NOT_APPLICABLE
    assert "Égide" in table.words.fr
