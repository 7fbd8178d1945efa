"""The answer as tagged PDF/UA-1, from the layout `answer.typ`. Here: its words in both languages. What it may say: queries."""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.foundation.documents import PaperRefused, draw_pdf

from .policies import RequisitionRefused
from .queries import AnswerLine, AnswerSheet

LAYOUT = Path(__file__).with_name("answer.typ")


def render_pdf(sheet: AnswerSheet, language: str) -> bytes:
    """The answer in "fr" or "en". Raises RequisitionRefused when PDF/UA cannot be claimed (a character that no font holds)."""
    with override(language):
        try:
            return draw_pdf(LAYOUT, _content(sheet, language), dated=sheet.answered_on)
        except PaperRefused as refused:
            raise RequisitionRefused(
                _("This answer cannot be an accessible PDF: %(why)s. Take out of its words what no font can write.")
                % {"why": refused}
            ) from refused


def _content(sheet: AnswerSheet, language: str) -> dict[str, Any]:
    on = sheet.answered_on
    return {
        "language": language,
        "fictional": sheet.fictional,
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "words": _words(sheet, language),
        "heads": [{"label": label, "text": text} for label, text in _heads(sheet, language)],
        "items": [_item(line, language) for line in sheet.lines],
    }


def _words(sheet: AnswerSheet, language: str) -> dict[str, str]:
    return {
        "title": _("Answer to a judicial requisition"),
        "confidential": _("For its recipient only"),
        "fictional": _("Invented data"),
        "lead": _("Each thing asked for, and what is answered to it."),
        "reminder": _(
            "A requisition is for documents and data that are held, not for testimony. Secrecy covers what is not in this answer."
        ),
        "signed": _("%(who)s, for %(organisation)s, on %(day)s")
        % {"who": sheet.signed_by, "organisation": sheet.author, "day": _day(sheet.answered_on, language)},
    }


def _heads(sheet: AnswerSheet, language: str) -> list[tuple[str, str]]:
    return [
        (_("From"), sheet.author),
        (_("To"), f"{sheet.requirer}, {sheet.quality.label}, {sheet.service}"),
        (_("Text"), _("Code of criminal procedure, %(article)s") % {"article": sheet.article}),
        (_("Inquiry"), sheet.inquiry),
        (_("Requisition received on"), _day(sheet.received_on, language)),
        (_("Identity checked"), f"{_day(sheet.checked_on, language)}, {sheet.check.label}"),
    ]


def _item(line: AnswerLine, language: str) -> dict[str, str]:
    return {
        "title": _("Item %(place)s") % {"place": line.place},
        "asked": line.asked,
        "answer": str(line.answer.label).capitalize(),
        "ground": line.ground.get(language) if line.ground else "",
        "words": line.words,
    }


def _day(day: date, language: str) -> str:
    return str(format_date(day, format="long", locale="fr_FR" if language == "fr" else "en_GB"))
