"""What partners let this organisation read: the sections she agreed to, or that a recorded text opens; nothing else of the file (R02).

Asked of her consents at each request: withdrawn, the next one shows nothing. No name stands here unless a section says it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from egide.field.casefiles.queries import read_shared_entries
from egide.foundation.catalogue import get_sections
from egide.foundation.clock import now
from egide.web.components.shapes import Fact
from egide.web.components.words import day, words
from egide.web.entrance import enters

from .roles import PARTNERS
from .shared import liaison_pages


@enters("field", role=PARTNERS)
def disclosed(request: HttpRequest) -> HttpResponse:
    """Show the shared sections, one part for each situation."""
    files: dict[Any, list[Any]] = {}
    for entry in read_shared_entries(now=now()):
        files.setdefault(entry.case_id, []).append(entry)
    situations = [
        (_("Situation %(number)s") % {"number": number}, _sections(entries))
        for number, entries in enumerate(files.values(), start=1)
    ]
    return render(
        request, "field/disclosed.html", {"situations": situations, "also": liaison_pages(request), "closed": True}
    )


def _sections(entries: list[Any]) -> list[tuple[str, list[Fact]]]:
    found = []
    for code, section in get_sections().sections.items():
        lines = [
            Fact(f"{entry.get_kind_display()} – {day(entry.written_at)}", entry.text)
            for entry in entries
            if entry.section == code
        ]
        if lines:
            found.append((words(section.label), lines))
    return found
