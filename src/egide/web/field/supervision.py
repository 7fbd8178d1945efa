"""“My supervision”: one's own sessions, to come and held, apart from every file and read by nobody else (D34)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.supervision import actions, queries
from egide.field.supervision.choices import Kind
from egide.field.supervision.policies import LONGEST, SupervisionRefused
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import moment, whole
from egide.web.entrance import enters

from .contact import TIME
from .roles import FIELD
from .thresholds import WRITE, account_of, nothing_here
from .wording import trail

SHOWN = 24


class SessionForm(forms.Form):
    """A day, an hour, a kind. Who leads it and what is said there are not kept."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect)

    def moment(self) -> datetime:
        """The day and the hour together, in local time."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))


class LengthForm(forms.Form):
    """How long it took."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=LONGEST, initial=60)


class RemoveForm(forms.Form):
    """A box to tick: nothing of a session that is taken out stays."""

    sure = forms.BooleanField(label=gettext_lazy("Yes, take this session out: nothing of it stays"))


@enters("field", role=FIELD, methods=WRITE)
def supervision(request: HttpRequest) -> HttpResponse:
    """One's own sessions, and a form to note one."""
    form = SessionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.note_session(at=form.moment(), kind=Kind(form.cleaned_data["kind"]), by=account_of(request), now=now())
        messages.success(request, _("The session is noted, for you alone."))
        return redirect("supervision")
    context = {
        "counters": year_facts(timezone.localdate(now()).year),
        "sessions": [session_record(each) for each in queries.list_sessions()[:SHOWN]],
        "form": form,
        "section": "today",
        "closed": True,
        "trail": trail(None, _("My supervision")),
    }
    return render(request, "field/supervision.html", context)


@enters("field", role=FIELD, methods=WRITE)
def supervision_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """One session: how long it took, or take it out."""
    found = queries.get_session(session)
    if found is None:
        return nothing_here(request, _("You have no such session."))
    told = request.POST if request.method == "POST" else None
    over = found.minutes is None and found.at <= now()
    length = LengthForm(told if told and "minutes" in told else None) if over else None
    remove = RemoveForm(told if told and "minutes" not in told else None)
    if told is not None and _settle(request, found, length, remove):
        return redirect("supervision")
    context = {
        "facts": [
            Fact(_("When"), moment(found.at)),
            Fact(_("Kind"), str(Kind(found.kind).label).capitalize()),
            *_length(found),
        ],
        "length": length,
        "remove": remove,
        "cancel": Action(_("Go back to my supervision"), reverse("supervision"), "plain"),
        "section": "today",
        "closed": True,
        "trail": [*trail(), Action(_("My supervision"), reverse("supervision")), Action(_("Session"), "")],
    }
    return render(request, "field/supervision_session.html", context)


def session_record(session: Any) -> Record:
    """A session in a list, with where it stands."""
    url = reverse("supervision_session", args=[session.id])
    return Record(moment(session.at), url, str(Kind(session.kind).label).capitalize(), (_stands(session),))


def year_facts(year: int) -> list[Fact]:
    """The two counters of a year of one's own."""
    held = queries.count_sessions(year)
    hours, minutes = divmod(held.minutes, 60)
    lasted = _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    return [Fact(_("Sessions held in %(year)s") % {"year": year}, whole(held.sessions)), Fact(_("Time"), lasted)]


def _stands(session: Any) -> Tag:
    if session.minutes is not None:
        return Tag(_("held, %(minutes)s minutes") % {"minutes": session.minutes})
    return Tag(_("to come")) if session.at > now() else Tag(_("how long did it take?"), "warn")


def _length(session: Any) -> list[Fact]:
    return [] if session.minutes is None else [Fact(_("Minutes"), whole(session.minutes))]


def _settle(request: HttpRequest, found: Any, length: LengthForm | None, remove: RemoveForm) -> bool:
    told = {"session": found, "by": account_of(request), "now": now()}
    if length is not None and length.is_bound:
        if not length.is_valid():
            return False
        try:
            actions.hold_session(minutes=length.cleaned_data["minutes"], **told)
        except SupervisionRefused as refused:
            length.add_error(None, str(refused))
            return False
        return True
    if not remove.is_bound or not remove.is_valid():
        return False
    actions.remove_session(**told)
    messages.success(request, _("The session is taken out."))
    return True
