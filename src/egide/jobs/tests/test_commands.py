"""The commands an administrator types: what they do, and how they refuse."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from egide.foundation.accounts.models import Account
from egide.foundation.audit.actions import record
from egide.foundation.audit.queries import list_events
from egide.foundation.organisations.queries import list_roles
from egide.foundation.wings.entering import Subject, entering

pytestmark = pytest.mark.django_db

RECORD = [
    "--controller", "Organisme fictif", "--act", "Arrêté fictif", "--dpia", "AIPD fictive", "--dpia-date", "2026-01-01",
    "--dpo", "DPO fictif", "--retention", "aggregate-deliveries", "--fictional",
]  # fmt: skip


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def in_foundation():
    return entering("foundation", Subject.job("tests"))


def test_activation_without_an_act_is_refused_and_the_refusal_is_kept():
    """X02: activation without an act is refused and logged; the trace survives the refusal."""
    run("register_processing", "statistics", *RECORD[:2])
    with pytest.raises(CommandError, match="statistics"):
        run("activate", "statistics")
    with in_foundation():
        assert [t.code for t in list_events(kind="module", identifier="statistics")][-1] == "ACTIVATION_REFUSED"


def test_a_complete_record_activates_and_says_that_its_act_is_fictional():
    run("register_processing", "statistics", *RECORD)
    assert "fictional" in run("activate", "statistics")


def test_an_unknown_retention_rule_is_refused_naming_near_ones():
    with pytest.raises(CommandError, match="aggregate"):
        run("register_processing", "statistics", *RECORD[:-2], "aggregat-deliveries")


def test_delivering_to_a_module_that_is_not_active_is_refused(tmp_path):
    path = tmp_path / "any.csv"
    path.write_text("a\n1\n")
    with pytest.raises(CommandError, match="egide activate statistics"):
        run("deliver", str(path), "--source", "published-figures", "--vintage", "2024-03-01")


def test_an_account_is_made_with_its_mandate_and_an_unknown_role_is_refused_by_name(now):
    run("create_account", "agente", "--name", "Agente fictive", "--role", "STATISTICIAN", "--random-password")
    account = Account.objects.get(username="agente")
    with in_foundation():
        assert list_roles(account=account.id, now=now) == {"STATISTICIAN"}
        assert list_roles(account=account.id, now=now + timedelta(days=800)) == set()
    with pytest.raises(CommandError, match=r"KING.*STATISTICIAN"):
        run("create_account", "autre", "--name", "Autre", "--role", "KING", "--random-password")
    with pytest.raises(CommandError, match="agente"):
        run("create_account", "agente", "--name", "Agente fictive", "--random-password")


def test_the_trail_is_sealed_and_verified_by_command(now):
    with in_foundation():
        record("FILE_READ", subject=("file", 1), at=now)
    assert "1 events sealed" in run("seal_audit")
    assert "intact: 1 events in 1 seals" in run("verify_audit")


def test_the_sample_is_loaded_once_however_often_it_is_asked(active_statistics):
    first, second = run("load_sample"), run("load_sample")
    assert first == second
    assert first.count("acceptée") + first.count("accepted") == 3


def test_a_letter_that_is_not_published_is_not_written(active_statistics, tmp_path):
    with pytest.raises(CommandError):
        run("write_letter", "2022", "--out", str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_the_clock_moves_in_a_demonstration_and_never_in_production(settings):
    from django.core.exceptions import ImproperlyConfigured

    from egide.foundation.clock import now as clock

    settings.EGIDE_NOW = "2024-02-01T08:00:00"
    assert clock().year == 2024
    settings.MODE = "production"
    with pytest.raises(ImproperlyConfigured):
        clock()
