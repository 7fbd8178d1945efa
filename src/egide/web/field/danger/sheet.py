"""The sheet of facts for the prosecutor: to whom it may go, and the page to print (R03). Calling needs no sheet."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.assessments.choices import State
from egide.field.assessments.queries import get_assessment
from egide.field.assessments.sheet.pdf import render_pdf
from egide.field.assessments.sheet.queries import list_recipients, make_sheet
from egide.foundation.clock import now
from egide.web.components.shapes import Action, FileLink
from egide.web.components.words import language
from egide.web.field.thresholds import account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url

from .wording import page_of


@in_case()
def danger_sheet(request: HttpRequest, case: Any, assessment: UUID) -> HttpResponse:
    """Who may receive the sheet: only those that a consent in force, or a recorded text, lets know of the danger."""
    found = get_assessment(case, assessment)
    if found is None or found.state != State.DECIDED:
        return nothing_here(request, _("There is no sheet yet: it says who decided which level."))
    files = [
        FileLink(
            _("Sheet for %(recipient)s") % {"recipient": each.name},
            case_url("danger_pdf", case, assessment=found.id, recipient=each.id), _("one page, to print or to hand over"),
            "application/pdf", language(),
        )
        for each in list_recipients(case, on=timezone.localdate(now()))
    ]  # fmt: skip
    context = page_of(
        case, _("Sheet for the prosecutor"), files=files, consents=Action(_("Consents"), case_url("consents", case)),
        back=Action(_("Go back to the assessment"), case_url("danger", case, assessment=found.id), "plain"),
    )  # fmt: skip
    return render(request, "field/danger/sheet.html", context)


@in_case()
def danger_pdf(request: HttpRequest, case: Any, assessment: UUID, recipient: UUID) -> HttpResponse:
    """The sheet as PDF; its making is in the trail of the file."""
    found, at = get_assessment(case, assessment), now()
    to = next((each for each in list_recipients(case, on=timezone.localdate(at)) if each.id == recipient), None)
    if found is None or to is None:
        return nothing_here(
            request, _("Nothing lets this sheet leave for that recipient: no agreement, no recorded text.")
        )
    told = {"case": case, "assessment": found, "recipient": to, "by": account_of(request), "now": at}
    made = attempt(request, case, lambda **more: render_pdf(make_sheet(**more), language()), **told)
    if made is None:
        return redirect("danger_sheet", case=case.id, assessment=found.id)
    name = f"fiche-{case.reference}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
