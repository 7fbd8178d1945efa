"""The liaison sheet as a tagged PDF/UA-1, from the layout `liaison.typ`: what `queries` lets be read now, no more.

Lives here: the words of the sheet in both languages. Not here: what may be read (queries, and the database).
"""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.field.casefiles.models import EntryKind
from egide.field.persons.models import Channel
from egide.foundation.documents import PaperRefused, draw_pdf

from .queries import Basis, Sheet, Word

LAYOUT = Path(__file__).with_name("liaison.typ")


class PdfRefused(ValueError):
    """A sheet that cannot become an accessible PDF; the sentence says what stands in the way."""


def render_pdf(sheet: Sheet, language: str) -> bytes:
    """The sheet in "fr" or "en". Raises PdfRefused when PDF/UA cannot be claimed (a character that no font holds)."""
    with override(language):
        try:
            return draw_pdf(LAYOUT, _content(sheet, language), dated=sheet.dated)
        except PaperRefused as refused:
            raise PdfRefused(
                _("This sheet cannot be an accessible PDF: %(why)s. Take out of its words what no font can write.")
                % {"why": refused}
            ) from refused


def _content(sheet: Sheet, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "fictional": sheet.fictional,
        "date": {"year": sheet.dated.year, "month": sheet.dated.month, "day": sheet.dated.day},
        "words": _words(),
        "facts": [{"label": label, "text": text} for label, text in _facts(sheet, language) if text],
        "sections": [
            {"label": section.label.get(language), "words": [_word(word, language) for word in section.words]}
            for section in sheet.sections
        ],
        "bases": list(filter(None, (_basis(basis, sheet, language) for basis in sheet.bases))),
    }


def _words() -> dict[str, str]:
    return {
        "title": _("Liaison sheet"),
        "about": _("About"),
        "told": _("What is told"),
        "nothing": _("Nothing is written here."),
        "nothing_shared": _("Nothing may be read: no agreement and no text in force covers this sheet."),
        "bases": _("On what this is shared"),
        "no_basis": _("No agreement and no text in force."),
        "reminder": _(
            "She may withdraw her agreement at any moment: destroy this sheet then, and when the answer is given. It is for its "
            "recipient only and goes into no other file."
        ),
        "confidential": _("For its recipient only"),
        "fictional": _("Invented data"),
    }


def _facts(sheet: Sheet, language: str) -> list[tuple[str, str]]:
    wanted = sheet.reply_wanted_by
    return [
        (_("From"), sheet.author),
        (_("To"), f"{sheet.service}, {sheet.recipient}"),
        (_("Purpose"), sheet.purpose.get(language)),
        (_("Date"), _day(sheet.dated, language)),
        (_("Answer wanted by"), _day(wanted, language) if wanted else ""),
        (_("Person"), sheet.name),
        (_("Safe contact"), _safe_contact(sheet)),
    ]


def _safe_contact(sheet: Sheet) -> str:
    if sheet.contact is None:
        return _("None is told here: do not write to her and do not call her.")
    stated = sheet.contact
    between = _("from %(start)s to %(end)s") % {"start": stated.from_time, "end": stated.to_time}
    told = (str(Channel(stated.channel).label), stated.address, between, stated.wording)
    return ", ".join(filter(None, told))


def _word(word: Word, language: str) -> dict[str, str]:
    return {"head": f"{EntryKind(word.kind).label}, {_day(word.written_on, language)}", "text": word.text}


def _basis(basis: Basis, sheet: Sheet, language: str) -> str:
    carried = [section.label.get(language) for section in sheet.sections if section.code in basis.sections]
    if not carried:
        return ""
    told = {
        "sections": ", ".join(carried),
        "article": basis.article,
        "since": _day(basis.since, language),
        "until": _day(basis.until, language),
    }
    if basis.article:
        return _("%(sections)s: without her agreement, under %(article)s, from %(since)s until %(until)s") % told
    return _("%(sections)s: with her agreement of %(since)s, until %(until)s") % told


def _day(day: date, language: str) -> str:
    if language == "fr":
        return str(format_date(day, format="d MMMM y" if day.day > 1 else "'1er' MMMM y", locale="fr_FR"))
    return str(format_date(day, format="long", locale="en_GB"))
