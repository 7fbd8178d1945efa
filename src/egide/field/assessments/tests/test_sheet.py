"""The sheet for the prosecutor: one page of facts, only for a recipient that an agreement or a text covers, no figure."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from egide.field.assessments import actions
from egide.field.assessments.policies import AssessmentRefused
from egide.field.assessments.sheet.pdf import render_pdf
from egide.field.assessments.sheet.queries import list_recipients, make_sheet
from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.queries import get_concerned
from egide.field.consents.actions import record_consent
from egide.field.consents.choices import Proof
from egide.field.consents.policies import ConsentMissing
from egide.foundation.catalogue import get_grid
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, officer, open_file):
    with acting(worker):
        return open_file()


def tell(value, source="victim", **more):
    return {"value": value, "source": source, **more}


def decide(case, worker, now, **answers):
    found = actions.start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
    actions.answer_factors(assessment=found, answers=answers, now=now)
    actions.write_own_level(assessment=found, level="IMMEDIATE", by=worker.id, now=now)
    return actions.decide_level(assessment=found, level="IMMEDIATE", by=worker.id, now=now)


def agree(case, worker, recipient, now, *sections):
    return record_consent(
        person=get_concerned(case), recipient=recipient, purpose="report-offence", sections=sections, given_on=now.date(),
        expires_on=now.date() + timedelta(days=30), by=worker.id, language="fr", interpreter=False,
        proof=Proof.ORAL, now=now,
    )  # fmt: skip


def pages_of(sheet, language="fr"):
    return [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(sheet, language))).pages]


def test_the_sheet_leaves_only_for_those_who_have_the_right(case, worker, officer, organisation, now):
    police = organisation("commissariat-d")
    with acting(worker):
        found = decide(case, worker, now, P03=tell("YES"))
        assert list_recipients(case, on=now.date()) == []
        with pytest.raises(ConsentMissing):
            make_sheet(case=case, assessment=found, recipient=police, by=worker.id, now=now)
        agree(case, worker, police, now, "danger")
        assert list_recipients(case, on=now.date()) == [police]
        assert make_sheet(case=case, assessment=found, recipient=police, by=worker.id, now=now).name == ""
        with pytest.raises(NotAllowed):
            make_sheet(case=case, assessment=found, recipient=police, by=officer.id, now=now)
        agree(case, worker, police, now, "identity")
        assert make_sheet(case=case, assessment=found, recipient=police, by=worker.id, now=now).name == "Alix Exemple"
        begun = actions.start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
        with pytest.raises(AssessmentRefused):
            make_sheet(case=case, assessment=begun, recipient=police, by=worker.id, now=now)


def test_what_is_observed_written_and_told_stand_apart_with_her_words_and_no_figure(
    case, worker, officer, organisation, now
):
    police = organisation("commissariat-d")
    until = (now.date() + timedelta(days=9)).isoformat()
    with acting(worker):
        agree(case, worker, police, now, "danger")
        found = decide(
            case, worker, now, V01=tell("YES", words="il finira par me tuer"), V09=tell("YES", "observed"),
            P07=tell("YES", "record"), P03=tell("NO"), P05=tell("REFUSED"), F06=tell("YES", "record", expires_on=until),
            F07=tell("YES", "victim"),
        )  # fmt: skip
        sheet = make_sheet(case=case, assessment=found, recipient=police, by=worker.id, now=now)
    assert {group: len(facts) for group, facts in sheet.facts.items()} == {"observed": 1, "record": 1, "told": 1}
    labels = get_grid("danger").factors
    assert [fact.label for fact in sheet.safety] == [labels["F06"].label], "what is not proven is not on the sheet"
    assert labels["P05"].label in sheet.unknown
    assert labels["P03"].label not in sheet.unknown
    [text] = pages_of(sheet)
    flat = " ".join(text.split())
    assert "il finira par me tuer" in flat
    assert "Agent fictif intervenante" in flat
    assert not re.search(r"\b(score|points?|total|rang)\b|%|\d+\s*/\s*(?!1\b)\d+\s*(oui|facteurs)", flat, re.I)
    [english] = pages_of(sheet, "en")
    assert "Sheet of facts" in english


def test_the_fullest_sheet_is_one_tagged_page(case, worker, officer, organisation, now):
    police = organisation("commissariat-d")
    until = (now.date() + timedelta(days=9)).isoformat()
    answers = {
        code: tell(list(factor.grades)[-1] if factor.grades else "YES", factor.informants[0], expires_on=until,
                   **({"words": "des mots gardés tels quels, sur une ligne et demie de la fiche imprimée"} if factor.red else {}))
        for code, factor in get_grid("danger").factors.items()
    }  # fmt: skip
    with acting(worker):
        agree(case, worker, police, now, "danger", "identity")
        sheet = make_sheet(
            case=case, assessment=decide(case, worker, now, **answers), recipient=police, by=worker.id, now=now
        )
    made = PdfReader(io.BytesIO(render_pdf(sheet, "fr")))
    assert len(made.pages) == 1
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"].lower().startswith("fr")
