"""The requisition desk by its pages: noted, checked, answered item by item, closed, printed; nothing of it on the person's page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.requisitions.queries import list_items, list_requisitions
from tests.people import acting


def told(**more):
    return {
        "requirer": "Brigadier fictif", "quality": "JUDICIAL_OFFICER", "service": "Commissariat fictif", "article": "cpp-60-1",
        "inquiry": "2026/000123", "received_on": timezone.localdate(timezone.now()).isoformat(),
        "asked": "Les dates des entretiens\n\nL’adresse actuelle", **more,
    }  # fmt: skip


@pytest.mark.django_db
def test_from_the_document_received_to_the_printed_answer(file, worker, signed_in):
    client = signed_in(worker)
    page = client.post(reverse("receive_requisition", kwargs={"case": file.id}), told(), follow=True)
    assert "Vérifiez maintenant qui requiert" in page.content.decode()
    here = page.redirect_chain[-1][0]
    with acting(worker):
        [requisition] = list_requisitions(file)
        items = list(list_items(requisition))
    assert [item.asked for item in items] == ["Les dates des entretiens", "L’adresse actuelle"]
    early = client.post(f"{here}{items[0].id}/", {"answer": "NOT_HELD"}).content.decode()
    assert "reçue, à vérifier" in early
    client.post(here, {"way": "CALLED_BACK"})
    client.post(f"{here}{items[0].id}/", {"answer": "HANDED", "words": "Relevé, une page"})
    refused = client.post(f"{here}{items[1].id}/", {"answer": "REFUSED"}).content.decode()
    assert "pour quel motif légitime" in refused
    client.post(f"{here}{items[1].id}/", {"answer": "REFUSED", "ground": "safety"})
    assert client.get(f"{here}reponse.pdf").status_code == 302
    client.post(f"{here}clore/", {"sure": "on"})
    printed = client.get(f"{here}reponse.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert "Exemple" not in printed["Content-Disposition"]


@pytest.mark.django_db
def test_the_desk_and_today_show_what_waits_by_reference_never_by_name(file, worker, stranger, signed_in):
    client = signed_in(worker)
    client.post(reverse("receive_requisition", kwargs={"case": file.id}), told())
    desk = client.get(reverse("requisition_desk")).content.decode()
    assert file.reference in desk
    assert "Exemple" not in desk
    assert "Réquisitions à vérifier" in client.get(reverse("today")).content.decode()
    assert file.reference not in signed_in(stranger).get(reverse("requisition_desk")).content.decode()


@pytest.mark.django_db
def test_the_persons_page_says_the_same_whether_an_inquiry_asked_or_not(file, worker, signed_in):
    """Article 11 of the code of criminal procedure: handed to a person of the file, the page must tell nothing of an inquiry."""
    client = signed_in(worker)
    client.post(reverse("receive_requisition", kwargs={"case": file.id}), told(), follow=True)
    page = client.get(reverse("traces", kwargs={"case": file.id})).content.decode()
    assert "REQUISITION" not in page
    assert "réquisition" not in page.lower().split("<main", 1)[1]
    assert "secret d’une enquête" in page


@pytest.mark.django_db
def test_an_item_of_another_requisition_is_not_found(file, worker, signed_in):
    client = signed_in(worker)
    for _each in range(2):
        client.post(reverse("receive_requisition", kwargs={"case": file.id}), told())
    with acting(worker):
        one, other = list_requisitions(file)
        item = list_items(other).first()
    address = reverse("requisition_item", kwargs={"case": file.id, "requisition": one.id, "item": item.id})
    assert client.get(address).status_code == 404
