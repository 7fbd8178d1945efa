"""The legal gate (X02)."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from egide.foundation.audit.queries import list_events
from egide.foundation.legal.actions import activate, entering_active, register_processing
from egide.foundation.legal.models import ProcessingRecord
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject, entering

COMPLETE = {
    "controller": "Organisme fictif", "act": "Arrêté fictif", "dpia_reference": "AIPD fictive", "dpia_date": date(2026, 1, 1),
    "dpo": "DPO fictif", "retention_rule": "aggregate-deliveries",
}  # fmt: skip
JOB = Subject.job("tests")


@pytest.mark.django_db
@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_activation_without_each_element_is_refused_naming_it_and_logged(missing, now):
    """X02: no module runs without controller, act, DPIA with its date, DPO and retention rule; the refusal is in the trail."""
    record = {**COMPLETE, missing: None if missing == "dpia_date" else ""}
    with entering("foundation", JOB):
        legal = register_processing(module="statistics", fictional=True, now=now, **record)
        with pytest.raises(
            GateClosed, match=str(legal._meta.get_field(missing).verbose_name).replace("(", r"\(").replace(")", r"\)")
        ):
            activate(module="statistics", now=now)
        assert [trace.code for trace in list_events(kind="module", identifier="statistics")][-1] == "ACTIVATION_REFUSED"


@pytest.mark.django_db
def test_the_database_itself_refuses_an_active_module_without_its_act(now):
    with entering("foundation", JOB), pytest.raises(IntegrityError), transaction.atomic():
        ProcessingRecord.objects.create(module="field", activated_at=now)


@pytest.mark.django_db
def test_a_wing_whose_module_is_not_active_cannot_be_entered(now):
    with pytest.raises(GateClosed, match="statistics"), entering_active("statistics", JOB):
        pass


@pytest.mark.django_db
def test_a_complete_record_opens_the_gate_and_says_when(now):
    with entering("foundation", JOB):
        register_processing(module="statistics", fictional=True, now=now, **COMPLETE)
        assert activate(module="statistics", now=now).activated_at == now
    with entering_active("statistics", JOB):
        pass


@pytest.mark.django_db
def test_an_active_module_cannot_lose_its_act(now):
    with entering("foundation", JOB):
        register_processing(module="statistics", fictional=True, now=now, **COMPLETE)
        activate(module="statistics", now=now)
        with pytest.raises(GateClosed):
            register_processing(module="statistics", fictional=True, now=now, **{**COMPLETE, "act": ""})
