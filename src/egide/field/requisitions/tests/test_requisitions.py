"""A requisition is checked before anything is handed over, answered whole, item by item, and each step is in the trail (R01)."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone, translation

from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.queries import list_traces
from egide.field.requisitions import actions, queries
from egide.field.requisitions.models import Answer, Check, Item, Quality, Requisition, State
from egide.field.requisitions.pdf import render_pdf
from egide.field.requisitions.policies import RequisitionRefused
from tests.people import acting

pytestmark = pytest.mark.django_db
ASKED = ["Les dates des entretiens", "L’adresse actuelle", "Le certificat médical"]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def receive(worker, open_file, now):
    """A requisition received in a new file; call it inside `acting(worker)`."""

    def make(quality=Quality.JUDICIAL_OFFICER, article="cpp-60-1", **more):
        told = {"received_on": timezone.localdate(now), "asked": ASKED, **more}
        return actions.receive_requisition(
            case=open_file(), requirer="Brigadier fictif", quality=quality, service="Commissariat fictif", article=article,
            inquiry="2026/000123", by=worker.id, now=now, **told,
        )  # fmt: skip

    return make


def answer(requisition, answers, worker, now):
    for item, told in zip(queries.list_items(requisition), answers, strict=False):
        actions.answer_item(item=item, by=worker.id, now=now, **told)


WHOLE = [
    {"answer": Answer.HANDED, "words": "Relevé des dates, une page"},
    {"answer": Answer.REFUSED, "ground": "safety"},
    {"answer": Answer.NOT_HELD},
]


def test_nothing_is_answered_before_whoever_requires_is_checked(worker, receive, now):
    with acting(worker):
        requisition = receive()
        with pytest.raises(RequisitionRefused, match="to be checked"):
            answer(requisition, WHOLE, worker, now)
        assert not Item.objects.exclude(answer=Answer.PENDING).exists()


def test_an_officer_of_a_preliminary_inquiry_needs_the_prosecutors_authorisation(worker, receive, now):
    """Article 77-1-1; the prosecutor alone, and article 60-1, need none."""
    with acting(worker):
        for told, passes in (
            ({"article": "cpp-77-1-1"}, False),
            ({"article": "cpp-77-1-1", "authorised": True}, True),
            ({"article": "cpp-77-1-1", "quality": Quality.PROSECUTOR}, True),
            ({"article": "cpp-60-1"}, True),
        ):
            requisition = receive(**told)
            if passes:
                actions.check_requirer(requisition=requisition, way=Check.MET, by=worker.id, now=now)
                assert requisition.state == State.CHECKED
            else:
                with pytest.raises(RequisitionRefused, match="prosecutor’s authorisation"):
                    actions.check_requirer(requisition=requisition, way=Check.MET, by=worker.id, now=now)


def test_a_text_that_is_not_in_force_lets_nobody_require(worker, receive):
    with acting(worker):
        for told in ({"article": "cpp-40"}, {"received_on": date(1999, 1, 1)}):
            with pytest.raises(RequisitionRefused, match="read the article"):
                receive(**told)


def test_a_requisition_is_answered_whole_and_then_changes_no_more(worker, receive, now):
    with acting(worker):
        requisition = receive()
        actions.check_requirer(requisition=requisition, way=Check.CALLED_BACK, by=worker.id, now=now)
        answer(requisition, WHOLE[:2], worker, now)
        with pytest.raises(RequisitionRefused, match="item 3"):
            actions.close_answer(requisition=requisition, by=worker.id, now=now)
        answer(requisition, WHOLE, worker, now)
        actions.close_answer(requisition=requisition, by=worker.id, now=now)
        with pytest.raises(RequisitionRefused, match="answered"):
            answer(Requisition.objects.get(), WHOLE, worker, now)
        with pytest.raises(RequisitionRefused):
            actions.set_aside(requisition=requisition, because="trop tard", by=worker.id, now=now)


@pytest.mark.parametrize(
    "told", [{"answer": Answer.HANDED}, {"answer": Answer.REFUSED}, {"answer": Answer.REFUSED, "ground": "no-time"}]
)
def test_an_answer_says_which_document_or_on_which_ground(worker, receive, now, told):
    with acting(worker):
        requisition = receive()
        actions.check_requirer(requisition=requisition, way=Check.MET, by=worker.id, now=now)
        with pytest.raises(RequisitionRefused):
            answer(requisition, [told], worker, now)


def test_each_step_is_in_the_trail(worker, receive, now):
    """X09: received, checked, each item, closed, printed."""
    with acting(worker):
        requisition = receive()
        actions.check_requirer(requisition=requisition, way=Check.MET, by=worker.id, now=now)
        answer(requisition, WHOLE, worker, now)
        actions.close_answer(requisition=requisition, by=worker.id, now=now)
        queries.make_answer(requisition=requisition, now=now)
        codes = [trace.code for trace in list_traces(requisition.case) if trace.code.startswith("REQUISITION_")]
    assert sorted(codes) == sorted(
        ["REQUISITION_RECEIVED", "REQUISITION_CHECKED", *["REQUISITION_ITEM_ANSWERED"] * 3, "REQUISITION_ANSWERED", "REQUISITION_PRINTED"]
    )  # fmt: skip


def test_the_printed_answer_says_each_item_and_no_person_of_the_file(worker, receive, now):
    with acting(worker):
        requisition = receive()
        actions.check_requirer(requisition=requisition, way=Check.MET, by=worker.id, now=now)
        answer(requisition, WHOLE, worker, now)
        with pytest.raises(RequisitionRefused):
            queries.make_answer(requisition=requisition, now=now)
        actions.close_answer(requisition=requisition, by=worker.id, now=now)
        made = render_pdf(queries.make_answer(requisition=requisition, now=now), "en")
    pages = pypdf.PdfReader(BytesIO(made)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        *ASKED,
        "Relevé des dates, une page",
        "Would put a person in danger",
        "Not held",
        "2026/000123",
        "Invented data",
    ):
        assert words in text, words
    assert "Exemple" not in text
    assert "Alix" not in text


def test_only_who_follows_the_file_sees_or_answers_it(worker, colleague, stranger, officer, receive, now):
    """The police that requires does not read the answer here, nor does a colleague outside the team, by any way."""
    with acting(worker):
        requisition = receive()
        item = queries.list_items(requisition).first()
        queries.list_waiting().get()
    for other in (colleague, stranger, officer):
        with acting(other):
            assert not Requisition.objects.exists()
            assert not Item.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("UPDATE field_requisitions_item SET answer = 'NOT_HELD'")
                assert cursor.rowcount == 0
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO field_requisitions_item (id, case_id, requisition_id, place, asked, answer, ground, words)"
                    " VALUES (gen_random_uuid(), %s, %s, 9, 'x', 'PENDING', '', '')",
                    [requisition.case_id, requisition.id],
                )
    with acting(officer), pytest.raises(NotAllowed):
        actions.answer_item(item=item, answer=Answer.NOT_HELD, by=officer.id, now=now)


def test_what_waits_comes_by_its_day_those_without_a_day_last(worker, receive, now):
    today = timezone.localdate(now)
    with acting(worker):
        without, late, soon = (
            receive(),
            receive(due_on=today + timedelta(days=9)),
            receive(due_on=today + timedelta(days=1)),
        )
        assert [each.id for each in queries.list_waiting()] == [soon.id, late.id, without.id]
        actions.set_aside(requisition=soon, because="numéro inconnu du standard", by=worker.id, now=now)
        assert [each.id for each in queries.list_waiting()] == [late.id, without.id]
        assert [each.id for each in queries.list_closed()] == [soon.id]
