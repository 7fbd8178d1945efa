"""A list of names: asked for here, approved here by someone else, fetched here once (X16)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.permissions import NotAllowed
from egide.field.exports.actions import ExportRefused, decide_export, fetch_export, request_export
from egide.field.exports.choices import Decision
from egide.field.exports.queries import list_exports
from egide.foundation.accounts.queries import list_names
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.web.components.words import moment
from egide.web.entrance import enters

from .roles import FIELD
from .thresholds import WRITE, account_of
from .wording import trail


class AskForm(forms.Form):
    """What the list is for."""

    because = forms.CharField(label=gettext_lazy("What the list is for"), max_length=200)


class DecideForm(forms.Form):
    """Why it is approved or refused."""

    decided_because = forms.CharField(label=gettext_lazy("Why you approve or refuse"), max_length=200)


@enters("field", role=FIELD, methods=WRITE)
def exports(request: HttpRequest) -> HttpResponse:
    """Ask, decide, fetch; or show where each request stands."""
    if request.method == "POST":
        answered = _answer(request)
        return answered or redirect("exports")
    me = account_of(request)
    found = list(list_exports())
    names = list_names(export.requested_by for export in found)
    context = {
        "form": AskForm(),
        "decide": DecideForm(),
        "requests": [_row(export, names, me) for export in found],
        "section": "today",
        "closed": True,
        "trail": trail(None, _("Lists of names")),
    }
    return render(request, "field/exports.html", context)


def _answer(request: HttpRequest) -> HttpResponse | None:
    by, at, told = account_of(request), now(), request.POST
    try:
        if "fetch" in told:
            return _file(fetch_export(export=UUID(told["fetch"]), by=by, now=at))
        if "export" in told:
            decision = Decision.APPROVED if "approve" in told else Decision.REFUSED
            because = told.get("decided_because", "")
            decide_export(export=UUID(told["export"]), decision=decision, because=because, by=by, now=at)
            messages.success(request, _("Your decision is noted."))
        else:
            place = list_workplaces(account=by, now=at)[0]
            request_export(organisation=place, because=told.get("because", ""), by=by, now=at)
            messages.success(request, _("A colleague must now approve it."))
    except (ExportRefused, NotAllowed) as refused:
        record("REFUSED", subject=("page", request.path), detail={"why": str(refused)}, at=at)
        messages.error(request, str(refused))
    except ValueError:
        messages.error(request, _("There is no such request to decide."))
    return None


def _file(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="liste.csv"'
    return answer


def _row(export: Any, names: dict[str, str], me: UUID) -> dict[str, Any]:
    """One request: what it is for, by whom, where it stands, and what this account may do."""
    mine, at = export.requested_by == me, now()
    live = export.decision == Decision.APPROVED and export.fetched_at is None and export.expires_at > at
    if export.fetched_at:
        stands = _("fetched on %(moment)s") % {"moment": moment(export.fetched_at)}
    elif live:
        stands = _("approved, to be fetched once before %(moment)s") % {"moment": moment(export.expires_at)}
    elif export.decision == Decision.APPROVED:
        stands = _("approved, never fetched, too old now")
    else:
        stands = (
            _("refused: %(why)s") % {"why": export.decided_because}
            if export.decision
            else _("waits for a second person")
        )
    return {
        "id": str(export.id), "because": export.because, "stands": stands, "asked": moment(export.requested_at),
        "by": names.get(str(export.requested_by), ""), "fetchable": mine and live, "decidable": not mine and not export.decision,
    }  # fmt: skip
