"""The hand-over note as tagged PDF/UA-1, drawn by typst from `note.typ`: observed and told are two parts of the page (AT-23).

Lives here: the words of the print in both languages, and the call. Not here: what a note may say (policies).
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_datetime
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.field.interventions.models import Note
from egide.field.interventions.policies import NoteRefused
from egide.field.interventions.queries import Line, Page
from egide.foundation.catalogue import get_nomenclature, get_short_form

LAYOUT = Path(__file__).with_name("note.typ")


def render_pdf(note: Note, pages: Sequence[Page], language: str) -> bytes:
    """The note in "fr" or "en", every version that stands. Raises NoteRefused for a sign that no font can write."""
    with override(language):
        content = json.dumps(_content(note, pages, language), ensure_ascii=False)
        try:
            made = typst.compile(
                LAYOUT, root=LAYOUT.parent, format="pdf", font_paths=_fonts(), ignore_system_fonts=True,
                sys_inputs={"content": content}, pdf_standards=["ua-1"], timestamp=note.arrived_at.astimezone(UTC).replace(microsecond=0),
            )  # fmt: skip
        except typst.TypstError as error:
            raise NoteRefused(
                _("This note cannot be an accessible PDF: %(why)s. Read it on the page.") % {"why": error.message}
            ) from error
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _content(note: Note, pages: Sequence[Page], language: str) -> dict[str, Any]:
    day = timezone.localdate(note.arrived_at)
    heads = [
        (_("From"), note.organisation.name), (_("To"), note.recipient.name),
        (_("Arrived"), _moment(note.arrived_at, language)),
        (_("Received by the unit"), _moment(note.received_at, language) if note.received_at else _("not yet received")),
    ]  # fmt: skip
    return {
        "language": language,
        "fictional": note.organisation.fictional,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "words": _words(note, language, several=len(pages) > 1),
        "heads": [{"label": label, "text": text} for label, text in heads],
        "versions": [_version(page, language) for page in pages],
    }


def _words(note: Note, language: str, *, several: bool) -> dict[str, str]:
    return {
        "title": _("Intervention note %(reference)s") % {"reference": note.reference},
        "confidential": _("For its recipient only"),
        "fictional": _("Invented data"),
        "observed": _("Observed by the patrol"),
        "told": _("Told to the patrol"),
        "unknown": _("Not known"),
        "none": _("Nothing."),
        "several": _("Two versions were written apart: both are printed, neither replaces the other.")
        if several
        else "",
        "caution": get_short_form().caution.get(language),
        "reminder": _(
            "Information to the judicial police: it is no complaint and qualifies no offence. What is told is noted as told: "
            "the patrol has not verified it."
        ),
    }


def _version(page: Page, language: str) -> dict[str, Any]:
    form, content = get_short_form(), page.content
    heads = [
        (_("Kind of place"), _labels("intervention-places", [content.place], language)),
        (_("Day and hour"), _moment(content.held_at, language)),
        (_("Who was there"), _labels("intervention-present", content.present, language)),
        (_("What was done"), _labels("intervention-actions", content.actions, language)),
        (_("Who was called"), _labels("intervention-calls", content.called, language)),
    ]
    return {
        "title": _("Version %(number)s") % {"number": page.version.number},
        "heads": [{"label": label, "text": text or "–"} for label, text in heads],
        "urgent": page.reading.urgent,
        "said": (form.urgent if page.reading.urgent else form.not_urgent).get(language),
        "observed": [*_lines(page.observed, language), *filter(None, [content.observed])],
        "told": [*_lines(page.told, language), *filter(None, [content.told])],
        "unknown": _lines(page.unknown, language),
    }


def _lines(lines: Sequence[Line], language: str) -> list[str]:
    ticks = get_short_form().ticks
    return [
        ticks[line.code].label.get(language)
        + (f" – {ticks[line.code].grades[line.grade].get(language)}" if line.grade else "")
        for line in lines
    ]


def _labels(nomenclature: str, codes: Sequence[str], language: str) -> str:
    known = get_nomenclature(nomenclature).codes
    return ", ".join(known[code].label.get(language) for code in codes if code in known)


def _moment(moment: datetime, language: str) -> str:
    locale = "fr_FR" if language == "fr" else "en_GB"
    pattern = "d MMMM y 'à' HH 'h' mm" if language == "fr" else "d MMMM y, HH:mm"
    return str(format_datetime(timezone.localtime(moment), format=pattern, locale=locale))
