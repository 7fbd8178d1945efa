"""The deposit of a delivery: a form, a file that streams to disk, a limit said in words.

Lives here: how a file reaches the disk without filling the memory nor the disk. Not here: what is wrong with a
file: the report of the delivery says it.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from egide.foundation.clock import now
from egide.statistics.collection import actions
from egide.statistics.sources.queries import list_sources
from egide.web.components.shapes import Action
from egide.web.components.words import size, words
from egide.web.entrance import enters
from egide.web.public.passports import spaced

from .roles import STATISTICIAN


class BoundedUpload(TemporaryFileUploadHandler):
    """Streams the file to disk and stops writing past the limit; the rest is read and forgotten."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.received = limit, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one chunk, or stop."""
        self.received += len(raw_data)
        if self.received > self.limit:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


class DepositForm(forms.Form):
    """A source, a vintage, a file: the file last, so that an upload that is cut short keeps the rest of the form."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose file it is. Its sheet says which layouts are known."),
        error_messages={"required": gettext_lazy("Choose the source of the file.")},
    )
    vintage = forms.DateField(
        label=gettext_lazy("Vintage"),
        help_text=gettext_lazy("The day on which the producer’s data stood as in this file."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Give the day on which the data were extracted."),
            "invalid": gettext_lazy("Write the day as in the calendar of the field: day, month, year."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose the file to deposit."),
            "empty": gettext_lazy("This file is empty: ask the producer for another export."),
        },
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        choices = [(source.code, spaced(words(source.label))) for source in list_sources()]
        self.fields["source"].choices = [("", _("Choose a source")), *choices]  # type: ignore[attr-defined]
        limit = size(settings.EGIDE_MAX_BYTES)
        self.fields["file"].help_text = _("As the producer sent it, up to %(limit)s. It is kept byte for byte.") % {
            "limit": limit
        }
        if too_large:
            self.fields["file"].error_messages["required"] = _(
                "This file is larger than %(limit)s: it was not kept. Split it by year, or have the limit raised."
            ) % {"limit": limit}

    def clean_vintage(self) -> Any:
        """Refuse a vintage that has not come yet."""
        vintage = self.cleaned_data["vintage"]
        if vintage > timezone.localdate(now()):
            raise forms.ValidationError(_("A vintage cannot be in the future: write the day the data were extracted."))
        return vintage


def receives_files(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Set the bounded handler before anything reads the request, if someone is signed in; then check the CSRF key."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receiving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("sign_in"))
        request.upload_handlers = [BoundedUpload(request, settings.EGIDE_MAX_BYTES)]
        return protected(request, *args, **kwargs)

    return receiving


@receives_files
@enters("statistics", role=STATISTICIAN, methods=("GET", "HEAD", "POST"))
def deposit(request: HttpRequest) -> HttpResponse:
    """Take a file in, then show its report."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    too_large = getattr(request, "too_large", False)  # known once the files were read
    form = DepositForm(*sent, too_large=too_large)
    if request.method == "POST" and form.is_valid():
        try:
            received = _receive(request, form)
        except (actions.DeliveryRefused, LookupError) as refused:
            form.add_error("file", str(refused))
        else:
            _tell(request, received)
            return redirect("delivery", delivery=received.id)
    context = {
        "form": form,
        "desk": Action(_("Go back to my desk"), reverse("desk")),
        "section": "desk",
        "closed": True,
        "trail": [
            Action(_("My desk"), reverse("desk")),
            Action(_("Deliveries"), reverse("deliveries")),
            Action(_("Deposit a delivery"), ""),
        ],
    }
    return render(request, "statistics/deposit.html", context, status=413 if too_large else 200)


def _receive(request: HttpRequest, form: DepositForm) -> Any:
    file = form.cleaned_data["file"]
    file.flush()
    return actions.receive_delivery(
        path=Path(file.temporary_file_path()),
        filename=file.name,
        source=form.cleaned_data["source"],
        vintage=form.cleaned_data["vintage"],
        by=request.user.pk,
        now=now(),
    )


def _tell(request: HttpRequest, received: Any) -> None:
    if received.received_by == request.user.pk and received.verdict != "REFUSED":
        messages.success(request, _("The delivery was received. Its report is below."))
    elif received.verdict == "REFUSED":
        messages.warning(request, _("The file was received and refused. Its report says why and what to do."))
    else:
        messages.info(request, _("These very bytes were received before: here is their first receipt."))
