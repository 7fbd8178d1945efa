"""The year of the posts comes out of cases, to the unit, through cells; other cases give another year."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egide.bridge.post_year import read_post_year
from egide.bridge.post_year_print import print_post_year
from egide.foundation.wings.entering import Subject, entering

from .conftest import Year

pytestmark = pytest.mark.django_db

SEINE_ET_MARNE = Year(
    year=2021, posts=7, categories={"VICTIM": 612, "OFFENDER": 106, "THIRD_PARTY": 312}, people={"F": 942, "M": 314},
    actions={"child-report": 109, "listening": 2100, "orientation": 1400, "liaison": 740},
    reasons={"domestic-violence": 952, "vulnerability": 68, "schooling": 74, "housing": 34},
    origins={"police": 700, "gendarmerie": 230, "partner": 60, "self": 40}, second_interviews=150,
)  # fmt: skip


def printed(territory, year, language="en"):
    with entering("statistics", Subject.job("tests")):
        return print_post_year(read_post_year(territory=territory, year=year), language)


def extract_by_command(year):
    out = io.StringIO()
    call_command(
        "extract_field", "--from", f"{year}-01-01", "--to", f"{year}-12-31", "--vintage", f"{year + 1}-01-31",
        "--language", "en", stdout=out,
    )  # fmt: skip
    return out.getvalue()


def test_the_year_of_seine_et_marne_comes_out_to_the_unit(work, active_field, active_statistics):
    """AT-01: 7 posts, 4,349 actions, 109 child reports, 1,030 cases, 1,256 people, with every base; nothing forced to 100."""
    work(SEINE_ET_MARNE)
    assert "accepted" in extract_by_command(2021)
    assert printed("77", "2021") == [
        "Seine-et-Marne, 2021: 7 posts",
        "Invented services and persons",
        "Actions: 4,349, of which 109 reports of a child in danger",
        "New case files: 1,030",
        "Interviews: 1,406",
        "Persons received: 1,256",
        "For whom (base: 1,030 case files)",
        "  Victims: 612, that is 59%",
        "  Third parties: 312, that is 30%",
        "  Alleged perpetrators: 106, that is 10%",
        "  1%: undetermined or rounding; no case is added",
        "Sex (base: 1,256 persons received)",
        "  Women: 942, that is 75%",
        "  Men: 314, that is 25%",
        "Reasons (base: 1,030 case files; 1,128 reasons, a file may have several: the shares do not add up)",
        "  Violence within the couple or the family: 952, that is 92%",
        "  Schooling: 74, that is 7%",
        "  General vulnerability: 68, that is 7%",
        "  Housing: 34, that is 3%",
        "Origin (base: 1,030 case files)",
        "  National police: 700, that is 68%",
        "  Gendarmerie: 230, that is 22%",
        "  Partner: 60, that is 6%",
        "  By herself: 40, that is 4%",
        "Per post: 621.3 actions, 147.1 new case files, 179.4 persons received, 15.6 child reports",
        "Actions per person received: 3.46",
    ]
    french = [re.sub(r"\s", " ", line) for line in printed("77", "2021", "fr")]
    assert any(
        line.startswith("Par poste : 621,3 actions, 147,1 dossiers ouverts, 179,4 personnes reçues") for line in french
    )
    assert "  1 % : indéterminé ou arrondi ; aucun cas n’est ajouté" in french


counts = st.integers(0, 12)
years = st.builds(
    Year,
    year=st.integers(2019, 2023),
    posts=st.integers(1, 3),
    categories=st.fixed_dictionaries({"VICTIM": st.integers(1, 12), "OFFENDER": counts, "THIRD_PARTY": counts}),
    people=st.fixed_dictionaries({"F": st.integers(20, 30), "M": st.integers(16, 20), "U": counts}),
    actions=st.fixed_dictionaries({"child-report": counts, "listening": counts, "administrative": counts}),
    reasons=st.fixed_dictionaries({"domestic-violence": st.just(1), "housing": st.integers(0, 1)}),
    commune=st.sampled_from(["77288", "97411", "2A004", "13055"]),
    second_interviews=st.integers(0, 5),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=years)
def test_another_year_of_other_cases_gives_other_figures(work, extract, plan):
    """AT-01, trap 31: nothing in it is a constant; every figure is what was written, whatever was written."""
    if plan.cases < plan.posts:
        return
    with transaction.atomic():
        work(plan)
        extract(plan.year)
        with entering("statistics", Subject.job("tests")):
            territory = {"97411": "974", "2A004": "2A"}.get(plan.commune, plan.commune[:2])
            year = read_post_year(territory=territory, year=str(plan.year))
        people = sum(plan.people.values())
        assert (year.posts, year.new_cases, year.persons) == (plan.posts, plan.cases, people)
        assert (year.actions, year.child_reports) == (sum(plan.actions.values()), plan.actions["child-report"])
        assert year.interviews == people + plan.second_interviews
        for whole, wanted in ((year.categories, plan.categories), (year.sexes, plan.people), (year.reasons, plan.reasons)):  # fmt: skip
            assert {part.code: part.count for part in whole.parts} == {c: n for c, n in wanted.items() if n}
            assert whole.multiple or whole.tags == whole.base
            assert whole.rounding == (0 if whole.multiple else 100 - sum(part.percent for part in whole.parts))
        transaction.set_rollback(True)
