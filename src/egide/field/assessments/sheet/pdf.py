"""The sheet as one page of tagged PDF/UA-1, from the layout `sheet.typ`: facts, her words, the decision; no figure.

Lives here: the words of the sheet in both languages. Not here: what it may say (queries).
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.field.assessments.policies import AssessmentRefused
from egide.foundation.documents import PaperRefused, draw_pdf

from .queries import OBSERVED, RECORD, TOLD, DangerSheet, SheetFact

LAYOUT = Path(__file__).with_name("sheet.typ")


def render_pdf(sheet: DangerSheet, language: str) -> bytes:
    """The sheet in "fr" or "en". Raises AssessmentRefused when PDF/UA cannot be claimed (a character that no font holds)."""
    with override(language):
        try:
            return draw_pdf(LAYOUT, _content(sheet, language), dated=sheet.dated)
        except PaperRefused as refused:
            raise AssessmentRefused(
                _("This sheet cannot be an accessible PDF: %(why)s. Take out of its words what no font can write.")
                % {"why": refused}
            ) from refused


def _content(sheet: DangerSheet, language: str) -> dict[str, Any]:
    titles = {OBSERVED: _("Observed"), RECORD: _("Written in a document or a record"), TOLD: _("Told")}
    return {
        "language": language,
        "fictional": sheet.fictional,
        "date": {"year": sheet.dated.year, "month": sheet.dated.month, "day": sheet.dated.day},
        "words": _words(),
        "heads": [{"label": label, "text": text} for label, text in _heads(sheet, language) if text],
        "decision": [line for line in _decision(sheet, language) if line],
        "groups": [
            {"label": titles[group], "facts": [_line(fact, group, language) for fact in facts]}
            for group, facts in sheet.facts.items()
        ],
        "safety": [_line(fact, "", language) for fact in sheet.safety],
        "unknown": ", ".join(text.get(language) for text in sheet.unknown),
    }


def _words() -> dict[str, str]:
    return {
        "title": _("Sheet of facts"),
        "confidential": _("For its recipient only"),
        "fictional": _("Invented data"),
        "decision": _("Level of the situation"),
        "safety": _("Protections that hold today"),
        "unknown": _("Not known or not asked"),
        "none": _("Nothing."),
        "reminder": _(
            "The level is that of a situation at a date; it describes no person and predicts nothing. What is told is noted "
            "as told: the service has not verified it."
        ),
    }


def _heads(sheet: DangerSheet, language: str) -> list[tuple[str, str]]:
    return [
        (_("Case file"), sheet.reference), (_("Person"), sheet.name), (_("From"), sheet.author), (_("To"), sheet.recipient),
        (_("Date"), _day(sheet.dated, language)), (_("Moment"), sheet.moment.get(language)),
    ]  # fmt: skip


def _decision(sheet: DangerSheet, language: str) -> list[str]:
    decided = _("%(level)s, decided by %(who)s, %(organisation)s, on %(when)s.") % {
        "level": sheet.level.get(language), "who": sheet.assessor, "organisation": sheet.author,
        "when": _moment(sheet.decided_at, language),
    }  # fmt: skip
    return [
        decided,
        sheet.meaning.get(language),
        _("Reason written: %(reason)s") % {"reason": sheet.reason} if sheet.reason else "",
        _("Second look: %(who)s") % {"who": sheet.second_look} if sheet.second_look else "",
        "" if sheet.trained else _("The assessor was not trained for this grid."),
    ]


def _line(fact: SheetFact, group: str, language: str) -> dict[str, str]:
    source = fact.source.get(language) if fact.source and group in (TOLD, "") else ""
    until = _("until %(day)s") % {"day": _day(fact.holds_until, language)} if fact.holds_until else ""
    said = _("noted on %(day)s") % {"day": _day(fact.on, language)} if fact.on else ""
    grade = fact.grade.get(language) if fact.grade else ""
    return {
        "fact": f"{fact.label.get(language)} – {grade}" if grade else fact.label.get(language),
        "from": ", ".join(filter(None, (source, said, until))),
        "words": f"« {fact.words} »" if fact.words else "",
    }


def _day(day: date, language: str) -> str:
    return str(
        format_date(
            day, format="short" if language == "fr" else "medium", locale="fr_FR" if language == "fr" else "en_GB"
        )
    )


def _moment(moment: datetime, language: str) -> str:
    locale = "fr_FR" if language == "fr" else "en_GB"
    pattern = "d MMMM y 'à' HH 'h' mm" if language == "fr" else "d MMMM y, HH:mm"
    return str(format_datetime(timezone.localtime(moment), format=pattern, locale=locale))
