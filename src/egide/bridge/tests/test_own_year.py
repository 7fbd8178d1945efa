"""The year of one worker: its own four counters, its own bases; a colleague's work is not in it, and leaving a team takes none away."""

import csv
import io
from datetime import date

import pypdf
import pytest
from django.utils import timezone

from egide.bridge.own_year import OwnCount, compose_own_year, write_return
from egide.bridge.own_year_paper import draw_return
from egide.field.casefiles import actions
from egide.field.casefiles.queries import count_open_by_state, count_own_year, get_concerned
from tests.people import acting

AT_01 = [
    *(OwnCount("new-cases", "category", code, True, n) for code, n in {"VICTIM": 612, "OFFENDER": 106, "THIRD_PARTY": 312}.items()),
    *(OwnCount("persons-received", "sex", code, True, n) for code, n in {"F": 942, "M": 314}.items()),
    *(OwnCount("case-reasons", "reason", code, True, n) for code, n in
      {"domestic-violence": 952, "vulnerability": 68, "schooling": 74, "housing": 34}.items()),
    *(OwnCount("actions", "action", code, True, n) for code, n in {"child-report": 109, "listening": 4240}.items()),
]  # fmt: skip


def test_the_return_prints_each_base_and_forces_nothing_to_one_hundred():
    """AT-01: 59 + 10 + 30 = 99, said so; 1,128 reasons for 1,030 files, with their base; no undetermined case is invented."""
    year = compose_own_year(AT_01, 2021)
    rows = list(csv.reader(io.StringIO(write_return(year, "fr").removeprefix("\ufeff")), delimiter=";"))
    shares = {(row[0], row[1]): row[3:6] for row in rows}
    assert shares["categories", "VICTIM"] == ["612", "1030", "59"]
    assert shares["categories", "OFFENDER"] == ["106", "1030", "10"]
    assert shares["categories", "THIRD_PARTY"] == ["312", "1030", "30"]
    assert shares["categories", ""] == ["", "1030", "1"]
    assert any("indéterminé ou arrondi" in row[2] for row in rows)
    assert shares["sexes", "F"] == ["942", "1256", "75"]
    assert shares["reasons", "domestic-violence"] == ["952", "1030", "92"]
    assert sum(int(row[3]) for row in rows if row[0] == "reasons") == 1128
    assert all("plusieurs motifs" in row[6] for row in rows if row[0] == "reasons")
    assert (shares["new-cases", ""][0], shares["persons", ""][0], shares["actions", ""][0]) == ("1030", "1256", "4349")


def test_the_return_on_paper_prints_the_same_counts_each_with_its_base():
    """AT-01, as a tagged PDF; the same content gives the same bytes."""
    drawn = [
        draw_return(
            compose_own_year(AT_01, 2021), "fr", whose="Agent fictif, Organisme fictif", drawn_on=date(2022, 1, 31)
        )
        for _ in range(2)
    ]
    read = pypdf.PdfReader(io.BytesIO(drawn[0]))
    text = " ".join(
        " ".join(page.extract_text() for page in read.pages).replace("\u202f", " ").replace("\u00a0", " ").split()
    )
    for words in (
        "Bilan de l’année 2021", "Agent fictif, Organisme fictif", "base : 1 030 dossiers", "base : 1 256 personnes", "612 59 %",
        "1 128 motifs", "indéterminé ou arrondi", "4 349", "dont 109 transmissions", "Services et personnes inventés",
    ):  # fmt: skip
        assert words in text, words
    assert drawn[0] == drawn[1]
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_year_in_which_nothing_was_noted_is_no_year():
    assert compose_own_year([], 2021) is None


@pytest.mark.django_db
def test_ones_year_holds_ones_own_work_also_after_leaving_the_team(worker, colleague, open_file, now):
    """R01: persons, files, interviews and actions apart; the colleague's work is hers."""
    year = timezone.localdate(now).year
    with acting(worker):
        case = open_file(reasons=["domestic-violence", "housing"])
        for minutes in (20, 40):
            actions.record_interview(
                case=case, person=get_concerned(case), held_at=now, minutes=minutes, by=worker.id, now=now
            )
        actions.record_action(case=case, kind="listening", done_at=now, minutes=5, by=worker.id, now=now)
        actions.join_team(case=case, account=colleague.id, now=now)
        assert count_open_by_state() == {"SIGNALLED": 1}
        actions.leave_team(case=case, account=worker.id, now=now)
    with acting(colleague):
        actions.record_action(case=case, kind="liaison", done_at=now, minutes=5, by=colleague.id, now=now)
    with acting(worker):
        assert count_open_by_state() == {}
        mine = compose_own_year((OwnCount(*row) for row in count_own_year(year)), year)
    with acting(colleague):
        hers = compose_own_year((OwnCount(*row) for row in count_own_year(year)), year)
    assert (mine.persons, mine.new_cases, mine.interviews, mine.actions) == (1, 1, 2, 1)
    assert (mine.reasons.tags, mine.reasons.base) == (2, 1)
    assert (hers.persons, hers.new_cases, hers.interviews, hers.actions) == (0, 0, 0, 1)


@pytest.mark.django_db
def test_nobody_but_an_account_has_a_year(worker, open_file, now):
    from egide.foundation.wings.entering import Subject, entering

    with acting(worker):
        open_file()
    with entering("field", Subject.job("tests")):
        assert count_own_year(timezone.localdate(now).year) == []
