"""What crosses from the field to the statistics, and what does not: cells of counts, once, by one road."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from egide.bridge import extracts
from egide.bridge.cells import DIMENSIONS, MEASURES, SOURCE, UNLISTED, CannotExtract, check_cells, make_cell, with_zeros
from egide.bridge.extracts import check_span, extract_field, list_periods
from egide.field.casefiles.actions import record_action, record_interview
from egide.field.casefiles.models import CaseFile
from egide.field.persons.models import Person
from egide.foundation.accounts.models import Account
from egide.foundation.audit.queries import list_events
from egide.foundation.catalogue import get_source, list_territories
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import PUBLIC, AlreadyInside, Subject, entering
from egide.foundation.wings.plan import WINGS
from egide.foundation.wings.scan import list_breaches
from egide.statistics.collection import store
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import get_delivery, list_deliveries, read_accepted

from .conftest import Year

pytestmark = pytest.mark.django_db

SMALL = Year(
    year=2022, posts=2, categories={"VICTIM": 5, "OFFENDER": 2}, people={"F": 6, "M": 3}, second_interviews=2,
    actions={"listening": 9, "child-report": 1}, reasons={"domestic-violence": 6, "housing": 2}, commune="99002",
)  # fmt: skip
SPAN = [date(2022, 1, 1), date(2022, 12, 31)]
UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.I)


def bytes_of(delivery):
    return store.original(delivery.sha256).read_bytes()


def rows_of(delivery):
    return list(csv.DictReader(io.StringIO(bytes_of(delivery).decode())))


def total(rows, **codes):
    return sum(int(row["value"]) for row in rows if all(row[name] == code for name, code in codes.items()))


def receipts():
    with entering("statistics", Subject.job("tests")):
        return [view.id for view in list_deliveries(SOURCE)]


def ask(function, *, code="SELECT * FROM {}(%s, %s)"):
    with connection.cursor() as cursor:
        cursor.execute(code.format(function), SPAN)
        return cursor.fetchall()


# --- who may ask


@pytest.mark.parametrize("function", extracts.FUNCTIONS)
def test_no_account_no_link_and_nobody_unnamed_gets_a_cell(work, function):
    """Z01: a job only; an account could subtract two answers and learn of one file."""
    [(account, _place), *_] = work(SMALL)
    for subject in (Subject.account(account.id), Subject("link", account.id), PUBLIC, Subject("")):
        with entering("field", subject), pytest.raises(DatabaseError, match="named job"), transaction.atomic():
            ask(function)


@pytest.mark.parametrize("function", extracts.FUNCTIONS)
@pytest.mark.parametrize("wing", [code for code in WINGS if code != "field"])
def test_no_other_role_may_call_it(function, wing):
    """Not by a right of its own, nor by one that everybody has."""
    with (
        entering(wing, Subject.job("extract_field")),
        pytest.raises(DatabaseError, match="permission denied for function"),
        transaction.atomic(),
    ):
        ask(function)


@pytest.mark.parametrize("function", extracts.FUNCTIONS)
def test_the_login_role_may_not_call_it(function):
    with pytest.raises(DatabaseError, match="permission denied for function"), transaction.atomic():
        ask(function)


def test_the_walls_have_no_breach_with_it(owner):
    assert list_breaches(owner) == []


# --- what leaves


def test_only_known_codes_and_counts_leave(work, extract):
    """Z01: no row, no identifier, no name, no reference, no account: every cell of the file is a code or a count."""
    posts = work(SMALL)
    delivery = extract(2022)
    text = bytes_of(delivery).decode()
    with entering("field", Subject.account(posts[0][0].id)):
        persons, cases = list(Person.objects.all()), list(CaseFile.objects.all())
    assert persons
    assert cases
    said = [
        word for p in persons for word in (p.given_name, p.family_name, p.name_key, p.sound_key, str(p.id), p.id.hex)
    ]
    said += [word for case in cases for word in (str(case.id), case.id.hex, case.reference)]
    said += [word for a in Account.objects.all() for word in (a.username, a.name, str(a.id))]
    said += list(Organisation.objects.values_list("name", flat=True))
    assert [word for word in said if word and word.lower() in text.lower()] == []
    assert not UUID.search(text)
    lists = {c.name: c.nomenclature for c in get_source(SOURCE).columns}
    for row in rows_of(delivery):
        assert row["value"].isdigit()
        assert row["fictional"] == "true"
        assert all(row[name] == "_Z" or lists[name] for name in DIMENSIONS if name != "station")
    with entering("statistics", Subject.job("tests")):
        view = get_delivery(delivery.id)
        assert (view.verdict, view.rows_accepted) == ("ACCEPTED", len(rows_of(delivery)))


def test_what_someone_typed_in_place_of_a_code_stays_inside_and_is_counted(work, extract):
    posts = work(SMALL)
    with entering("field", Subject.account(posts[0][0].id)):
        case = CaseFile.objects.first()
        case.reasons = ["Madame Exemple", "son frère"]
        case.origin = "Alix Exemple"
        case.save()
    delivery = extract(2022)
    assert "Exemple" not in bytes_of(delivery).decode()
    assert total(rows_of(delivery), measure="case-reasons", period="2022", reason=UNLISTED) == 2
    assert total(rows_of(delivery), measure="case-origins", period="2022", origin=UNLISTED) == 1
    with entering("statistics", Subject.job("tests")):
        view = get_delivery(delivery.id)
    assert {finding.code for finding in view.findings} == {"UNKNOWN_CODE", "ACCEPTED_AS"}


def test_a_year_is_crossed_as_it_is_said_and_a_month_no_finer(work, active_field):
    """What MEASURES says of each measure is what the database gives: units, dimensions of a year, dimensions of a month."""
    work(SMALL)
    crossed: dict[tuple[str, bool], set[str]] = {}
    with entering("field", Subject.job("tests")), connection.cursor() as cursor:
        for function in extracts.FUNCTIONS:
            cursor.execute(f"SELECT * FROM {function}(%s, %s)", SPAN)
            names = [column.name for column in cursor.description]
            assert set(names) <= {"measure", "unit", "territory", "period", "fictional", "value", *DIMENSIONS}
            for row in cursor.fetchall():
                cell = dict(zip(names, row, strict=True))
                assert cell["unit"] == MEASURES[cell["measure"]].unit
                used = {name for name in DIMENSIONS if cell.get(name) is not None}
                crossed.setdefault((cell["measure"], len(cell["period"]) == 4), set()).update(used)
    for (measure, yearly), used in crossed.items():
        wanted = MEASURES[measure].yearly if yearly else MEASURES[measure].monthly
        assert used == set(wanted), (measure, yearly)


def test_persons_are_distinct_within_the_cell_and_counters_are_apart(work, extract):
    """R01: one person met in several months counts once in the year; interviews and actions count otherwise."""
    posts = work(SMALL)
    delivery = extract(2022)
    before = total(rows_of(delivery), measure="persons-received", period="2022")
    assert before == 9
    with entering("field", Subject.account(posts[0][0].id)):
        case = CaseFile.objects.first()
        person = Person.objects.filter(roles__case=case).first()
        for month in (2, 3, 4, 4):
            at = datetime(2022, month, 3, 9, tzinfo=UTC)
            record_interview(case=case, person=person, held_at=at, minutes=30, by=posts[0][0].id, now=at)
    rows = rows_of(extract(2022))
    assert total(rows, measure="persons-received", period="2022") == 9
    assert total(rows, measure="interviews", period="2022") == 9 + 2 + 4
    assert total(rows, measure="new-cases", period="2022") == total(rows, measure="case-origins", period="2022") == 7


def test_a_day_is_a_day_of_paris(work, extract):
    """Half past eleven in the evening, universal time, is the next day, month and year in Paris, in winter."""
    posts = work(replace(SMALL, second_interviews=0))
    moments = [(2021, 12, 31, 22), (2021, 12, 31, 23), (2022, 1, 31, 23), (2022, 12, 31, 22), (2022, 12, 31, 23)]
    with entering("field", Subject.account(posts[0][0].id)):
        case = CaseFile.objects.first()
        person = Person.objects.filter(roles__case=case).first()
        for at in (datetime(*moment, 30, tzinfo=UTC) for moment in moments):
            record_action(case=case, kind="home-visit", done_at=at, minutes=5, by=posts[0][0].id, now=at)
            record_interview(case=case, person=person, held_at=at, minutes=5, by=posts[0][0].id, now=at)
    rows = rows_of(extract(2022))
    visits = {row["period"]: int(row["value"]) for row in rows if row["action"] == "home-visit" and row["value"] != "0"}
    assert visits == {"2022": 3, "2022-01": 1, "2022-02": 1, "2022-12": 1}
    assert total(rows, measure="interviews", period="2022") == 9 + 3


def test_the_territory_is_the_departement_of_every_commune_of_the_catalogue(owner):
    """Every commune of the catalogue, fictional ones included, falls in its own département; anything else is unstated."""
    communes = [(each.code, each.parent) for each in list_territories("commune", fictional=True)]
    assert len(communes) > 30_000
    found = owner.execute("SELECT c, departement_of(c) FROM unnest(%s::text[]) c", [[code for code, _ in communes]])
    wrong = [(code, got) for (code, parent), (_c, got) in zip(communes, found.fetchall(), strict=True) if got != parent]
    assert wrong == []
    others = owner.execute(
        "SELECT DISTINCT departement_of(c) FROM unnest(%s::text[]) c",
        [["", "20004", "96001", "7512", "Melun", "75O56", "99101"]],
    )
    assert others.fetchall() == [("unstated",)]


def test_who_lives_nowhere_known_is_counted_apart_and_enters_no_figure(work, extract):
    work(replace(SMALL, commune=""))
    delivery = extract(2022)
    assert {row["territory"] for row in rows_of(delivery)} == {"unstated"}
    with entering("statistics", Subject.job("tests")):
        view = get_delivery(delivery.id)
    assert "OUTSIDE_SCOPE" in {finding.code for finding in view.findings}


# --- zeros


def test_a_zero_is_written_only_where_the_same_is_counted_elsewhere(work, extract):
    """X04: silence is not a zero. A measure nobody counted in the territory has no line at all."""
    work(replace(SMALL, reasons={}))
    rows = rows_of(extract(2022))
    by_measure = Counter(row["measure"] for row in rows)
    assert "case-reasons" not in by_measure
    categories = {row["category"] for row in rows if row["measure"] == "new-cases" and row["period"] == "2022-06"}
    assert categories == {"VICTIM", "OFFENDER", "THIRD_PARTY"}
    assert total(rows, measure="new-cases", category="THIRD_PARTY") == 0
    assert {row["period"] for row in rows if row["measure"] == "posts"} == {"2022"}


def test_no_zero_is_written_in_the_name_of_a_body_that_nobody_saw_work():
    codes = {"author": "gendarmerie", "station": "b", "audience": "OTHER", "outcome": "offered"}
    found = make_cell("police-referrals", "990", "2022", codes, True, 3)
    cells = with_zeros([found], ["2022"])
    assert {(cell.code("author"), cell.code("station")) for cell in cells} == {("gendarmerie", "b")}
    assert sum(cell.value for cell in cells) == 3
    assert len(cells) == 9


# --- one delivery


def test_the_same_cells_give_the_same_bytes_and_the_first_receipt(work, extract):
    work(SMALL)
    first = extract(2022)
    again, later = extract(2022), extract(2022, vintage=date(2023, 6, 30))
    assert first.id == again.id == later.id
    assert receipts() == [first.id]


def test_more_work_is_another_delivery_and_the_first_one_stays(work, extract):
    posts = work(SMALL)
    first = extract(2022)
    kept = bytes_of(first)
    work(SMALL, posts)
    second = extract(2022, vintage=date(2023, 6, 30))
    assert second.id != first.id
    assert bytes_of(first) == kept
    with entering("statistics", Subject.job("tests")):
        assert read_accepted(second).num_rows >= read_accepted(first).num_rows


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("point", ["write_csv", "receive_delivery", "store.keep", "delivery.save"])
def test_a_kill_leaves_no_receipt_or_a_whole_one(work, extract, monkeypatch, point):
    """Killed at any moment, running it again completes; nothing half written can be read."""
    work(SMALL)

    def kill(*_args, **_words):
        raise Killed

    with monkeypatch.context() as patch:
        if point == "store.keep":
            patch.setattr(store, "keep", kill)
        elif point == "delivery.save":
            patch.setattr(Delivery, "save", kill)
        else:
            patch.setattr(extracts, point, kill)
        with pytest.raises(Killed):
            extract(2022)
    assert receipts() == []
    delivery = extract(2022)
    assert receipts() == [delivery.id]
    with entering("statistics", Subject.job("tests")):
        assert read_accepted(delivery).num_rows == delivery.rows_accepted > 0


def test_it_never_stands_in_both_wings(work, active_field, active_statistics, now):
    work(SMALL)
    for wing in ("field", "statistics"):
        with entering_active(wing, Subject.job("tests")), pytest.raises(AlreadyInside):
            extract_field(first=SPAN[0], last=SPAN[1], vintage=date(2023, 1, 31), now=now)
    assert receipts() == []


def test_the_extract_is_in_the_trail_without_a_count_of_anyone(work, extract):
    work(SMALL)
    delivery = extract(2022)
    with entering("foundation", Subject.job("tests")):
        [trace] = list_events(kind="extract", identifier="2022-01-01/2022-12-31")
    assert (trace.code, trace.actor_kind, trace.actor) == ("CELLS_EXTRACTED", "job", "extract_field")
    assert trace.detail["sha256"] == delivery.sha256


# --- when it is refused


@pytest.mark.parametrize("closed", ["field", "statistics"])
def test_both_modules_must_have_their_legal_record(work, request, now, closed):
    """X02: without the act of either module nothing is tabulated and nothing is delivered."""
    work(SMALL)
    request.getfixturevalue({"field": "active_statistics", "statistics": "active_field"}[closed])
    with pytest.raises(CommandError, match=f"egide activate {closed}"):
        call_command(
            "extract_field", "--from", "2022-01-01", "--to", "2022-12-31", "--vintage", "2023-01-31",
        )  # fmt: skip
    with entering("foundation", Subject.job("tests")):
        assert not list(list_events(kind="extract", identifier="2022-01-01/2022-12-31"))
    with pytest.raises(GateClosed):
        extract_field(first=SPAN[0], last=SPAN[1], vintage=date(2023, 1, 31), now=now)


@pytest.mark.parametrize(
    ("first", "last", "vintage"),
    [
        (date(2022, 1, 2), date(2022, 12, 31), date(2023, 1, 31)),
        (date(2022, 1, 1), date(2022, 12, 30), date(2023, 1, 31)),
        (date(2022, 12, 1), date(2022, 1, 31), date(2023, 1, 31)),
        (date(2022, 1, 1), date(2022, 12, 31), date(2022, 6, 30)),
        (date(2022, 1, 1), date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_only_whole_months_that_are_over_are_extracted(first, last, vintage):
    """A month to come would read as zero."""
    with pytest.raises(CannotExtract):
        check_span(first, last, vintage=vintage, today=date(2026, 6, 1))


def test_a_part_of_a_year_gives_its_months_and_no_year():
    assert list(list_periods(date(2021, 11, 1), date(2022, 1, 31))) == ["2021-11", "2021-12", "2022-01"]
    assert list(list_periods(date(2022, 1, 1), date(2022, 12, 31)))[:2] == ["2022", "2022-01"]


def test_nothing_noted_is_nothing_delivered(extract):
    with pytest.raises(CannotExtract, match="nothing to deliver"):
        extract(2022)


def test_real_and_invented_services_are_never_counted_together():
    invented, real = (make_cell("posts", "77", "2022", {}, fictional, 1) for fictional in (True, False))
    with pytest.raises(CannotExtract, match="77"):
        check_cells([invented, real])
    with pytest.raises(CannotExtract, match="990"):
        check_cells([make_cell("posts", "990", "2022", {}, False, 1)])
    with pytest.raises(CannotExtract, match="20"):
        check_cells([make_cell("posts", "20", "2022", {}, False, 1)])
