"""Two records of one person: joined, separated; and what an owner is told of an entry elsewhere (Z02)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _

from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.queries import list_references
from egide.field.identity.actions import JoinRefused, join_persons, separate_persons
from egide.field.identity.queries import list_collisions, list_joins, list_twins
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.components.shapes import Record
from egide.web.entrance import enters

from .roles import FIELD
from .thresholds import WRITE, account_of
from .wording import full_name, trail


@enters("field", role=FIELD, methods=WRITE)
def same_person(request: HttpRequest) -> HttpResponse:
    """Show the proposals; join or separate on request."""
    if request.method == "POST":
        _answer(request)
        return redirect("same_person")
    groups = list_twins()
    references = list_references(person.id for group in groups for person in group)
    context = {
        "pairs": [
            {
                "name": full_name(kept), "kept": str(kept.id), "absorbed": str(absorbed.id),
                "references": ", ".join((*references.get(kept.id, ()), *references.get(absorbed.id, ()))),
            }
            for kept, *others in groups for absorbed in others
        ],
        "joins": [{"name": full_name(join.person), "id": str(join.id)} for join in list_joins()],
        "collisions": [_collision(collision) for collision in list_collisions()],
        "section": "today",
        "closed": True,
        "trail": trail(None, _("Same person?")),
    }  # fmt: skip
    return render(request, "field/same_person.html", context)


def _answer(request: HttpRequest) -> None:
    told = {name: _uuid(request.POST.get(name, "")) for name in ("kept", "absorbed", "join")}
    by, at = account_of(request), now()
    try:
        if told["join"]:
            separate_persons(join=told["join"], by=by, now=at)
            messages.success(request, _("The two records are separate again."))
        elif told["kept"] and told["absorbed"]:
            join_persons(kept=told["kept"], absorbed=told["absorbed"], by=by, now=at)
            messages.success(request, _("The two records are one. This can be undone here."))
    except (JoinRefused, NotAllowed) as refused:
        record("REFUSED", subject=("page", request.path), detail={"why": str(refused)}, at=at)
        messages.error(request, str(refused))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _collision(collision: Any) -> Record:
    return Record(
        title=collision.reference,
        url=reverse("case", kwargs={"case": collision.case_id}),
        words=_("A service has opened a file for someone of the same name, in %(month)s.")
        % {"month": dated(collision.month, "F Y")},
    )
