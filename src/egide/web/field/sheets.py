"""A liaison sheet on a page: the same facts and sections for the one who sends and for the partner who reads (R06)."""

from typing import Any

from django.utils.translation import gettext as _

from egide.field.casefiles.choices import EntryKind
from egide.field.persons.choices import Channel
from egide.web.components.shapes import Fact
from egide.web.components.words import day, words


def sheet_facts(sheet: Any) -> list[Fact]:
    """From whom, to whom, why, about whom, how she may be reached: each only if it may be read now."""
    lines = [
        Fact(_("From"), sheet.author),
        Fact(_("To"), f"{sheet.service}, {sheet.recipient}"),
        Fact(_("Purpose"), words(sheet.purpose)),
        Fact(_("Person"), sheet.name or _("not told")),
        Fact(_("Safe contact"), _contact(sheet.contact)),
        Fact(_("Shared under"), _bases(sheet)),
    ]
    return [line for line in lines if line.words]


def sheet_sections(sheet: Any) -> list[tuple[str, list[Fact]]]:
    """The sections that may be read now; one with nothing written in it says so."""
    return [
        (
            words(section.label),
            [Fact(f"{EntryKind(word.kind).label} – {day(word.written_on)}", word.text) for word in section.words],
        )
        for section in sheet.sections
    ]


def state_words(state: str) -> str:
    """Where a referral stands, as said of a referral."""
    said = {
        "DRAFT": _("in preparation"), "SENT": _("on its way"), "RECEIVED": _("received by the partner"),
        "ACCEPTED": _("accepted by the partner"), "REFUSED": _("not taken by the partner"),
        "NO_CAPACITY": _("no place at the partner’s"),
        "CONTACT_MADE": _("contact was made"), "CLOSED": _("finished"), "EXPIRED": _("without an answer in time"),
        "WITHDRAWN": _("closed: the person withdrew"),
    }  # fmt: skip
    return said.get(state, state)


def _contact(contact: Any) -> str:
    if contact is None:
        return _("None is told here: do not write and do not call.")
    hours = _("from %(start)s to %(end)s") % {"start": contact.from_time, "end": contact.to_time}
    return ", ".join(filter(None, (str(Channel(contact.channel).label), contact.address, hours, contact.wording)))


def _bases(sheet: Any) -> str:
    said = [
        basis.article or _("the person’s agreement, until %(day)s") % {"day": day(basis.until)} for basis in sheet.bases
    ]
    return ", ".join(dict.fromkeys(said)) or _("No agreement and no text in force.")
