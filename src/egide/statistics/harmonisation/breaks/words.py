"""A proposal in words, in the reader's language. What lives here: sentences; not what they rest on (`detection.evidence`)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from egide.core.period import Period
from egide.core.typography import set_in_french
from egide.foundation.catalogue import UnknownEntry, get_recording, get_territory

VERDICTS: dict[str, str | Promise] = {
    "artefact": _("artefact of recording"),
    "real": _("real change"),
    "undetermined": _("undetermined"),
}
STRENGTHS: dict[str, str | Promise] = {
    "none": _("the evidence does not decide"),
    "weak": _("weak evidence"),
    "moderate": _("fair evidence"),
    "strong": _("strong evidence"),
}
FORCES: dict[str, str | Promise] = {"police": _("the police"), "gendarmerie": _("the gendarmerie"), "": ""}
SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("calendar", "tool"): _("Calendar: %(label)s, %(during)s."),
    ("calendar", "world"): _("Calendar: %(label)s, %(during)s. The facts themselves may have changed."),
    ("calendar", "rollout"): _(
        "Calendar: %(label)s, %(during)s. A gradual change explains no jump at one date, and excludes none."
    ),
    ("calendar", "none"): _("Calendar: no change of tool is known around this date."),
    ("calendar", "unknown"): _("Calendar: none was read."),
    ("force", "moves"): _(
        "Police and gendarmerie: in %(territory)s, where only %(force)s count, the series moves too (%(jump)s)."
    ),
    ("force", "still"): _(
        "Police and gendarmerie: in %(territory)s, where only %(force)s count, the series does not move alike (%(jump)s)."
    ),
    ("force", "unclear"): _(
        "Police and gendarmerie: in %(territory)s, where only %(force)s count, the counts are too small to tell (%(jump)s)."
    ),
    ("neighbours", "move"): _(
        "Neighbours: %(moving)s of %(tested)s neighbouring series move the same way (%(same)s)."
    ),
    ("neighbours", "opposite"): _(
        "Neighbours: none moves the same way and some move the other way (%(other)s): facts may have changed label."
    ),
    ("neighbours", "still"): _("Neighbours: none of %(tested)s neighbouring series moves."),
    ("neighbours", "some"): _(
        "Neighbours: %(moving)s of %(tested)s neighbouring series move the same way: this decides nothing."
    ),
    ("unit", "changed"): _("Unit: the count passes from “%(before)s” to “%(after)s”."),
    ("unit", "same"): _("Unit: unchanged (“%(unit)s”)."),
    ("survey", "moves"): _("Survey: “%(survey)s”, which recording does not touch, moves alike (%(change)s)."),
    ("survey", "still"): _("Survey: “%(survey)s”, which recording does not touch, does not move (%(change)s)."),
    ("survey", "unclear"): _("Survey: “%(survey)s” moves, but less (%(change)s): this decides nothing."),
    ("magnitude", "beyond"): _(
        "Size: a factor of %(factor)s from one period to the next is beyond what facts do by themselves."
    ),
}  # fmt: skip
LEANS: dict[str, str | Promise] = {
    "artefact": _("speaks for an artefact"),
    "real": _("speaks for a real change"),
    "silent": _("decides nothing"),
}


def sentence(evidence: Mapping[str, Any], calendar: str | None) -> str:
    """Say one piece of evidence, given as plain data (kind, seen, facts), in the language of the reader."""
    facts = dict(evidence["facts"])
    if "change" in facts and evidence["kind"] == "calendar":
        facts |= _of_calendar(str(facts["change"]), calendar)
    for name, write in _WRITTEN.items():
        if name in facts:
            facts[name] = write(facts[name])
    said = str(SENTENCES[evidence["kind"], evidence["seen"]]) % facts
    return set_in_french(said) if _language() == "fr" else said


def percent(value: float) -> str:
    """Write a relative change with its sign: 0.24 as +24 %."""
    written = f"{value * 100:+,.0f}" if abs(value) >= 0.1 else f"{value * 100:+.1f}"
    if _language() == "fr":
        return written.replace(",", " ").replace(".", ",").replace("-", "−") + " %"
    return written.replace("-", "−") + " %"


def decimal(value: float) -> str:
    """Write a number with one decimal: 5.3, or 5,3 in French."""
    return f"{value:.1f}".replace(".", ",") if _language() == "fr" else f"{value:.1f}"


def _of_calendar(change: str, calendar: str | None) -> dict[str, str]:
    found = next((c for c in get_recording(calendar or "").changes if c.code == change), None)
    return (
        {"label": found.label.get(_language()), "during": _when(found.during)}
        if found
        else {"label": change, "during": ""}
    )


def _when(during: str) -> str:
    """Write a month, or the months from one to another, in words."""
    return " – ".join(date_format(Period.parse(part).first, "YEAR_MONTH_FORMAT") for part in during.split("/"))


def _language() -> str:
    return (get_language() or "fr")[:2]


def _place(code: str) -> str:
    try:
        return get_territory(code).name
    except UnknownEntry:
        return code


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "territory": lambda value: _place(str(value)),
    "force": lambda value: str(FORCES[value]),
    "jump": lambda value: percent(value),
    "change": lambda value: value if isinstance(value, str) else percent(value),
    "tested": lambda value: f"{value:.0f}",
    "moving": lambda value: f"{value:.0f}",
    "factor": lambda value: f"{value:.0f}",
}
