"""Case files of the country in the field: under the walls, whole batch by whole batch, once."""

import io
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from egide.field.casefiles import queries
from egide.field.casefiles.loading.actions import load_cases
from egide.field.casefiles.models import Action, CaseFile, Episode, Interview, Role
from egide.field.casefiles.policies import MoveRefused
from egide.field.persons.keys import name_key
from egide.field.persons.models import Person, SafeContact
from egide.foundation.accounts.models import Account
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering
from egide.sample import loading
from egide.sample.country import HOME
from egide.sample.loading import ASSOCIATION, load_country, seat_workers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("active_field")]


def run(country, *words):
    out = io.StringIO()
    call_command("load_sample", "--country", str(country[0]), *words, stdout=out)
    return out.getvalue()


def acting(account):
    return entering("field", Subject.account(account))


@pytest.fixture
def held(country):
    """The case files that the country holds for the département of the demonstration."""
    return [row for row in pq.read_table(country[0] / "casefiles.parquet").to_pylist() if row["departement"] == HOME]


def held_by(country, row):
    """Which of two workers has a case: that of its place in the country."""
    return pq.read_table(country[0] / "casefiles.parquet")["case_id"].to_pylist().index(row["case_id"]) % 2


@pytest.fixture
def workers(now):
    return seat_workers(usernames=[], number=2, now=now)


def count_all(workers):
    counts = {}
    for worker in workers:
        with acting(worker):
            for model in (CaseFile, Person, Role, Interview, Action, Episode, SafeContact):
                counts[model.__name__] = counts.get(model.__name__, 0) + model.objects.count()
    return counts


def test_the_files_of_the_country_are_in_the_field_to_the_last_action(country, held, workers):
    assert run(country, "--workers", "2", "--cases", "10000") == (
        f"{len(held)} case files loaded, 0 already there, 0 more in the country.\n"
    )
    assert count_all(workers) == {
        "CaseFile": len(held),
        "Person": sum(len(row["persons"]) for row in held),
        "Role": sum(len(row["persons"]) for row in held),
        "Interview": sum(len(row["interviews"]) for row in held),
        "Action": sum(len(row["actions"]) for row in held),
        "Episode": sum(len(row["episodes"]) for row in held),
        "SafeContact": sum(person["channel"] is not None for row in held for person in row["persons"]),
    }


def test_a_file_is_the_one_of_the_country_and_its_worker_finds_the_person_by_name(country, held, workers, now):
    run(country, "--workers", "2", "--cases", "40")
    row = next(row for row in held[:40] if row["state"] == "CLOSED" and row["violence_forms"])
    concerned = row["persons"][0]
    with acting(workers[held_by(country, row)]):
        case = CaseFile.objects.get(reference=row["reference"])
        names = (
            "category",
            "origin",
            "reasons",
            "violence_forms",
            "commune",
            "state",
            "complaint",
            "opened_on",
            "closed_on",
        )
        assert {name: getattr(case, name) for name in names} == {name: row[name] for name in names}
        assert case.organisation.fictional
        found = queries.search_persons(given_name=concerned["given_name"], family_name=concerned["family_name"])
        person = found.get(name_key=name_key(concerned["given_name"], concerned["family_name"]))
        assert queries.list_roles_of(case)[0].person == person
        assert queries.counters(case)["actions"] == len(row["actions"])
        assert [trace.code for trace in queries.list_traces(case)] == ["CASE_OPENED"]
        assert Interview.objects.filter(case=case).first().held_at.tzinfo


def test_each_file_is_seen_by_its_own_worker_and_by_nobody_else(country, workers, stranger_account):
    run(country, "--workers", "2", "--cases", "30")
    seen = []
    for account in (*workers, stranger_account.id):
        with acting(account):
            seen.append(set(CaseFile.objects.values_list("id", flat=True)))
    assert len(seen[0] | seen[1]) == len(seen[0]) + len(seen[1]) == 30
    assert seen[0]
    assert seen[1]
    assert not seen[2]


@pytest.fixture
def stranger_account(make_account):
    return make_account("etrangere", "ISCG", at="association-b")


def test_loading_again_loads_nothing_and_asking_for_more_completes(country, held, workers):
    run(country, "--workers", "2", "--cases", "20")
    before = count_all(workers)
    assert run(country, "--workers", "2", "--cases", "20").startswith("0 case files loaded, 20 already there")
    assert count_all(workers) == before
    assert run(country, "--workers", "2", "--cases", "50").startswith("30 case files loaded, 20 already there")
    assert count_all(workers)["CaseFile"] == 50
    assert run(country, "--workers", "2", "--cases", "9999", "--departement", "all").startswith(
        "250 case files loaded, 50 already"
    )


