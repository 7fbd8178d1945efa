"""What invented workers did on a few of their files: a red need, a review that is due, a referral that waits for its answer.

Lives here: which files, which words. Not here: the writes, each by the action that a page would call, nor the files (`seeding`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from egide.field.assessments.actions import answer_factors, decide_level, start_assessment, write_own_level
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.queries import get_concerned
from egide.field.consents.actions import record_consent
from egide.field.consents.models import Proof
from egide.field.directory.actions import register_service, verify_service
from egide.field.directory.models import Service
from egide.field.needs.actions import set_need
from egide.field.needs.models import Need, State
from egide.field.persons.answers import Answer
from egide.field.referrals.actions import draft_referral, send_referral
from egide.field.referrals.models import Audience
from egide.foundation.organisations.models import Organisation

WORKED, REFERRED = 6, 3  # files of one worker that are worked on; one in so many of them is referred
LONG_AGO = timedelta(days=200)  # an assessment of then has its review due now, whatever its level


def work_on(*, cases: Sequence[UUID], organisation: Organisation, by: UUID, now: datetime) -> int:
    """Work on the first open files of a worker, once; return on how many. Inside the field, as that worker."""
    if Need.objects.filter(case__in=cases).exists():
        return 0
    found = (
        CaseFile.objects.filter(id__in=cases, category="VICTIM").exclude(state="CLOSED").order_by("reference")[:WORKED]
    )
    for place, case in enumerate(found):
        set_need(case=case, domain="housing", to=State.RED, by=by, now=now)
        set_need(case=case, domain="rights", to=State.RED, by=by, now=now)
        _assess(case, by, now - LONG_AGO)
        if place % REFERRED == 0:
            _refer(case, _service(organisation, by, now), by, now)
    return len(found)


def _assess(case: Any, by: UUID, then: datetime) -> None:
    found = start_assessment(case=case, moment="calm", by=by, trained=True, now=then)
    answer_factors(assessment=found, answers={"V04": {"value": "YES", "source": "victim"}}, now=then)
    write_own_level(assessment=found, level="MEDIUM", by=by, now=then)
    decide_level(assessment=found, level="MEDIUM", by=by, now=then)


def _refer(case: Any, service: Service, by: UUID, now: datetime) -> None:
    person, today = get_concerned(case), timezone.localdate(now)
    record_consent(
        person=person, recipient=service.organisation, purpose="referral", sections=["contact", "housing"], given_on=today,
        expires_on=today + timedelta(days=90), by=by, proof=Proof.ORAL, now=now,
    )  # fmt: skip
    offered = draft_referral(
        case=case, person=person, service=service, audience=Audience.VICTIM, sections=["contact", "housing"], agreed=Answer.YES,
        recipient_name="Accueil fictif", domain="housing", by=by, now=now,
    )  # fmt: skip
    send_referral(referral=offered, by=by, now=now)


def _service(organisation: Organisation, by: UUID, now: datetime) -> Service:
    """The one service that an association offers, verified on the day it is written."""
    known = Service.objects.filter(organisation=organisation).first()
    if known:
        return known
    made = register_service(
        organisation=organisation, name="Accueil fictif", audiences=["victim"], themes=["housing"], telephone="01 99 00 00 01",
        zone=["990"], by=by, now=now,
    )  # fmt: skip
    return verify_service(service=made, on=timezone.localdate(now), by=by, now=now)
