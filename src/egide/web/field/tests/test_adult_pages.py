"""The pages of reports about a vulnerable adult: from the file to the loop closed, and what the law refuses, in words."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.adults import queries
from egide.field.casefiles.queries import list_traces
from tests.people import acting

TOLD = {
    "incapacities": ["age"], "violence": "other", "lives_with": "UNKNOWN", "agreement": "IMPOSSIBLE",
    "impossible_because": "cannot-understand", "agreement_words": "Expliqué trois fois, avec des images.",
    "informed": "Rien : cela serait répété devant l’entourage.", "observed": "Amaigrie, pas de repas.", "reported": "",
    "recipient_name": "Mme Fictive", "status": "iscg-association", "representation": "unknown",
    "represented_by_alleged": "UNKNOWN",
}  # fmt: skip


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.django_db
def test_a_report_goes_from_the_file_to_the_loop_closed(file, directory, worker, signed_in):
    """AT-86: agreement or its impossibility, the text named, the sheet sent, the outcome, and the safe way to tell."""
    with acting(worker):
        authorities = {recipient: str(service.id) for recipient, service in queries.list_authorities()}
    client, new = signed_in(worker), reverse("new_adult_report", args=[file.id])
    assert "Personne majeure vulnérable" in words_of(client.get(reverse("case", args=[file.id])))
    to = {**TOLD, "service": authorities["department"]}
    assert "n’est pas dans la liste" in words_of(client.post(new, {**to, "impossible_because": ""}))
    assert "la justice n’est pas saisie" in words_of(
        client.post(new, {**to, "violence": "none", "service": authorities["prosecutor"]})
    )
    page = client.post(new, to)["Location"]
    shown = words_of(client.get(page))
    assert "articles 226-14" in shown or "article 226-14" in shown
    assert "Relisez-le, puis envoyez-le." in words_of(client.get("/terrain/"))
    secrets = words_of(client.post(page, {"do": "send"}))
    assert "Mme Fictive" in secrets
    assert "/lien/" in secrets
    assert "Accusé de réception attendu avant le" in words_of(client.get(page))
    with acting(worker):
        [report] = queries.list_reports(file)
    today = timezone.localdate(report.written_at).isoformat()
    client.post(page, {"do": "outcome", "outcome": "help-in-place", "on": today})
    assert "Personne n’est connu pour la représenter" in words_of(
        client.post(page, {"do": "tell", "way": "representative", "words": ""})
    )
    client.post(page, {"do": "tell", "way": "safe-channel", "words": ""})
    assert "signalement clos" in words_of(client.get(page))
    with acting(worker):
        codes = [trace.code for trace in list_traces(file) if trace.code.startswith("ADULT_")]
    assert sorted(codes) == sorted(f"ADULT_REPORT_{each}" for each in ("WRITTEN", "SENT", "OUTCOME", "CLOSED"))


@pytest.mark.django_db
def test_a_report_of_another_file_does_not_exist(file, signed_in, stranger, worker):
    for name in ("adult_reports", "new_adult_report"):
        assert signed_in(stranger).get(reverse(name, args=[file.id])).status_code == 404
    unknown = reverse("adult_report", args=[file.id, file.id])
    assert signed_in(worker).get(unknown).status_code == 404
