"""A statement for the court: what the person asks for, the days they choose, read over together, then the paper."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.attestations import actions, queries
from egide.field.attestations.choices import Asked
from egide.field.attestations.pdf import render_attestation
from egide.foundation.clock import now
from egide.web.components.codes import label
from egide.web.components.shapes import FileLink
from egide.web.components.words import day, language
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, trail


class AttestationForm(forms.Form):
    """That the person asks, which days, and that it was read over together."""

    asked = forms.ChoiceField(
        label=gettext_lazy("How the person asked for it"), choices=Asked.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Nobody else can ask: not a lawyer, not the police, not the court."),
    )  # fmt: skip
    asked_on = forms.DateField(
        label=gettext_lazy("Asked for on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("The days to state"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The person chooses. A day that is left out is not missing: the statement says only what is asked."),
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )  # fmt: skip
    read_again = forms.BooleanField(
        label=gettext_lazy("We read these days over together"),
        error_messages={"required": gettext_lazy("Read them over with the person first: a paper handed to a court cannot be called back.")},
    )  # fmt: skip

    def __init__(self, *args: Any, known: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.code, f"{day(each.on)} – {_kind(each.kind)}") for each in known]
        self.fields["sessions"].choices = listed  # type: ignore[attr-defined]


@in_case(WRITE)
def attestations(request: HttpRequest, case: Any) -> HttpResponse:
    """The statements already made, and one to make."""
    known, today = queries.list_sessions(case), timezone.localdate(now())
    initial = {"asked_on": today, "sessions": [each.code for each in known]}
    form = AttestationForm(request.POST if request.method == "POST" else None, known=known, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data | {"asked": Asked(form.cleaned_data["asked"])}
        by = account_of(request)
        if attempt(request, case, actions.make_attestation, form=form, case=case, by=by, now=now(), **told) is not None:
            messages.success(request, _("The statement is ready: print it, sign it, hand it to the person."))
            return redirect("attestations", case=case.id)
    context = {
        "files": [_file(each, case) for each in queries.list_attestations(case)],
        "form": form if known else None,
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Statement for the court")),
    }
    return render(request, "field/attestations/attestations.html", context)


@in_case()
def attestation_pdf(request: HttpRequest, case: Any, attestation: UUID) -> HttpResponse:
    """The paper; its file's name names nobody."""
    try:
        paper = queries.read_paper(case, attestation, now=now())
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    made = attempt(request, case, render_attestation, paper=paper, language=language())
    if made is None:
        return redirect("attestations", case=case.id)
    headers = {"Content-Disposition": f'attachment; filename="attestation-{paper.number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _kind(code: str) -> str:
    return _("interview") if code == queries.INTERVIEW else label("action-kinds", code).lower()


def _file(each: Any, case: Any) -> FileLink:
    told = {"number": each.number, "day": day(each.made_on)}
    said = _("%(count)s lines, asked for on %(day)s") % {"count": len(each.sessions), "day": day(each.asked_on)}
    return FileLink(
        _("Statement %(number)s, of %(day)s") % told, case_url("attestation_pdf", case, attestation=each.id), said,
        "application/pdf",
    )  # fmt: skip
