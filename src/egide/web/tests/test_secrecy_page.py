"""The secrecy wizard as a professional meets it: four questions, the answer with the law of the day, nothing kept."""

import pytest
from django.test import Client

PAGE = "/puis-je-le-dire/"
ASKED = {"person": "adult", "violence": "couple", "consent": "not-sought"}


@pytest.fixture
def ask(db):
    """Put a question to the page; what the page answers, as text without no-break spaces."""

    def put(**question):
        answer = Client().post(PAGE, ASKED | question)
        return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")

    return put


def panel(page: str) -> str:
    return page.split('id="answer"')[1].split('id="question"')[0]


def test_an_association_is_not_offered_the_prosecutor_without_agreement(ask):
    """AT-17: an employee of an association, an adult, no agreement, no danger to life; article 40 does not bind her."""
    page = panel(ask(status="association-worker", recipient="prosecutor", purpose="report-offence"))
    assert "Pas sans son accord" in page
    assert "possible avec son accord" in page
    assert "article 40" not in page.lower()


def test_a_doctor_may_report_a_life_in_danger_under_control_and_must_seek_agreement(ask):
    """AT-18: CP 226-14 3°, with what was asked of her and what she was told."""
    danger = {"danger_to_life": "yes", "control": "yes"}
    page = panel(ask(status="doctor", recipient="prosecutor", purpose="report-offence", **danger))
    assert "226-14" in page
    assert "Son accord a-t-il été cherché" in page
    assert "est-elle informée du signalement" in page
    earlier = panel(ask(status="doctor", recipient="prosecutor", purpose="report-offence", on="2020-07-29", **danger))
    assert "Pas sans son accord" in earlier or "Ne le dites pas" in earlier


def test_for_a_minor_agreement_is_not_required(ask):
    """AT-19."""
    page = panel(ask(status="doctor", recipient="prosecutor", purpose="report-offence", person="minor"))
    assert "Pas sans son accord" not in page
    assert "possible avec son accord" not in page


def test_a_refusal_never_blocks_help(ask):
    """AT-20: whatever the answer, what can still be done is there; help may always be called (Z13)."""
    refused = {"consent": "not-obtained"}
    page = panel(ask(status="association-worker", recipient="prosecutor", purpose="report-offence", **refused))
    assert "L’écouter, l’informer de ses droits" in page
    assert "114" in page
    called = panel(ask(status="association-worker", recipient="emergency", purpose="call-help", **refused))
    assert "interdit" not in called


def test_only_the_sections_she_agreed_to_may_go(ask):
    page = panel(
        ask(status="iscg-association", recipient="shelter", purpose="referral", consent="given", sections=["housing"])
    )
    assert "Logement" in page


def test_nothing_asked_is_kept_nor_put_in_an_address(ask, client, django_assert_num_queries):
    answer = client.post(PAGE, ASKED | {"status": "doctor", "recipient": "police", "purpose": "care"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "sessionid" not in answer.cookies


def test_a_local_protocol_that_is_switched_off_proposes_its_fallback(ask):
    """AT-16: closed on a day by the prosecutor, the road is not offered that day, and the fallback is said."""
    asked = {"status": "association-worker", "recipient": "prosecutor", "purpose": "report-offence", "territory": "990"}
    page = panel(ask(**asked, consent="given", on="2022-10-01"))
    assert "Le protocole local est suspendu" in page
    assert "Association d’aide aux victimes" in page
    assert "Le protocole local est suspendu" not in panel(ask(**asked, consent="given", on="2023-02-01"))


def test_what_is_missing_is_asked_for_in_a_sentence(ask):
    page = ask(status="doctor")
    assert "Dites à qui vous le diriez." in page
    assert 'id="answer"' not in page


def test_a_day_before_the_table_is_refused_in_a_sentence(ask):
    page = ask(status="doctor", recipient="police", purpose="care", on="2001-01-01")
    assert 'id="answer"' not in page
    assert "2001" in page


def test_a_fact_left_unknown_that_would_change_the_answer_is_said(ask):
    """A doctor who forgets to say that it happens within a couple is not told “forbidden” without a word."""
    asked = {"status": "doctor", "recipient": "prosecutor", "purpose": "report-offence"}
    page = panel(ask(**asked, violence="none", danger_to_life="yes", control="yes"))
    assert "Oui, dans un couple présent ou passé : possible" in page
