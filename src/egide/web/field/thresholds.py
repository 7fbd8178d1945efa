"""The threshold of a file: opened and recorded, or answered exactly as what does not exist (X08, Z02, trap 27).

Lives here: how a page gets its file, and how a refusal of an action becomes words without losing what was typed. Not here:
who may open what: the database decides, and the queries record the attempt.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.appointments.policies import AppointmentRefused
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles import queries as casefiles
from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.policies import MoveRefused
from egide.field.consents.policies import ConsentMissing
from egide.field.directory.policies import ServiceRefused
from egide.field.needs.actions import NeedRefused
from egide.field.persons.policies import ContactRefused
from egide.field.protection.policies import MeasureRefused
from egide.field.referrals.law import LawRefuses
from egide.field.referrals.policies import MoveRefused as ReferralRefused
from egide.field.requisitions.policies import RequisitionRefused
from egide.field.shelter.policies import PlaceRefused
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.foundation.legal.policies import RouteRefused
from egide.web import answers
from egide.web.components.shapes import Action
from egide.web.entrance import View, enters

from .roles import FIELD

READ = ("GET", "HEAD")
WRITE = (*READ, "POST")
REFUSALS = (
    AppointmentRefused, AssessmentRefused, ConsentMissing, ContactRefused, LawRefuses, MeasureRefused, MoveRefused,
    NeedRefused, NotAllowed, PlaceRefused, ReferralRefused, RequisitionRefused, RouteRefused, ServiceRefused,
    ValidationError,
)  # fmt: skip


def in_case(methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Open the file that the address names and hand it to the view.

    A file that the account may not open is answered from within the wing, so that the attempt stays in the trail.
    """

    def decorate(view: View) -> View:
        @enters("field", role=FIELD, methods=methods)
        @wraps(view)
        def opened(request: HttpRequest, case: UUID, **kwargs: Any) -> Any:
            try:
                found = casefiles.get_case(case, now=now())
            except casefiles.NotFound as unknown:
                return nothing_here(request, str(unknown))
            return view(request, found, **kwargs)

        return opened

    return decorate


def nothing_here(request: HttpRequest, sentence: str) -> HttpResponse:
    """The one answer for what does not exist and for what is not this account's."""
    back = Action(_("Go back to today’s list"), reverse("today"))
    return answers.not_found(request, answers.NothingHere(sentence, [back]))


def sentence_of(refused: Exception) -> str:
    """What a refusal says."""
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)


def attempt(request: HttpRequest, case: Any, action: Callable[..., Any], /, *, form: Any = None, **told: Any) -> Any:
    """Call one action. Refused: None, the sentence on the form or the next page, and the refusal in the trail.

    The action undid its own writes; the refusal is recorded in the request's transaction, which goes on.
    """
    try:
        return action(**told)
    except REFUSALS as refused:
        why = sentence_of(refused)
        record("REFUSED", subject=("case", case.id), detail={"why": why, "path": request.path}, at=now())
        if form is None:
            messages.error(request, why)
        else:
            form.add_error(None, why)
        return None


def account_of(request: HttpRequest) -> UUID:
    """The account that reads the page: `enters` has checked that there is one."""
    return request.user.pk  # type: ignore[return-value]
