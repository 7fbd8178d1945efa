"""What a person decides in the directory: rows of imports that wait, entries that look double, merges to give back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.directory.duplicates import actions as duplicates
from egide.field.directory.duplicates.queries import Entry, Merged, Pair, list_duplicates, list_merged, load_merge
from egide.field.directory.exchange.actions import accept_row, dismiss_row
from egide.field.directory.exchange.queries import KeptView, list_waiting, load_kept
from egide.field.directory.permissions import NotAllowed
from egide.field.directory.policies import ServiceRefused
from egide.field.directory.queries import NotFound, load_service
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Tap
from egide.web.components.words import moment
from egide.web.entrance import ActionRefused, enters
from egide.web.field.thresholds import WRITE, account_of, nothing_here

from .roles import READERS


@enters("field", role=READERS, methods=WRITE)
def duplicate_services(request: HttpRequest) -> HttpResponse:
    """Entries that look like one service; a person merges them, tells them apart, or gives a merge back."""
    if request.method == "POST":
        return _attempt(request, _decide_pair, "duplicate_services")
    context = {
        "pairs": [_pair(each) for each in list_duplicates(now=now())],
        "merged": [_merged(each) for each in list_merged()],
        **_frame(_("Looks double")),
    }
    return render(request, "field/directory/duplicates.html", context)


@enters("field", role=READERS, methods=WRITE)
def waiting_rows(request: HttpRequest) -> HttpResponse:
    """Rows of imports that would change what somebody wrote or verified here."""
    if request.method == "POST":
        return _attempt(request, _decide_row, "waiting_rows")
    context = {"rows": [_row(each) for each in list_waiting()], **_frame(_("Waiting for a decision"))}
    return render(request, "field/directory/waiting.html", context)


def _attempt(request: HttpRequest, decide: Any, back: str) -> HttpResponse:
    try:
        messages.success(request, decide(request))
    except NotFound as unknown:
        return nothing_here(request, str(unknown))
    except (NotAllowed, ServiceRefused) as refused:
        raise ActionRefused(str(refused), subject=("directory", back), back=reverse(back)) from refused
    return redirect(back)


def _decide_pair(request: HttpRequest) -> str:
    by, at = account_of(request), now()
    what, *ids = request.POST.get("do", "").split()
    first, *second = [_id(each) for each in ids] or [_id("")]
    if what == "undo":
        duplicates.undo_merge(merge=load_merge(first), by=by, now=at)
        return _("Both entries are back as they were.")
    one, other = load_service(first), load_service(second[0] if second else _id(""))
    if what == "apart":
        duplicates.tell_apart(one=one, other=other, by=by, now=at)
        return _("Noted: they are two services, and will not be proposed again.")
    duplicates.merge_services(kept=one, absorbed=other, by=by, now=at)
    return _("The two entries are one. You can give them back below.")


def _decide_row(request: HttpRequest) -> str:
    by, at = account_of(request), now()
    what, _space, id = request.POST.get("do", "").partition(" ")
    row = load_kept(_id(id))
    if what == "accept":
        accept_row(kept=row, by=by, now=at)
        return _("The entry says now what the file says.")
    dismiss_row(kept=row, by=by, now=at)
    return _("The entry stays as it is. This row is not asked about again.")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(_("There is no such service.")) from error


def _pair(pair: Pair) -> dict[str, Any]:
    said = {"name": _("the name"), "telephone": _("the telephone"), "address": _("the address")}
    one, other = pair.one, pair.other
    return {
        "title": f"{one.name} – {other.name}" if one.name != other.name else one.name,
        "why": _("The same: %(signs)s.") % {"signs": ", ".join(said[each] for each in pair.signs)},
        "facts": [_entry(_("First entry"), one), _entry(_("Second entry"), other)],
        "taps": [
            Tap(_("One service: keep the first"), "do", f"merge {one.id} {other.id}"),
            Tap(_("One service: keep the second"), "do", f"merge {other.id} {one.id}"),
            Tap(_("Two services"), "do", f"apart {one.id} {other.id}"),
        ],
    }


def _merged(merge: Merged) -> dict[str, Any]:
    return {
        "title": merge.kept.name,
        "facts": [
            _entry(_("Kept"), merge.kept),
            _entry(_("Absorbed"), merge.absorbed),
            Fact(_("Decided"), moment(merge.decided_at)),
        ],
        "taps": [Tap(_("Give both back"), "do", f"undo {merge.id}")],
    }


def _row(row: KeptView) -> dict[str, Any]:
    link = reverse("service", kwargs={"service": row.service_id}) if row.service_id else ""
    return {
        "title": row.service,
        "facts": [
            Fact(_("Entry"), row.service, url=link), Fact(_("File"), f"{row.filename}, {row.number}"),
            Fact(_("Why it waits"), "; ".join(row.why)),
        ],
        "taps": [Tap(_("Take what the file says"), "do", f"accept {row.id}"), Tap(_("Leave it as it is"), "do", f"dismiss {row.id}")],
    }  # fmt: skip


def _entry(term: str, entry: Entry) -> Fact:
    told = (entry.name, entry.organisation, entry.telephone, entry.address, entry.source)
    return Fact(term, ", ".join(filter(None, told)), url=reverse("service", kwargs={"service": entry.id}))


def _frame(title: str) -> dict[str, Any]:
    return {
        "section": "services",
        "closed": True,
        "trail": [Action(_("Directory"), reverse("services")), Action(title, "")],
    }
