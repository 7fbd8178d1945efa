"""A database filled for a bench: its own, in full, under the walls, and once."""

import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from egide.field.assessments.models import Review
from egide.field.casefiles.models import Action, CaseFile, TeamMember
from egide.field.needs.models import Need
from egide.field.persons.models import Person
from egide.field.referrals.models import Referral
from egide.foundation.accounts.models import Account
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering
from egide.sample import seeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("active_field")]


@pytest.fixture(autouse=True)
def small_teams(monkeypatch, settings, tmp_path):
    """Ten files for a worker, two workers in an association; passwords kept aside."""
    monkeypatch.setattr(seeding, "FILES", 10)
    monkeypatch.setattr(seeding, "TEAM", 2)
    settings.VAR = tmp_path


def seed(persons=35, actions=90, users=1, *words):
    out = io.StringIO()
    asked = ["--persons", str(persons), "--actions", str(actions), "--users", str(users), "--json"]
    call_command("seed_load", *asked, *words, stdout=out)
    return json.loads(out.getvalue())


def test_the_files_and_the_actions_asked_for_are_there_to_the_last_and_once(tmp_path):
    told = seed()
    assert (told["cases"], told["actions"], told["workers"], told["users"]) == (35, 90, 4, 1)
    files, actions, persons, shared = set(), set(), set(), 0
    for account in Account.objects.filter(username__startswith="charge-"):
        with entering("field", Subject.account(account.id)):
            files |= set(CaseFile.objects.values_list("id", flat=True))
            actions |= set(Action.objects.values_list("id", flat=True))
            persons |= set(Person.objects.values_list("id", flat=True))
            shared += TeamMember.objects.exclude(account=account.id).count()
    assert (len(files), len(actions), len(persons)) == (35, 90, 35)
    assert shared
    assert Organisation.objects.filter(fictional=True).count() == Organisation.objects.count() == 2
    assert seed()["cases"] == 0
    assert stat.S_IMODE((tmp_path / "load/accounts.txt").stat().st_mode) == 0o600


def test_only_the_workers_asked_for_may_sign_in(tmp_path, client):
    seed(persons=20, users=1)
    [line] = (tmp_path / "load/accounts.txt").read_text().splitlines()
    username, password = line.split()
    assert client.post("/connexion/", {"username": username, "password": password}).status_code == 302
    assert not Account.objects.exclude(username=username).get(username="charge-2").has_usable_password()


def test_a_database_that_holds_something_else_is_left_alone(worker, monkeypatch, settings):
    with pytest.raises(CommandError, match="not a load database"):
        seed()
    monkeypatch.setitem(connection.settings_dict, "NAME", "egide_load_try")
    assert seed(persons=1, actions=0)["cases"] == 1
    settings.MODE = "production"
    with pytest.raises(CommandError, match="never enter a production"):
        seed()


def test_impossible_sizes_are_refused():
    with pytest.raises(CommandError, match="one person at least"):
        seed(persons=0)


def test_a_few_files_of_each_worker_are_worked_on_once():
    """Red needs, reviews that are due and referrals that wait, so that a page measured at that size has its lists to make."""
    assert seed(persons=20)["worked"] > 1
    red = due = sent = 0
    for account in Account.objects.filter(username__startswith="charge-"):
        with entering("field", Subject.account(account.id)):
            red += Need.objects.filter(state="RED").count()
            due += Review.objects.filter(closed_at=None, due_at__lt=timezone.now()).count()
            sent += Referral.objects.filter(state="SENT").count()
    assert min(red, due, sent) > 0
    assert seed(persons=20)["worked"] == 0