def test_a_run_killed_in_the_middle_of_a_batch_is_completed_by_the_next(country, held, workers, now, monkeypatch):
    """The batch under way is rolled back whole; those before it stay."""
    batches = []

    def die_in_the_third(*, cases, **more):
        done = load_cases(cases=cases, **more)
        batches.append(done)
        if len(batches) == 3:
            raise KeyboardInterrupt
        return done

    asked = {"folder": country[0], "cases": 40, "accounts": workers, "departement": HOME, "now": now, "batch": 8}
    monkeypatch.setattr(loading, "load_cases", die_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        load_country(**asked)
    assert count_all(workers)["CaseFile"] == 16
    monkeypatch.undo()
    done = load_country(**asked)
    assert (done.now, done.before) == (24, 16)
    chosen = held[:40]
    counts = count_all(workers)
    assert counts["CaseFile"] == 40
    assert counts["Action"] == sum(len(row["actions"]) for row in chosen)
    assert counts["Person"] == sum(len(row["persons"]) for row in chosen)


def test_an_account_of_the_house_can_be_given_the_files(country, make_account):
    account = make_account("intervenante")
    run(country, "--account", "intervenante", "--cases", "10")
    with acting(account.id):
        assert CaseFile.objects.count() == 10
        assert Organisation.objects.get(code=ASSOCIATION[0]).fictional
    assert not Account.objects.filter(username__startswith="iscg-fictive").exists()


def test_a_name_that_nobody_bears_a_folder_without_country_and_other_accounts_are_refused(
    country, tmp_path, make_account
):
    with pytest.raises(CommandError, match="no account nobody"):
        run(country, "--account", "nobody")
    with pytest.raises(CommandError, match="build_sample"):
        run((tmp_path, None))
    with pytest.raises(CommandError, match="one case at least"):
        run(country, "--cases", "0")
    run(country, "--workers", "1", "--cases", "5")
    make_account("autre")
    with pytest.raises(CommandError, match="same accounts as before"):
        run(country, "--account", "autre", "--cases", "5")


def test_a_production_takes_no_invented_file(country, settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="never enter a production"):
        run(country)
    assert not Organisation.objects.filter(code=ASSOCIATION[0]).exists()


def test_an_invented_worker_cannot_be_signed_in_and_is_made_once(now):
    first = seat_workers(usernames=[], number=3, now=now)
    assert seat_workers(usernames=[], number=3, now=now + timedelta(minutes=1)) == first
    assert Account.objects.filter(username__startswith="iscg-fictive").count() == 3


def make_cases(country, **more):
    rows = pq.read_table(country[0] / "casefiles.parquet").slice(0, 2)
    [first, second] = list(loading._read_cases(rows))
    return [type(first)(**{**first.__dict__, **more}), second]


def test_invented_files_enter_a_fictional_organisation_only(country, workers, make_account, now):
    real = make_account("reelle", "ISCG", at="association-a")
    with acting(real.id):
        organisation = Organisation.objects.get(code="association-a")
        organisation.fictional = False
        with pytest.raises(ValidationError, match="not fictional"):
            load_cases(cases=make_cases(country), organisation=organisation, by=real.id, now=now)
        assert CaseFile.objects.count() == 0


def test_an_organisation_that_is_not_the_accounts_own_takes_nothing(country, workers, make_account, now):
    other = make_account("autre", "ISCG", at="association-b")
    with acting(other.id):
        with pytest.raises(ValidationError):
            load_cases(
                cases=make_cases(country),
                organisation=Organisation.objects.get(code=ASSOCIATION[0]),
                by=other.id,
                now=now,
            )
        assert CaseFile.objects.count() == Person.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"origin": "neighbour"}, {"reasons": ["spite"]}, {"closure_reason": "failed"}])
def test_an_unknown_code_loads_nothing_of_the_batch(country, workers, now, wrong):
    with acting(workers[0]):
        with pytest.raises(MoveRefused):
            load_cases(
                cases=make_cases(country, **wrong),
                organisation=Organisation.objects.get(code=ASSOCIATION[0]),
                by=workers[0],
                now=now,
            )
        assert CaseFile.objects.count() == Person.objects.count() == 0


def test_the_clock_of_the_country_is_utc(country):
    [first, _second] = make_cases(country)
    assert all(deed.done_at.tzinfo is UTC and deed.done_at.date() >= first.opened_on for deed in first.deeds)
    assert all(deed.done_at < datetime(2024, 1, 1, tzinfo=UTC) for deed in first.deeds)
