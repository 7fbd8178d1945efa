"""The only writes on forms filled alone: the worker hands one over and takes its answers up; she fills it by a link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from egide.field.assessments.actions import answer_factors
from egide.field.assessments.models import AloneForm, DangerAssessment, Route
from egide.field.assessments.policies import AssessmentRefused, read_answers
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation import link_secrets
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_grid
from egide.foundation.wings.entering import Subject
from egide.methods.danger import AnswerRefused

from .policies import HERE_FOR, LINK_FOR, list_asked
from .queries import AloneClosed, get_standing

HERSELF = "victim"


@dataclass(frozen=True, repr=False)
class Handed:
    """A form and its two secrets, to be handed over now: they cannot be read again. `code` is empty on our own device."""

    form: AloneForm
    token: str
    code: str


@transaction.atomic
def hand_over(*, case: CaseFile, route: Route, by: UUID, now: datetime) -> Handed:
    """Make a form that the person fills alone, by a link and a code told by voice, or here and now. Raises NotAllowed.

    Nothing is sent: the worker tells the address and the code by the channel she stated to be safe.
    """
    check_may(by, "R03", "N", now)
    token, here = link_secrets.draw_token(), route == Route.HERE
    token_hash, code = link_secrets.hash_token(token), "" if here else link_secrets.draw_code()
    form = AloneForm(
        case=case, grid="danger", grid_version=get_grid("danger").version, route=route, made_by=by, made_at=now,
        expires_at=now + (HERE_FOR if here else LINK_FOR), token_hash=token_hash,
        code_hash=link_secrets.hash_code(token_hash, code) if code else "", open_until=now + HERE_FOR if here else None,
    )  # fmt: skip
    form.save(force_insert=True)
    record("ALONE_FORM_MADE", subject=("case", case.id), detail={"route": route}, at=now)
    return Handed(form, token, code)


@transaction.atomic
def take_back(*, alone: AloneForm, by: UUID, now: datetime) -> AloneForm:
    """Close a form: its link opens nothing any more; what was kept stays in the file. Raises NotAllowed."""
    check_may(by, "R03", "N", now)
    alone.closed_at = alone.closed_at or now
    alone.save(update_fields=["closed_at"])
    record("ALONE_FORM_CLOSED", subject=("case", alone.case_id), at=now)
    return alone


@transaction.atomic
def take_up(*, assessment: DangerAssessment, alone: AloneForm, by: UUID, now: datetime) -> DangerAssessment:
    """Bring what she told alone into an assessment, as told by her. Raises AssessmentRefused when it is a colleague's."""
    if assessment.assessor != by or alone.case_id != assessment.case_id:
        raise AssessmentRefused(_("This assessment is a colleague's: start your own, both will be shown side by side."))
    told = {code: {**answer, "source": HERSELF} for code, answer in alone.answers.items()}
    return answer_factors(assessment=assessment, answers=told, now=now)


@transaction.atomic
def open_alone(*, token: str, code: str, now: datetime) -> Subject | None:
    """Try an address and a code, inside `entering("field", Subject("link"))`. None means no, whatever the reason (Z06)."""
    with connection.cursor() as cursor:
        token_hash = link_secrets.hash_token(token)
        cursor.execute("SELECT * FROM open_alone(%s, %s)", [token_hash, link_secrets.hash_code(token_hash, code)])
        found = cursor.fetchone()
    form, case = found or (None, None)
    subject = ("case", case) if case else ("link", "refused")
    record("ALONE_FORM_OPENED" if case else "ALONE_FORM_REFUSED", subject=subject, at=now)
    return Subject("link", form) if form else None


@transaction.atomic
def answer_alone(
    *, now: datetime, private: str = "", told: Mapping[str, Mapping[str, str]] | None = None, finish: bool = False
) -> None:
    """Keep what she says on the form that the link opened: the device first, then the questions of her own part.

    Raises AloneClosed when the link opens nothing, AssessmentRefused for a question that is not hers or before the device.
    """
    standing, kept = get_standing(), dict(told or {})
    if kept and (private or standing.private) != "YES":
        raise AssessmentRefused(_("Nothing is asked on a device that others can read."))
    asked = {factor.code for factor in list_asked(get_grid(standing.grid))}
    if strange := sorted(kept.keys() - asked):
        raise AssessmentRefused(_("This form does not ask %(codes)s.") % {"codes": ", ".join(strange)})
    try:
        get_grid(standing.grid).method.check_answers(read_answers(kept))
    except AnswerRefused as refused:
        raise AssessmentRefused(str(refused)) from refused
    with connection.cursor() as cursor:
        cursor.execute("SELECT keep_alone(%s, %s, %s, %s)", [private, json.dumps(kept), finish, now])
        case = cursor.fetchone()[0]
    if case is None:
        raise AloneClosed
    record("ALONE_FORM_FINISHED" if finish else "ALONE_FORM_KEPT", subject=("case", case), at=now)
