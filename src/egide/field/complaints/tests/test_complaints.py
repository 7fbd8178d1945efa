"""Her wish first, what each station did, a refusal's clock, a time line that forces nothing, a page that leaks nothing (R34)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import NotAllowed
from egide.field.complaints import actions, letters, policies, queries
from egide.field.complaints.models import Attempt, Certainty, Moment, Outcome, State, StatusLink, Wish
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_nomenclature, list_refusal_letters
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
Refused = policies.ComplaintRefused


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


@pytest.fixture
def wished(case, worker, now):
    with acting(worker):
        return actions.note_wish(case=case, wish=Wish.COMPLAINT, by=worker.id, now=now)


@pytest.fixture
def attempt(worker, now):
    """Note what a station did, inside `acting(worker)`: attempt(complaint, Outcome.REFUSED, reason="none-said")."""

    def make(complaint, outcome, **told):
        told = {"place": "Commissariat de Fontaine-Neuve", "tried_on": now.date(), **told}
        return actions.record_attempt(complaint=complaint, outcome=outcome, by=worker.id, now=now, **told)

    return make


def test_a_refusal_opens_an_escalation_due_in_24_hours(wished, worker, attempt, now):
    """AT-81: the clock starts with the refusal, and is late at the 24th hour, not before."""
    with acting(worker):
        refused = attempt(
            wished, Outcome.REFUSED, reason="no-certificate", function="reception", words="Revenez avec un certificat."
        )
        escalation = refused.escalation
        assert escalation.due_at - escalation.opened_at == timedelta(hours=24)
        assert not policies.is_overdue(escalation, now + timedelta(hours=23, minutes=59))
        assert policies.is_overdue(escalation, now + timedelta(hours=24))
        assert [each.id for each in queries.list_escalations()] == [escalation.id]
        actions.tell_superiors(escalation=escalation, told_to="station-head", by=worker.id, now=now)
        actions.answer_escalation(escalation=escalation, outcome="taken", by=worker.id, now=now + timedelta(hours=3))
        assert not policies.is_overdue(escalation, now + timedelta(days=9))
        assert not queries.list_escalations().exists()
        with pytest.raises(Refused, match="already noted"):
            actions.answer_escalation(escalation=escalation, outcome="maintained", by=worker.id, now=now)


@pytest.mark.parametrize("outcome", [Outcome.TAKEN, Outcome.STATEMENT, Outcome.DEFERRED])
def test_nothing_but_a_refusal_starts_the_clock(wished, worker, attempt, outcome):
    with acting(worker):
        attempt(wished, outcome)
        assert not queries.list_escalations().exists()


def test_a_log_entry_is_never_counted_as_a_complaint(case, wished, worker, attempt):
    """AT-81: after a main courante the file still has no complaint; after a complaint taken it has one."""
    with acting(worker):
        attempt(wished, Outcome.STATEMENT)
        assert queries.count_in_file(case) == queries.Counted(complaints=0, statements=1, refusals=0)
        assert CaseFile.objects.get(id=case.id).complaint == Answer.NOT_ASKED
        attempt(wished, Outcome.TAKEN, receipt=Answer.YES)
        assert queries.count_in_file(case) == queries.Counted(complaints=1, statements=1, refusals=0)
        assert CaseFile.objects.get(id=case.id).complaint == Answer.YES


def test_it_may_be_taken_anywhere_and_after_a_refusal_elsewhere(wished, worker, attempt, organisation, officer):
    """R34 and CPP 15-3: any station, known here or only named, and a refusal ends nothing."""
    with acting(worker):
        attempt(wished, Outcome.REFUSED, reason="elsewhere")
        attempt(wished, Outcome.TAKEN, station=organisation("commissariat-d"), place="")
        assert wished.state == State.TAKEN
        with pytest.raises(Refused, match="cannot become"):
            attempt(wished, Outcome.REFUSED, reason="none-said")


def test_a_refusal_says_a_reason_of_the_list_even_that_none_was_said(wished, worker, attempt):
    with acting(worker):
        for reason in ("", "because"):
            with pytest.raises(Refused, match="not in the list"):
                attempt(wished, Outcome.REFUSED, reason=reason)
        with pytest.raises(Refused, match="which station"):
            attempt(wished, Outcome.REFUSED, reason="none-said", place=" ")
        refused = attempt(wished, Outcome.REFUSED, reason="none-said")
        assert (refused.words, refused.function) == ("", "")
        with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(
                "INSERT INTO field_complaints_attempt (id, case_id, complaint_id, place, tried_on, outcome, function, words, reason,"
                " receipt, copy, noted_at, noted_by) SELECT gen_random_uuid(), case_id, complaint_id, place, tried_on, 'REFUSED',"
                " '', '', '', receipt, copy, noted_at, noted_by FROM field_complaints_attempt"
            )


def test_the_wish_changes_without_a_word_of_failure(case, worker, now):
    """R34: to set it aside is her choice; it can be taken up again, and no label says failed, abandoned or withdrawn."""
    with acting(worker):
        complaint = actions.note_wish(case=case, wish=Wish.NONE, by=worker.id, now=now)
        assert complaint.state == State.ASIDE
        actions.note_wish(case=case, complaint=complaint, wish=Wish.COMPLAINT, by=worker.id, now=now)
        assert complaint.state == State.OPEN
        actions.explain(complaint=complaint, accompaniment="lawyer", by=worker.id, now=now)
    for language in ("fr", "en"):
        with translation.override(language):
            said = " ".join(str(each.label).lower() for each in (*State, *Wish, *Outcome))
        for word in ("abandon", "échec", "fail", "retir", "withdr", "renonc", "gave up"):
            assert word not in said


def test_steps_follow_only_a_complaint_that_was_taken(wished, worker, attempt, now):
    with acting(worker):
        with pytest.raises(Refused, match="No station has taken"):
            actions.add_step(complaint=wished, step="investigation", known_on=now.date(), by=worker.id, now=now)
        attempt(wished, Outcome.TAKEN)
        actions.add_step(complaint=wished, step="forwarded", known_on=now.date(), by=worker.id, now=now)
        assert wished.state == State.FORWARDED
        assert [step.step for step in queries.list_steps(wished)] == ["taken", "forwarded"]


def test_the_police_do_not_write_in_this_room(case, officer, worker, now):
    with acting(worker), pytest.raises(NotAllowed):
        actions.note_wish(case=case, wish=Wish.COMPLAINT, by=officer.id, now=now)


def test_an_excluded_station_sees_nothing_of_the_refusal(case, wished, worker, officer, attempt, organisation, now):
    """X08: no row for the station that refused, whoever asks there."""
    with acting(worker):
        attempt(wished, Outcome.REFUSED, reason="none-said", station=organisation("commissariat-d"))
    with acting(officer):
        assert Attempt.objects.count() == 0
        assert not queries.list_escalations().exists()


# --- the station's own counts


def test_refusals_count_in_the_table_of_the_station_and_small_counts_are_hidden(
    worker, open_file, make_account, organisation, attempt, now
):
    """AT-81 and X12: five refusals are told to who runs that station, four are hidden, another station is told nothing."""
    head, other = (
        make_account("cheffe-d", "STATION_HEAD", at="commissariat-d"),
        make_account("cheffe-e", "STATION_HEAD", at="brigade-e"),
    )
    later = (now.replace(day=1) + timedelta(days=40)).replace(day=3)
    for number in range(5):
        with acting(worker):
            complaint = actions.note_wish(
                case=open_file(given=f"Alix{number}"), wish=Wish.COMPLAINT, by=worker.id, now=now
            )
            attempt(complaint, Outcome.REFUSED, reason="no-proof", station=organisation("commissariat-d"), place="")
            if number < 4:
                attempt(complaint, Outcome.STATEMENT, station=organisation("commissariat-d"), place="")
    with acting(head):
        assert queries.list_station_months(now=now) == [], "the month that runs is not told"
        [month] = queries.list_station_months(now=later)
        assert (month.first, month.refusals, month.statements, month.taken) == (now.date().replace(day=1), 5, None, 0)
        assert Attempt.objects.count() == 0
    with acting(other):
        assert queries.list_station_months(now=later) == []


# --- the time line


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2019", "2019"), ("2019-03", "2019-03"), ("2019-03-12", "2019-03-12"), ("03/2019", "2019-03"), ("12/3/2019", "2019-03-12"),
        ("l’été du déménagement", ""), ("31/02/2019", ""), ("13/2019", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_known(typed, read):
    """AT-90: a year alone is a date; what is no date is not an error."""
    assert policies.read_date(typed) == read


@pytest.mark.parametrize(
    "told",
    [
        {"text": "Une gifle."}, {"earliest": "2019"}, {"place": "dans la cuisine"}, {"landmark": "avant la naissance de Léo"},
        {"certainty": Certainty.BETWEEN, "earliest": "2019"}, {"certainty": Certainty.EXACT, "text": "Il a crié."},
        {"earliest": "un jour de pluie"},
    ],
)  # fmt: skip
def test_nothing_is_obligatory_to_keep_a_moment(case, worker, now, told):
    """AT-90: neither the facts nor the date are demanded; what she said is kept, in one place or another."""
    with acting(worker):
        moment = actions.write_moment(case=case, by=worker.id, now=now, **told)
        assert Moment.objects.filter(id=moment.id).exists()
        if told.get("earliest") == "un jour de pluie":
            assert (moment.landmark, moment.certainty) == ("un jour de pluie", Certainty.UNKNOWN)


def test_a_blank_moment_is_no_error_and_leaves_no_row(case, worker, now):
    with acting(worker):
        assert actions.write_moment(case=case, by=worker.id, now=now) is None
        assert not Moment.objects.exists()


def test_the_time_line_orders_uncertain_dates_and_keeps_apart_what_has_none(case, worker, now):
    """AT-90: "about 2018", "between March and May 2019", "before 2020", and a moment without any date."""
    with acting(worker):
        for told in (
            {"certainty": Certainty.BEFORE, "earliest": "2020", "text": "c"}, {"text": "sans date"},
            {"certainty": Certainty.BETWEEN, "earliest": "03/2019", "latest": "05/2019", "text": "b"},
            {"certainty": Certainty.ABOUT, "earliest": "2018", "text": "a"},
        ):  # fmt: skip
            actions.write_moment(case=case, by=worker.id, now=now, **told)
        dated, undated = queries.list_timeline(case)
        assert ["".join(moment.text for moment in dated), [moment.text for moment in undated]] == ["abc", ["sans date"]]


def test_what_she_takes_back_is_gone(case, worker, now, owner):
    with acting(worker):
        moment = actions.write_moment(case=case, text="mots repris", by=worker.id, now=now)
        actions.remove_moment(moment=moment, by=worker.id, now=now)
        assert not Moment.objects.exists()


# --- her page


@pytest.fixture
def link(wished, worker, attempt, now):
    with acting(worker):
        attempt(wished, Outcome.TAKEN)
        return actions.make_status_link(complaint=wished, by=worker.id, now=now)


def look(link, code=None, now=None):
    with entering("field", Subject("link")):
        return actions.open_status(token=link.token, code=code or link.code, now=now)


def test_her_page_opens_again_and_again_with_its_code_and_reads_nothing_else(link, now):
    """AT-82: the function gives steps; the subject that asks can read no row of any table."""
    for _time in range(3):
        followed = look(link, now=now)
        assert (followed.state, [step for step, _day in followed.steps]) == (State.TAKEN, ["taken"])
    with entering("field", Subject("link")):
        assert StatusLink.objects.count() == 0
        assert Attempt.objects.count() == 0
    assert look(link, "0000 0000", now) is None


def test_ten_wrong_codes_close_her_page_and_a_right_one_forgets_the_wrong_ones(link, wished, worker, now):
    for _time in range(9):
        assert look(link, "0000 0001", now) is None
    assert look(link, now=now)
    for _time in range(10):
        assert look(link, "0000 0001", now) is None
    assert look(link, now=now) is None
    with acting(worker):
        fresh = actions.make_status_link(complaint=wished, by=worker.id, now=now)
    assert look(link, now=now) is None
    assert look(fresh, now=now)
    with acting(worker):
        actions.close_status_link(complaint=wished, by=worker.id, now=now)
    assert look(fresh, now=now) is None


def test_the_secrets_of_her_page_are_not_stored(link, worker):
    with acting(worker):
        stored = str(StatusLink.objects.values().get())
    assert link.token not in stored
    assert link.code not in stored
    assert link.code.replace(" ", "") not in stored


def test_her_words_are_short_and_known(link):
    """AT-82: each sentence has at most 15 words, and none is a word of the trade."""
    import re

    for code in get_nomenclature("complaint-steps").codes.values():
        for text in (code.label, code.note):
            for sentence in re.split(r"[.?!]", text.fr):
                assert len(sentence.split()) <= 15, sentence
            for word in (
                "parquet",
                "classement",
                "récidive",
                "mis en cause",
                "OPJ",
                "procès-verbal",
                "audition",
                "CPP",
            ):
                assert word.lower() not in text.fr.lower()


# --- letters


def test_the_letters_quote_the_law_of_the_day_and_name_nobody(wished, worker, attempt, now):
    """X03: one addressee each; the article in the version in force on the day of the refusal; no name in the file."""
    with acting(worker):
        refused = attempt(wished, Outcome.REFUSED, reason="no-proof", words="Il n’y a pas de preuve.")
        old = attempt(wished, Outcome.REFUSED, reason="no-proof", tried_on=now.date().replace(year=2018))
        codes = {letter.code for letter in list_refusal_letters()}
        assert codes == {"prosecutor", "police-inspectorate", "gendarmerie-inspectorate", "rights-defender"}
        for code in codes:
            drawn = queries.draw_letter(refused, code, now=now)
            text = " ".join(letters.paragraphs(drawn, "fr"))
            assert "Commissariat de Fontaine-Neuve" in text
            assert "Il n’y a pas de preuve." in text
            assert "Exemple" not in text
            assert "{" not in text
            assert "cpp-15-3" in [article.code for article in drawn.articles]
        assert letters.render_letter(drawn, "fr").startswith(b"%PDF")
        assert letters.render_letter(drawn, "en").startswith(b"%PDF")
        before = queries.draw_letter(old, "prosecutor", now=now)
        assert [article.code for article in before.articles] == ["cpp-15-3-2000"]
        assert "mots qui m’ont été dits" not in " ".join(letters.paragraphs(before, "fr"))


def test_no_letter_is_drawn_about_what_was_not_refused(wished, worker, attempt, now):
    with acting(worker):
        taken = attempt(wished, Outcome.TAKEN)
        with pytest.raises(queries.NotFound):
            queries.draw_letter(taken, "prosecutor", now=now)
