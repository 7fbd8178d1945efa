"""One question for the police, the gendarmerie and the municipal police: what is forbidden today, and nothing more (AT-84).

It goes by POST and is answered in the same page, never stored on the device; the form comes back empty, so that no name stays
on a screen in a car.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from egide.field.protection.actions import ask_in_force
from egide.field.protection.policies import MeasureRefused
from egide.field.protection.queries import check_open
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.entrance import enters
from egide.web.field.roles import REGISTER
from egide.web.field.shared import partner_pages
from egide.web.field.thresholds import WRITE, account_of
from egide.web.field.wording import label

from .forms import AskForm


@enters("field", role=REGISTER, methods=WRITE)
def ask_protection(request: HttpRequest) -> HttpResponse:
    """Ask about one identity."""
    check_open()
    form = AskForm(request.POST if request.method == "POST" else None)
    reply = None
    if request.method == "POST" and form.is_valid():
        try:
            reply = ask_in_force(
                named=form.named(), motive=form.cleaned_data["motive"], by=account_of(request), now=now()
            )
        except MeasureRefused as refused:
            record("REFUSED", subject=("page", request.path), detail={"why": str(refused)}, at=now())
            form.add_error(None, str(refused))
        else:
            form = AskForm()
    context = {
        "form": form,
        "reply": reply,
        "forbidden": [label("forbidden-acts", code) for code in reply.forbidden] if reply else [],
        "title": _("Measures in force"),
        "also": partner_pages(request),
        "section": "start",
        "closed": True,
    }
    return render(request, "field/protection/ask.html", context)
