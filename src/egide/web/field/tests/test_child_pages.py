"""The pages of children and of the statement for the court: one child at a time; days only, and only when asked for."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.assessments.actions import answer_factors, start_assessment
from egide.field.casefiles.actions import record_interview
from egide.field.casefiles.queries import get_concerned
from tests.people import acting


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.django_db
def test_each_child_has_a_page_and_a_part_of_the_grid(file, worker, stranger, signed_in, now):
    """R03: what is answered of one child shows on that child's page and on no other."""
    client, new = signed_in(worker), reverse("new_child", args=[file.id])
    pages = [client.post(new, {"given_name": name, "age": "6-10"})["Location"] for name in ("Ange", "Lou")]
    roles = [page.rstrip("/").rsplit("/", 1)[1] for page in pages]
    assert "2 enfants" in words_of(client.get(reverse("case", args=[file.id])))
    client.post(pages[0], {"kind": "FACT_TOLD", "text": "« J’ai peur le soir. »"})
    client.post(reverse("child_part", args=[file.id, roles[0]]), {"age": "6-10", "safe_tonight": "NO"})
    with acting(worker):
        assessment = start_assessment(case=file, moment="calm", by=worker.id, trained=True, now=now)
        told = {"C01": {"value": "YES", "source": "victim", "about": roles[0]}}
        answer_factors(assessment=assessment, answers=told, now=now)
    first, second = (words_of(client.get(page)) for page in pages)
    for said in ("J’ai peur le soir", "Enfant menacé, frappé ou retenu", "pas en sécurité ce soir"):
        assert said in first
        assert said not in second
    asked = re.search(r'href="([^"]+enfant=[^"]+)"', client.get(pages[1]).content.decode())[1].replace("&amp;", "&")
    assert "Lou" in words_of(client.get(asked))
    assert signed_in(stranger).get(pages[0]).status_code == 404


@pytest.mark.django_db
def test_a_statement_for_the_court_is_made_read_over_and_taken(file, worker, stranger, signed_in, now):
    """R06: without a day there is none; read over with the person; a PDF whose name names nobody."""
    client, page = signed_in(worker), reverse("attestations", args=[file.id])
    assert "aucun jour à attester" in words_of(client.get(page))
    with acting(worker):
        person = get_concerned(file)
        record_interview(case=file, person=person, held_at=now, minutes=30, by=worker.id, now=now)
    day = timezone.localdate(now).isoformat()
    told = {"asked": "ORAL", "asked_on": day, "sessions": f"{day}_interview"}
    assert "Relisez-les d’abord" in words_of(client.post(page, told))
    assert client.post(page, told | {"read_again": "on"})["Location"] == page
    paper = re.search(r'href="([^"]+attestation\.pdf)"', client.get(page).content.decode())[1]
    answer = client.get(paper)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="attestation-1.pdf"'
    assert signed_in(stranger).get(paper).status_code == 404
