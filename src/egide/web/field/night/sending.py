"""What the notebook asks and sends: the facts of one's notes, one version at a time. Answers are plain JSON, refusals are sentences."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from egide.field.interventions import queries
from egide.field.interventions.actions import Receipt, send_version
from egide.field.interventions.permissions import NotAllowed
from egide.field.interventions.policies import NoteRefused
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.entrance import enters
from egide.web.field.thresholds import account_of

OFFICER = ("MUNICIPAL_OFFICER",)
REFUSALS = (NotAllowed, NoteRefused, queries.NotFound)


@enters("field", role=OFFICER, methods=("GET", "HEAD", "POST"))
def sending(request: HttpRequest) -> HttpResponse:
    """GET: the facts of the officer's notes. POST: keep one version, once, and answer its receipt."""
    by = account_of(request)
    if request.method != "POST":
        notes = [_facts(facts) for facts in queries.list_own(by=by)]
        return JsonResponse({"csrf": get_token(request), "notes": notes})
    try:
        asked = _read(request.body)
        receipt = send_version(**asked, by=by, now=now())
    except REFUSALS as refused:
        record("REFUSED", subject=("page", request.path), detail={"why": str(refused)}, at=now())
        return JsonResponse({"refused": str(refused)}, status=400)
    return JsonResponse(_receipt(receipt))


@enters("field", role=OFFICER)
def sending_note(request: HttpRequest, note: UUID) -> HttpResponse:
    """Give what the server still holds of a note, to go on writing it on this device; nothing after its receipt."""
    by = account_of(request)
    try:
        facts = queries.get_own(note, by=by)
    except queries.NotFound as unknown:
        return JsonResponse({"refused": str(unknown)}, status=404)
    pages = queries.list_pages(facts.note)
    if len(pages) != 1:
        return JsonResponse(
            {"refused": _("Open this note online: there is not one version to go on with.")}, status=409
        )
    told = {"told": plain_of(pages[0].content), "unit": facts.note.recipient.code, "bases": [pages[0].version.key]}
    return JsonResponse(told)


def plain_of(content: Any) -> dict[str, Any]:
    """What a version says, as a device sends it."""
    names = ("place", "present", "marks", "observed", "told", "actions", "called")
    return {**{name: getattr(content, name) for name in names}, "held_at": content.held_at.isoformat()}


def _read(body: bytes) -> dict[str, Any]:
    try:
        plain = json.loads(body)
        return {
            "key": UUID(plain["key"]), "note": UUID(plain["note"]), "bases": [UUID(base) for base in plain["bases"]],
            "told": dict(plain["told"]), "recipient": queries.get_unit(str(plain["unit"])),
        }  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as unreadable:
        raise NoteRefused(_("This sending could not be read: open the note and send it again.")) from unreadable


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "key": receipt.key, "note": receipt.note, "number": receipt.number, "beside": receipt.beside,
        "arrived_at": receipt.arrived_at.isoformat(),
    }  # fmt: skip


def _facts(facts: queries.Facts) -> dict[str, Any]:
    note = facts.note
    told = {"arrived_at": note.arrived_at, "received_at": note.received_at, "seen_at": note.seen_at}
    moments = {name: moment.isoformat() if moment else None for name, moment in told.items()}
    return {"id": note.id, "conflict": facts.conflict, "standing": list(facts.standing), **moments}
