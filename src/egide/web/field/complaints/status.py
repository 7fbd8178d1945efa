"""Her own page: a neutral address, a code at each look, then the steps in plain words (AT-82).

Before the code nothing says what it is about: not the title, the icon, the address nor a word; an address that does not exist
asks the same. Nothing is remembered: no session, no copy kept by the browser. Whoever takes the phone next finds a code to type.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.complaints.actions import Followed, open_status
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Step
from egide.web.components.words import day, words
from egide.web.entrance import enters_by_link


class CodeForm(forms.Form):
    """The code; the browser is asked not to keep it."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Eight digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


@enters_by_link("field", name="status", methods=("GET", "HEAD", "POST"))
def status(request: HttpRequest, token: str, opened: str | None) -> HttpResponse:
    """Ask the code, or answer it with the steps; the next look asks again."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    followed = (
        open_status(token=token, code=form.cleaned_data["code"], now=now())
        if form.is_bound and form.is_valid()
        else None
    )
    if form.is_bound and form.is_valid() and followed is None:
        form.add_error("code", _("This code opens nothing. Check it, or ask whoever gave it to you for another one."))
    context = {
        "form": form,
        "steps": _steps(followed) if followed else [],
        "opened": followed is not None,
        "leave": True,
        "again": Action(_("Close this page"), request.path),
    }
    return render(request, "field/complaints/status.html", context)


def _steps(followed: Followed) -> list[Step]:
    codes = get_nomenclature("complaint-steps").codes
    return [
        Step(words(codes[step].label), "done", f"{day(on)}. {words(codes[step].note)}") for step, on in followed.steps
    ]
