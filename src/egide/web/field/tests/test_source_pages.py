"""The pages of sheets of facts: a programme writes and sees its own; the worker receives and takes them into her assessment."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.assessments.actions import start_assessment
from egide.web.field.roles import PROGRAMME
from tests.people import acting


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.django_db
def test_a_programme_s_facts_are_sent_received_and_taken_into_an_assessment(file, worker, make_account, signed_in, now):
    """R03: the perpetrator part from several sources; the author sees a receipt and no page of a file."""
    programme = make_account("programme", PROGRAMME[0], at="programme-e")
    client, new = signed_in(programme), reverse("new_facts_sheet") + "?de=perpetrator"
    assert "Comment est-ce connu" in words_of(client.get(reverse("facts_sheets")))
    asked = client.get(new)
    assert "P01" not in asked.content.decode(), "what cannot be asked of him is not on his page"
    told = {"recipient": "association-a", "facts_on": timezone.localdate(now).isoformat(), "P02": "YES"}
    sent = client.post(new, told)
    assert sent.status_code == 302, words_of(sent)[:2000]
    assert client.get(reverse("today")).status_code == 403
    with acting(worker):
        assessment = start_assessment(case=file, moment="calm", by=worker.id, trained=True, now=now)
    own = signed_in(worker)
    [page] = re.findall(
        r'href="(/terrain/fiches/recues/[^"]{36}/)"', own.get(reverse("facts_received")).content.decode()
    )
    taken = own.post(page, {"into": str(assessment.id)})
    assert taken["Location"] == reverse("danger", args=[file.id, assessment.id])
    part = reverse("danger_part", args=[file.id, assessment.id, "perpetrator"]) + "?de=perpetrator"
    assert re.search(r'name="P02"\s+value="YES"[^>]*checked', own.get(part).content.decode())
    assert "accusé de réception donné" in words_of(client.get(reverse("facts_sheets")))
